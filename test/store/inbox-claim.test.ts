// What is answered next: emergencies, then every channel in turn; a conversation that floods gets one turn like any other.
import { expect, it } from 'vitest';
import type { InboundMessage } from '../../src/domain/message.ts';
import { failInbox, finishInbox, passOver, inboxDepth } from '../../src/store/inbox.ts';
import { claimInbox } from '../../src/store/inbox-claim.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import type { Store } from '../../src/store/store.ts';
import { START, stores } from '../support/stores.ts';

const HELP = 'socorro';

function message(text: string, person: number | string, channel = 'sms', more: Partial<InboundMessage> = {}): InboundMessage {
  const from: InboundMessage['from'] = [{ kind: 'user', value: `${person}` }];
  return { channel, externalId: `${person} ${text}`, from, text, media: [], opened: false, receivedAt: START, ...more };
}

function take(store: Store, messages: InboundMessage[]): Promise<unknown> {
  return store.transaction((tx) => receiveBatch(tx, messages, { isEmergency: ({ text }) => text.startsWith(HELP) }));
}

/** Claims, finishes, and returns what was said. */
function answer(store: Store, limit: number, held: string[] = []): Promise<string[]> {
  return store.transaction(async (tx) => {
    const items = await claimInbox(tx, limit, START, { held });
    for (const item of items) await finishInbox(tx, item.id);
    return items.map((item) => item.message.text);
  });
}

const many = (count: number, make: (index: number) => InboundMessage): InboundMessage[] => Array.from({ length: count }, (_, n) => make(n));

stores('a claim', (open) => {
  it('takes emergencies before everything that waited before them', async () => {
    const { store } = await open();
    await take(
      store,
      many(30, (n) => message(`m${n}`, n)),
    );
    await take(store, [message(HELP, 'late')]);
    expect((await answer(store, 10))[0]).toBe(HELP);
  });

  it('keeps the order of the conversation: what came before an emergency goes before it, and as early', async () => {
    const { store } = await open();
    await take(store, [
      ...many(30, (n) => message(`m${n}`, n)),
      message('first', 'x'),
      message('second', 'x'),
      message(HELP, 'x'),
      message('after', 'x'),
    ]);
    const [a, b, c, d] = [await answer(store, 5), await answer(store, 5), await answer(store, 5), await answer(store, 5)];
    expect([a[0], b[0], c[0]]).toEqual(['first', 'second', HELP]);
    expect(d).not.toContain('after');
  });

  it('lets a flood of emergency words stop nobody', async () => {
    const { store } = await open();
    await take(store, [...many(30, (n) => message(`${HELP} ${n}`, `e${n}`)), message('ordinary', 'x')]);
    const texts = await answer(store, 10);
    expect(texts).toContain('ordinary');
    expect(texts).toHaveLength(9);
  });

  it('shares between channels when more wait than are claimed', async () => {
    const { store } = await open();
    await take(store, [
      ...many(40, (n) => message(`web${n}`, n, 'web')),
      ...many(40, (n) => message(`wa${n}`, n, 'whatsapp')),
      ...many(3, (n) => message(`sms${n}`, n, 'sms')),
    ]);
    const texts = await answer(store, 12);
    expect(texts).toHaveLength(12);
    expect(texts.filter((text) => text.startsWith('sms')).toSorted()).toEqual(['sms0', 'sms1', 'sms2']);
    expect(texts.filter((text) => text.startsWith('wa')).length).toBeGreaterThanOrEqual(4);
  });

  it('leaves a held channel waiting, but for its emergencies', async () => {
    const { store } = await open();
    await take(store, [...many(20, (n) => message(`sms${n}`, n)), message(HELP, 'x'), message('web', 1, 'web')]);
    expect(await answer(store, 5, ['sms'])).toEqual([HELP, 'web']);
    expect(await answer(store, 5, ['sms'])).toEqual([]);
    expect(await answer(store, 5)).toHaveLength(5);
  });

  it('gives each of many floods one turn, of its last message, and tells how many it passed over', async () => {
    const { store } = await open();
    await take(store, [
      ...many(3 * 60, (n) => message(`${n}`, `flood${n % 3}`)),
      message('other', 'x'),
      ...many(20, (n) => message(`few${n}`, 'busy')),
    ]);
    const items = await store.transaction(async (tx) => {
      const claimed = await claimInbox(tx, 10, START);
      for (const item of claimed) {
        if (item.skipped > 0) await passOver(tx, item.conversationId, item.id);
        await finishInbox(tx, item.id);
      }
      return claimed.map(({ message: { text }, skipped }) => `${text}: ${skipped}`);
    });
    // People who wrote at the same moment have no order among them.
    expect(items.toSorted()).toEqual(['177: 59', '178: 59', '179: 59', 'few0: 0', 'other: 0']);
    expect(await store.read(inboxDepth)).toBe(19);
    expect(await store.read((reader) => reader.db.selectFrom('messages').select('id').execute())).toHaveLength(3 * 60 + 21);
  });

  it('does not let an emergency wait for what is to be tried later', async () => {
    const { store } = await open();
    await take(store, [message('bad', 'x')]);
    await store.transaction(async (tx) => {
      const [item] = await claimInbox(tx, 10, START);
      await failInbox(tx, item?.id ?? 0, { attempts: 3, retryAt: START + 8000, dead: false });
    });
    await take(store, [message(HELP, 'x')]);
    const texts = await store.transaction(async (tx) => (await claimInbox(tx, 10, START)).map((item) => item.message.text));
    expect(texts).toEqual(['bad']);
  });

  it('passes over no emergency and no opt-out of a flood', async () => {
    const { store } = await open();
    await take(store, [
      ...many(30, (n) => message(`a${n}`, 'x')),
      message('STOP', 'x', 'sms', { optOut: 'stop' }),
      ...many(30, (n) => message(`b${n}`, 'x')),
      message(HELP, 'x'),
      ...many(60, (n) => message(`c${n}`, 'x')),
    ]);
    expect([await answer(store, 5), await answer(store, 5), await answer(store, 5)]).toEqual([['STOP'], [HELP], ['c59']]);
  });

  it('waits for the last message of a flood when its turn failed', async () => {
    const { store } = await open();
    await take(
      store,
      many(60, (n) => message(`${n}`, 'x')),
    );
    const claim = () => store.transaction((tx) => claimInbox(tx, 1, START));
    const failed = store.transaction(async (tx) => {
      await claimInbox(tx, 1, START);
      throw new Error('poison');
    });
    await expect(failed).rejects.toThrow('poison');
    const last = await store.read((reader) =>
      reader.db.selectFrom('inbox').select('id').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow(),
    );
    await store.transaction((tx) => failInbox(tx, last.id, { attempts: 1, retryAt: START + 1000, dead: false }));
    expect((await claim()).map(({ message: { text } }) => text)).toEqual(['0']);
  });
});

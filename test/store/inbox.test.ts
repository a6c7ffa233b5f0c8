// The inbox takes each message once, hands out one a conversation in order, and forgets payloads when they are answered.
import { expect, it } from 'vitest';
import type { InboundMessage } from '../../src/domain/message.ts';
import { failInbox, finishInbox, inboxDepth } from '../../src/store/inbox.ts';
import { claimInbox } from '../../src/store/inbox-claim.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { START, stores } from '../support/stores.ts';

function message(externalId: string, text: string, from = '+34600000001'): InboundMessage {
  return { channel: 'sms', externalId, from: [{ kind: 'phone', value: from }], text, media: [], opened: false, receivedAt: START };
}

stores('the inbox', (open) => {
  it('takes a message once, however often and however concurrently it comes', async () => {
    const { store, again } = await open();
    const other = await again();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? store : other).transaction((tx) => receiveBatch(tx, [message('SM1', 'hola')])).then(([result]) => result),
      ),
    );
    expect(results.filter((result) => result === 'new')).toHaveLength(1);
    expect(results.filter((result) => result === 'duplicate')).toHaveLength(19);
    expect(await store.read(inboxDepth)).toBe(1);
    expect(await store.read((reader) => reader.db.selectFrom('contacts').selectAll().execute())).toHaveLength(1);
    expect(await store.read((reader) => reader.db.selectFrom('conversations').selectAll().execute())).toHaveLength(1);
  });

  it('hands out the oldest unfinished message of each conversation', async () => {
    const { store, now } = await open();
    await store.transaction((tx) =>
      receiveBatch(tx, [message('1', 'a1'), message('2', 'a2'), message('3', 'b1', '+34600000002'), message('4', 'a3')]),
    );
    const texts = await store.transaction(async (tx) => {
      const items = await claimInbox(tx, 10, now());
      for (const item of items) await finishInbox(tx, item.id);
      return items.map((item) => item.message.text);
    });
    expect(texts.sort()).toEqual(['a1', 'b1']);
    expect(await store.transaction(async (tx) => (await claimInbox(tx, 10, now())).map((item) => item.message.text))).toEqual(['a2']);
  });

  it('puts a failed message back for later, and what comes after it waits', async () => {
    const { store, now, pass } = await open();
    await store.transaction((tx) => receiveBatch(tx, [message('1', 'first'), message('2', 'second')]));
    const claim = () => store.transaction((tx) => claimInbox(tx, 10, now()));
    const [item] = await claim();
    await store.transaction((tx) => failInbox(tx, item?.id ?? 0, { attempts: 1, retryAt: now() + 1000, dead: false }));
    expect(await claim()).toEqual([]);
    pass(1000);
    expect((await claim()).map(({ message: { text }, attempts }) => [text, attempts])).toEqual([['first', 1]]);
    await store.transaction((tx) => failInbox(tx, item?.id ?? 0, { attempts: 5, retryAt: 0, dead: true }));
    expect((await claim()).map((next) => next.message.text)).toEqual(['second']);
  });

  it('leaves a message as it was when the worker dies in the middle of its turn', async () => {
    const { store, now } = await open();
    await store.transaction((tx) => receiveBatch(tx, [message('1', 'hola')]));
    const turn = store.transaction(async (tx) => {
      for (const item of await claimInbox(tx, 1, now())) await finishInbox(tx, item.id);
      throw new Error('died');
    });
    await expect(turn).rejects.toThrow('died');
    expect(await store.read(inboxDepth)).toBe(1);
  });

  it('keeps only what recognises a late retry once a message is answered', async () => {
    const { store, now } = await open();
    await store.transaction((tx) => receiveBatch(tx, [message('1', 'hola')]));
    await store.transaction(async (tx) => {
      for (const item of await claimInbox(tx, 1, now())) await finishInbox(tx, item.id);
    });
    const [row] = await store.read((reader) => reader.db.selectFrom('inbox').selectAll().execute());
    expect(row).toMatchObject({ state: 'done', sealed: null, contact_id: null, conversation_id: null, external_id: '1' });
    expect(await store.transaction((tx) => receiveBatch(tx, [message('1', 'hola')]))).toEqual(['duplicate']);
  });

  it('never lets two workers into one conversation', async () => {
    const { store, now, again } = await open();
    const other = await again();
    await store.transaction((tx) =>
      receiveBatch(
        tx,
        Array.from({ length: 30 }, (_, index) => message(`m${index}`, `${index}`, `+3460000000${index % 3}`)),
      ),
    );
    const inside = new Set<string>();
    const order = new Map<string, number>();
    let overlaps = 0;
    let inversions = 0;
    const worker = async (mine: typeof store): Promise<void> => {
      while ((await store.read(inboxDepth)) > 0) {
        await mine.transaction(async (tx) => {
          for (const item of await claimInbox(tx, 2, now())) {
            const number = Number(item.message.text);
            if (inside.has(item.conversationId)) overlaps++;
            inside.add(item.conversationId);
            if (number < (order.get(item.conversationId) ?? -1)) inversions++;
            order.set(item.conversationId, number);
            await Promise.resolve();
            await finishInbox(tx, item.id);
            inside.delete(item.conversationId);
          }
        });
      }
    };
    await Promise.all([worker(store), worker(other), worker(store)]);
    expect({ overlaps, inversions }).toEqual({ overlaps: 0, inversions: 0 });
  });

  it('does not make a message wait for hours because the clock was set back', async () => {
    const test = await open();
    const { store, now } = test;
    await store.transaction((tx) => receiveBatch(tx, [message('SM1', 'hola')]));
    const claim = () => store.transaction((tx) => claimInbox(tx, 10, now()));
    const [item] = await claim();
    await store.transaction((tx) => failInbox(tx, item?.id ?? 0, { attempts: 1, retryAt: now() + 8000, dead: false }));
    expect(await claim()).toEqual([]);
    test.pass(-2 * 3_600_000);
    expect(await claim()).toHaveLength(1);
  });
});

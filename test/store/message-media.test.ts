// Files of people: kept only while staff have the conversation and the person lets us; sealed by a key of their own; gone at
// closing, with their person and with their message, here, at the provider and in backups.
import { expect, it } from 'vitest';
import type { Media } from '../../src/domain/message.ts';
import { closeCase, openCase } from '../../src/store/cases.ts';
import { changeOwner, lockConversation, saveConversation } from '../../src/store/conversations.ts';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { eraseContact } from '../../src/store/erase.ts';
import { claimInbox } from '../../src/store/inbox-claim.ts';
import { endMedia, listMedia, loadMedia, type MediaItem } from '../../src/store/message-media.ts';
import { listMessages } from '../../src/store/messages.ts';
import { proveRetention } from '../../src/store/prove-retention.ts';
import { copiesLeft } from '../../src/store/provider-copies.ts';
import { purgeExpired } from '../../src/store/purge.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import type { Conversation } from '../../src/store/records.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { stores, START, type TestStore } from '../support/stores.ts';
import { arrive, CANARY, inbound } from './fixtures.ts';

const DAY_MS = 86_400_000;
const RETENTION = {
  messages_days: 30,
  session_hours: 24,
  case_months: 12,
  private_case_months: 6,
  complaint_months: 24,
  request_log_months: 24,
  backup_days: 35,
};
const AT_PROVIDER: Media = { contentType: 'image/jpeg', providerRef: `https://provider.test/${CANARY}` };
const here = (size = CANARY.length): Media => ({
  contentType: 'image/png',
  providerRef: '',
  bytes: Buffer.alloc(size, CANARY),
});
const TAKING = { keepsCopies: () => true, fetchesMedia: () => true };

/** A conversation that staff have, with a case. */
async function withStaff(store: Store, keeping: Conversation['keeping'] = 'standard'): Promise<Conversation> {
  const conversation = await arrive(store, inbound('SM0', 'hola'));
  await store.transaction(async (tx) => {
    const found = (await lockConversation(tx, conversation.id)) ?? conversation;
    await saveConversation(tx, { ...found, keeping });
    await changeOwner(tx, conversation.id, { fromEpoch: found.epoch, owner: 'staff', assignee: 'ana' });
    await openCase(tx, newCase(conversation));
  });
  return conversation;
}

const newCase = ({ id, contactId }: Conversation): Parameters<typeof openCase>[1] => ({
  id: 'case-1',
  conversationId: id,
  contactId,
  status: 'claimed',
  topic: null,
  language: 'es',
  priority: 'normal',
  reason: 'asked',
  private: false,
  assignee: 'ana',
  callback: false,
  summary: null,
  openedAt: START,
  claimedAt: START,
  closedAt: null,
  threadRef: null,
  relayedSequence: 0,
});

const receive = (store: Store, id: string, media: Media[], text = ''): Promise<unknown> =>
  store.transaction((tx) => receiveBatch(tx, [inbound(id, text, { media })], TAKING));

async function shown(store: Store, { id }: Conversation): Promise<MediaItem[]> {
  return store.read(async (reader) => [...(await listMedia(reader, id)).values()].flat());
}

/** Whether the words of a file can be found by somebody with every key there is. */
async function canBeRead({ store }: TestStore): Promise<boolean> {
  for await (const { table, text } of decryptAll(store)) if (table === 'message_media' && text !== '') return true;
  return false;
}

const purge = async ({ store, now }: TestStore): Promise<void> => {
  for (let more = true; more;) ({ more } = await store.transaction((tx: Tx) => purgeExpired(tx, RETENTION, now())));
};

stores('what people show', (open) => {
  it('is kept with its message while staff have the conversation, sealed', async () => {
    const test = await open();
    const conversation = await withStaff(test.store);
    await receive(test.store, 'SM1', [AT_PROVIDER, here()]);
    const message = (await test.store.read((reader) => listMessages(reader, conversation.id, 0))).at(-1);
    expect(message).toMatchObject({ text: '', files: ['image/jpeg', 'image/png'] });
    const items = await shown(test.store, conversation);
    expect(items.map(({ kind, gone }) => ({ kind, gone }))).toEqual([
      { kind: 'image', gone: false },
      { kind: 'image', gone: false },
    ]);
    const sources = await Promise.all(items.map(({ id }) => test.store.read((reader) => loadMedia(reader, id, 'case-1'))));
    expect(sources.map((one) => one?.source)).toEqual(
      expect.arrayContaining([
        { kind: 'provider', message: 'SM1', index: 0, at: AT_PROVIDER.providerRef },
        { kind: 'here', bytes: Buffer.from(CANARY).toString('base64') },
      ]),
    );
    expect(await test.store.read((reader) => loadMedia(reader, items[0]?.id ?? '', 'another case'))).toBeNull();
  });

  it('never waits in the inbox as bytes', async () => {
    const { store } = await open();
    await withStaff(store);
    await receive(store, 'SM1', [here()]);
    const [item] = await store.transaction((tx) => claimInbox(tx, 10, START));
    expect(item?.message.media).toEqual([{ contentType: 'image/png', providerRef: '', kept: expect.any(String) }]);
  });

  it('is not kept while the flow answers, nor from somebody who lets us keep nothing; its provider loses it at once', async () => {
    const { store } = await open();
    const flow = await arrive(store, inbound('SM0', 'hola'));
    await receive(store, 'SM1', [AT_PROVIDER, here()]);
    expect(await shown(store, flow)).toEqual([]);
    expect((await store.read((reader) => copiesLeft(reader))).map((copy) => copy.providerRef)).toEqual(['SM1/Media']);
    const secretive = await withStaff(store, 'session');
    await receive(store, 'SM2', [AT_PROVIDER]);
    expect(await shown(store, secretive)).toEqual([]);
  });

  it('is not kept when it is of no kind that is shown, or too much', async () => {
    const { store } = await open();
    const conversation = await withStaff(store);
    await receive(store, 'SM1', [{ contentType: 'application/pdf', providerRef: 'x' }, here(6_000_000)]);
    await receive(store, 'SM2', [here(6_000_000), here(6_000_000), here(6_000_000)]);
    const items = await store.transaction((tx) => claimInbox(tx, 10, START));
    expect(items[0]?.message.media.map(({ lost }) => lost)).toEqual(['type', undefined]);
    expect(await shown(store, conversation)).toHaveLength(3);
  });

  it('is kept once, however often its message comes', async () => {
    const { store } = await open();
    const conversation = await withStaff(store);
    await receive(store, 'SM1', [AT_PROVIDER]);
    await receive(store, 'SM1', [AT_PROVIDER]);
    expect(await shown(store, conversation)).toHaveLength(1);
  });

  it('is gone when the case closes: no key opens it, its provider is asked to remove it, the message stays', async () => {
    const test = await open();
    const { store } = test;
    const conversation = await withStaff(store);
    await receive(store, 'SM1', [AT_PROVIDER, here()], 'mire');
    expect(await canBeRead(test)).toBe(true);
    await store.transaction(async (tx) => {
      await closeCase(tx, 'case-1', START);
      await endMedia(tx, conversation.id, START);
    });
    expect(await canBeRead(test)).toBe(false);
    expect(
      await store.read(async (reader) =>
        reader.vault.keys.ownersWith(
          'media',
          (await shown(store, conversation)).map(({ id }) => id),
        ),
      ),
    ).toEqual([]);
    expect((await shown(store, conversation)).every(({ gone }) => gone)).toBe(true);
    expect((await store.read((reader) => copiesLeft(reader))).map((copy) => copy.providerRef)).toEqual(['SM1/Media']);
    expect((await store.read((reader) => listMessages(reader, conversation.id, 0))).at(-1)?.text).toBe('mire');
  });

  it('is gone with its person', async () => {
    const test = await open();
    const { store } = test;
    const conversation = await withStaff(store);
    await receive(store, 'SM1', [AT_PROVIDER, here()]);
    const [first] = await shown(store, conversation);
    await store.transaction((tx) => eraseContact(tx, conversation.contactId, START));
    expect(await canBeRead(test)).toBe(false);
    expect(await store.read((reader) => loadMedia(reader, first?.id ?? '', 'case-1'))).toBeNull();
    expect(await store.read((reader) => reader.vault.keys.ownersWith('media', [first?.id ?? '']))).toEqual([]);
    expect((await store.read((reader) => copiesLeft(reader))).map((copy) => copy.providerRef)).toContain('SM1/Media');
  });

  it('is gone with its message, by retention, though the case is open', async () => {
    const test = await open();
    const { store } = test;
    const conversation = await withStaff(store);
    await receive(store, 'SM1', [here()]);
    const [item] = await shown(store, conversation);
    test.pass(31 * DAY_MS);
    await purge(test);
    expect(await shown(store, conversation)).toEqual([]);
    expect(await store.read((reader) => reader.vault.keys.ownersWith('media', [item?.id ?? '']))).toEqual([]);
    expect(await proveRetention(store, RETENTION, test.now())).toMatchObject({ kept: true });
  });

  it('loses its key to the purge, if the program died at closing before it could destroy it', async () => {
    const test = await open();
    const { store } = test;
    const conversation = await withStaff(store);
    await receive(store, 'SM1', [here()]);
    const [item] = await shown(store, conversation);
    await store.transaction((tx) => tx.db.updateTable('message_media').set({ sealed: null, gone_at: START }).execute());
    test.pass(2 * DAY_MS);
    await purge(test);
    expect(await store.read((reader) => reader.vault.keys.ownersWith('media', [item?.id ?? '']))).toEqual([]);
    expect(await shown(store, conversation)).toHaveLength(1);
  });
});

// What the purge leaves is proved, not believed: keys without an owner go, small groups are not told, and the proof finds
// whatever the purge has missed.
import { expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../../src/store/backup.ts';
import { replyAddress } from '../../src/store/contacts.ts';
import { changeOwner, saveConversation } from '../../src/store/conversations.ts';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { eraseContact } from '../../src/store/erase.ts';
import { findOverdue } from '../../src/store/overdue.ts';
import { proveRetention } from '../../src/store/prove-retention.ts';
import { purgeExpired } from '../../src/store/purge.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { exportRequests, saveEpisode } from '../../src/store/request-log.ts';
import { exportTotals } from '../../src/store/request-totals.ts';
import { saveSession } from '../../src/store/sessions.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { stores, type TestStore } from '../support/stores.ts';
import { arrive, inbound, NUMBER, phone, session } from './fixtures.ts';

const RETENTION = {
  messages_days: 30,
  session_hours: 24,
  case_months: 12,
  private_case_months: 6,
  complaint_months: 24,
  request_log_months: 24,
  backup_days: 400,
};

async function purge({ store, now }: TestStore): Promise<Record<string, number>> {
  const total: Record<string, number> = {};
  for (let more = true; more;) {
    const round = await store.transaction((tx) => purgeExpired(tx, RETENTION, now()));
    for (const [kind, count] of Object.entries(round.counts)) total[kind] = (total[kind] ?? 0) + count;
    more = round.more;
  }
  return total;
}
const prove = ({ store, now }: TestStore) => proveRetention(store, RETENTION, now());
const arriveNow = (test: TestStore, id: string, text: string, from = NUMBER) =>
  arrive(test.store, inbound(id, text, { from: [phone(from)], receivedAt: test.now() }), test.now());

const episode = (id: string, hour: number, change: object = {}) => ({
  id,
  conversationId: null,
  hour,
  channel: 'sms',
  language: 'es',
  locality: 'madrid',
  topics: ['HEA.ACC', 'EDU'],
  answers: [],
  outcome: 'answered' as const,
  flow: 'health',
  release: 1,
  secondsToPerson: null,
  pseudonym: null,
  ...change,
});

stores('the proof of retention', (open) => {
  it('holds after a purge, and fails while anything is older than it may be', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'vieja');
    await test.store.transaction((tx) => saveSession(tx, maria, session('pregunta'), test.now() + DAY_MS));
    const ana = await arriveNow(test, '2', 'no guardar', '+34600000002');
    await test.store.transaction((tx) => saveConversation(tx, { ...ana, keeping: 'session', lastInboundAt: test.now() }));
    expect(await prove(test)).toMatchObject({ kept: true, readable: {}, keys: 0 });
    test.pass(25 * 3_600_000);
    const early = await prove(test);
    expect(early).toMatchObject({ kept: false, readable: { messages: 1, sessions: 1 } });
    expect(early.overdue.filter(({ count }) => count > 0).map(({ kind, lateMs }) => [kind, lateMs])).toEqual([
      ['sessions', 3_600_000],
      ['messages_short', 3_600_000],
    ]);
    await purge(test);
    expect(await prove(test)).toMatchObject({ kept: true });
    test.pass(32 * DAY_MS);
    expect(await prove(test)).toMatchObject({ kept: false, readable: { messages: 1 } });
    await purge(test);
    expect(await prove(test)).toMatchObject({ kept: true, opened: 0 });
    expect((await test.store.read((reader) => findOverdue(reader, RETENTION, test.now()))).every(({ count }) => count === 0)).toBe(true);
  });

  it('finds a key that a process left behind when it died, and the purge destroys it', async () => {
    const test = await open();
    const place = { table: 'messages', row: 'x', column: 'sealed' };
    const record = await test.store.transaction((tx) => tx.vault.seal('somebody-gone', 'contact', place, 'palabras'));
    const maria = await arriveNow(test, '1', 'hola');
    await purge(test);
    expect(await test.store.vault.openIfKept(place, record)).toBe('palabras');
    test.pass(3 * DAY_MS);
    expect(await prove(test)).toMatchObject({ kept: false, keys: 1 });
    expect(await purge(test)).toMatchObject({ keys: 1 });
    expect(await test.store.vault.openIfKept(place, record)).toBeNull();
    expect(await test.store.read((reader) => replyAddress(reader, maria.contactId, 'sms'))).toEqual(phone(NUMBER));
    expect(await prove(test)).toMatchObject({ kept: true });
  });

  it('keeps the keys of who is younger than a backup that was put back, until no other backup could need them', async () => {
    const test = await open();
    const [wrong, right] = [`${test.folder}/wrong`, `${test.folder}/right`];
    await arriveNow(test, '1', 'hola');
    await backupTo(test.store, wrong, { now: test.now() });
    test.pass(DAY_MS);
    const ana = await arriveNow(test, '2', 'palabras de Ana', '+34600000002');
    const eva = await arriveNow(test, '3', 'palabras de Eva', '+34600000003');
    await backupTo(test.store, right, { now: test.now() });
    await test.store.transaction((tx) => eraseContact(tx, eva.contactId, test.now()));
    await test.store.close();
    test.pass(2 * DAY_MS);
    const restore = async (file: string): Promise<TestStore> => {
      await restoreFrom(test.settings, file, { replace: true });
      return { ...test, store: await test.again() };
    };
    const mistaken = await restore(wrong);
    expect(await purge(mistaken)).toMatchObject({ keys: 0 });
    expect(await prove(mistaken)).toMatchObject({ kept: true });
    await mistaken.store.close();

    const restored = await restore(right);
    const texts: string[] = [];
    for await (const { text } of decryptAll(restored.store)) texts.push(text);
    expect(texts.filter((text) => text.includes('palabras de')).every((text) => text.includes('Ana'))).toBe(true);
    expect(texts.some((text) => text.includes('palabras de Ana'))).toBe(true);
    expect(await restored.store.read((reader) => replyAddress(reader, ana.contactId, 'sms'))).toEqual(phone('+34600000002'));
    await restored.store.close();

    // Nobody put it right: days go when they are over, the rest with the oldest backup. Orphans of later go as ever.
    const again = await restore(wrong);
    test.pass(31 * DAY_MS);
    await again.store.transaction((tx) => tx.vault.seal('later', 'contact', { table: 'addresses', row: 'x', column: 'sealed' }, 'x'));
    test.pass(2 * DAY_MS);
    await purge(again);
    const keysOf = async (owner: string) =>
      (await again.store.vault.keys.all()).filter((key) => key.owner === owner).map((key) => key.class);
    expect([await keysOf(ana.contactId), await keysOf('later')]).toEqual([['contact'], []]);
    test.pass(367 * DAY_MS);
    await purge(again);
    expect(await keysOf(ana.contactId)).toEqual([]);
    expect(await prove(again)).toMatchObject({ kept: true });
  });

  it('remembers who was erased as long as a backup may be kept', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'hola');
    await test.store.transaction((tx) => eraseContact(tx, maria.contactId, test.now()));
    test.pass(399 * DAY_MS);
    await purge(test);
    expect(await test.store.vault.keys.erasures(1)).toHaveLength(1);
    test.pass(DAY_MS);
    expect(await purge(test)).toMatchObject({ erasures: 1 });
    expect(await test.store.vault.keys.erasures(1)).toEqual([]);
  });

  it('destroys no key of somebody who writes START at the moment when their address is forgotten', async () => {
    const test = await open();
    const node = await test.again();
    const maria = await arriveNow(test, '1', 'stop');
    await test.store.transaction(async (tx) => {
      await saveConversation(tx, { ...maria, lastInboundAt: test.now() });
      await changeOwner(tx, maria.id, { fromEpoch: 0, owner: 'stopped', assignee: null });
    });
    test.pass(32 * DAY_MS);
    await test.store.transaction((tx) => purgeExpired(tx, RETENTION, test.now()));
    const write = (id: string) =>
      node.transaction((tx) => receiveBatch(tx, [inbound(id, 'START', { from: [phone(NUMBER)], receivedAt: test.now() })]));
    // The address was forgotten; its key goes with the next round. Both at once, in either order.
    await Promise.all([test.store.transaction((tx) => purgeExpired(tx, RETENTION, test.now())), write('2')]);
    for (const store of [test.store, await test.again()])
      expect(await store.read((reader) => replyAddress(reader, maria.contactId, 'sms'))).toEqual(phone(NUMBER));
  });
});

stores('totals of the request log', (open) => {
  it('remain when the episodes go, of groups that hide everybody', async () => {
    const test = await open();
    const month = Date.parse('2026-11-03T10:00:00Z');
    await test.store.transaction(async (tx) => {
      for (let index = 0; index < 6; index++) await saveEpisode(tx, episode(`a${index}`, month + index * DAY_MS));
      for (let index = 0; index < 3; index++) await saveEpisode(tx, episode(`b${index}`, month, { locality: 'soria' }));
      for (let index = 0; index < 2; index++) await saveEpisode(tx, episode(`c${index}`, month, { locality: 'teruel' }));
      for (let index = 0; index < 5; index++)
        await saveEpisode(tx, episode(`s${index}`, month, { locality: 'soria', sensitive: true, topics: ['VIO'] }));
      await saveEpisode(tx, episode('one', month, { topics: ['RARE'], language: 'fr', locality: 'soria' }));
      await saveEpisode(tx, episode('next', month + 40 * DAY_MS));
    });
    const totals = () => test.store.read((reader) => exportTotals(reader, '2026-01', '2028-12'));
    test.pass(Date.parse('2028-11-03T09:00:00Z') - test.now());
    await purge(test);
    expect(await totals()).toEqual([]);
    test.pass(2 * 3_600_000);
    await purge(test);
    const same = { month: '2026-11', language: 'es', outcome: 'answered' };
    const expected = [
      { ...same, topic: 'HEA.ACC', locality: '*', episodes: 5 },
      { ...same, topic: 'HEA.ACC', locality: 'madrid', episodes: 6 },
      { ...same, topic: 'VIO', locality: '*', episodes: 5 },
    ];
    expect(await totals()).toEqual(expected);
    // The first day's episodes are gone, the others stay until their own day; nothing is counted twice.
    expect(await test.store.read((reader) => exportRequests(reader, 0, test.now()))).toHaveLength(6);
    test.pass(20 * DAY_MS);
    await purge(test);
    expect(await test.store.read((reader) => exportRequests(reader, 0, test.now()))).toHaveLength(1);
    expect(await totals()).toEqual(expected);
  });

  it('are part of a backup', async () => {
    const test = await open();
    await test.store.transaction(async (tx) => {
      for (let index = 0; index < 5; index++) await saveEpisode(tx, episode(`a${index}`, test.now()));
    });
    test.pass(800 * DAY_MS);
    await purge(test);
    expect(await backupTo(test.store, `${test.folder}/copy`)).toBeGreaterThan(0);
  });
});

// What is kept shortly goes with its key, though the same person said other things on the same day: no backup tells it for
// longer, nothing else is lost, whoever dies or works at the same moment.
import { expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../../src/store/backup.ts';
import { openCase } from '../../src/store/cases.ts';
import { saveConversation } from '../../src/store/conversations.ts';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { listMessages } from '../../src/store/messages.ts';
import { proveRetention } from '../../src/store/prove-retention.ts';
import { purgeExpired } from '../../src/store/purge.ts';
import { loadSession, saveSession } from '../../src/store/sessions.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { makeDatabases } from '../support/postgres.ts';
import { stores, type TestStore } from '../support/stores.ts';
import { arrive, inbound, queue, session } from './fixtures.ts';

const RETENTION = {
  messages_days: 30,
  session_hours: 24,
  case_months: 12,
  private_case_months: 6,
  complaint_months: 24,
  request_log_months: 24,
  backup_days: 400,
};
const CASE = {
  id: 'case-1',
  status: 'waiting' as const,
  topic: null,
  language: 'es',
  priority: 'normal' as const,
  reason: 'asked' as const,
  private: true,
  assignee: null,
  summary: null,
  claimedAt: null,
  closedAt: null,
  threadRef: null,
  callback: false,
  relayedSequence: 0,
};

async function purge({ store, now }: TestStore): Promise<void> {
  while ((await store.transaction((tx) => purgeExpired(tx, RETENTION, now()))).more);
}
const prove = ({ store, now }: TestStore) => proveRetention(store, RETENTION, now());

stores('what is kept shortly beside what is kept long', (open, backend) => {
  const HOUR_MS = 3_600_000;
  const PRIVATE = 'palabras secretas';
  /** Words of the same person on the same day: standard by SMS, and private or "do not keep" by WhatsApp. */
  async function speak(test: TestStore, change: object = { private: true }) {
    const standard = await arrive(test.store, inbound('a', 'palabras de siempre', { receivedAt: test.now() }), test.now());
    const whatsapp = inbound('b', `${PRIVATE} 1`, { channel: 'whatsapp', receivedAt: test.now() });
    const short = await arrive(test.store, whatsapp, test.now());
    const expires = test.now() + DAY_MS;
    await test.store.transaction(async (tx) => {
      await saveConversation(tx, { ...short, lastInboundAt: test.now(), ...change });
      await saveSession(tx, short, session(PRIVATE), expires);
      await saveSession(tx, standard, session('pregunta de siempre'), expires + 7 * DAY_MS);
      await queue(tx, standard, 'respuesta de siempre');
    });
    expect(short.contactId).toBe(standard.contactId);
    return { standard, short };
  }
  const wordsOf = async (store: TestStore['store']): Promise<string[]> => {
    const texts: string[] = [];
    for await (const { table, text } of decryptAll(store)) if (table !== 'addresses') texts.push(`${table} ${text}`);
    return texts;
  };
  const secret = (texts: string[]): string[] => texts.filter((text) => text.includes(PRIVATE));
  /** What can be read in a backup that is put back beside the database, with the keys of the day. */
  async function inBackup(test: TestStore, file: string): Promise<string[]> {
    const { databaseUrl, drop } =
      test.store.dialect === 'postgres' ? await makeDatabases() : { databaseUrl: `sqlite:${file}.db`, drop: null };
    try {
      await restoreFrom({ ...test.settings, databaseUrl }, file, { replace: true });
      const store = await test.again({ databaseUrl });
      const texts = await wordsOf(store);
      await store.close();
      return texts;
    } finally {
      await drop?.();
    }
  }
  const backUp = async (test: TestStore, name: string): Promise<string> => {
    await backupTo(test.store, `${test.folder}/${name}`, { now: test.now() });
    return `${test.folder}/${name}`;
  };

  it('is unreadable after its hours in a backup that is put back, and what is kept long is not lost', async () => {
    const test = await open();
    const { standard } = await speak(test);
    const file = await backUp(test, 'copy');
    expect(secret(await inBackup(test, file))).toHaveLength(2);
    test.pass(25 * HOUR_MS);
    await purge(test);
    expect(await inBackup(test, file)).toEqual([]);
    const left = await wordsOf(test.store);
    expect(secret(left)).toEqual([]);
    expect(left.map((text) => text.split(' ')[0]).toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'messages',
      'messages',
      'outbox',
      'sessions',
    ]);
    const other = await test.again();
    expect(await other.read((reader) => loadSession(reader, standard.id, test.now()))).toEqual(session('pregunta de siempre'));
    expect((await other.read((reader) => listMessages(reader, standard.id, 0))).map(({ text }) => text)).toEqual([
      'palabras de siempre',
      'respuesta de siempre',
    ]);
    expect(await prove(test)).toMatchObject({ kept: true, opened: 5 });
    // The rest goes when its own day does.
    test.pass(29 * DAY_MS + 20 * HOUR_MS);
    await purge(test);
    expect((await test.store.vault.keys.all()).filter((key) => key.class === 'messages')).toEqual([]);
    expect(await prove(test)).toMatchObject({ kept: true });
  });

  it('goes word by word, however often somebody writes on a day', async () => {
    const test = await open();
    const { short } = await speak(test, { keeping: 'session' });
    test.pass(6 * HOUR_MS);
    await arrive(test.store, inbound('c', `${PRIVATE} 2`, { channel: 'whatsapp', receivedAt: test.now() }), test.now());
    const first = await backUp(test, 'first');
    test.pass(19 * HOUR_MS);
    await purge(test);
    expect(await inBackup(test, first)).toEqual([]);
    expect((await test.store.read((reader) => listMessages(reader, short.id, 0))).map(({ text }) => text)).toEqual([`${PRIVATE} 2`]);
    const second = await backUp(test, 'second');
    test.pass(6 * HOUR_MS);
    await purge(test);
    expect(await inBackup(test, second)).toEqual([]);
    expect(await wordsOf(test.store)).toHaveLength(4);
    expect(await prove(test)).toMatchObject({ kept: true });
  });

  it('leaves what belongs to an open private case, and goes when that is closed', async () => {
    const test = await open();
    const { short } = await speak(test);
    await test.store.transaction((tx) =>
      openCase(tx, { ...CASE, conversationId: short.id, contactId: short.contactId, openedAt: test.now() }),
    );
    test.pass(25 * HOUR_MS);
    await purge(test);
    expect(secret(await wordsOf(test.store)).map((text) => text.split(' ')[0])).toEqual(['messages']);
    const file = await backUp(test, 'copy');
    await test.store.transaction((tx) => tx.db.updateTable('cases').set({ status: 'closed', closed_at: test.now() }).execute());
    await purge(test);
    expect(secret(await wordsOf(test.store))).toEqual([]);
    expect(secret(await inBackup(test, file))).toEqual([]);
    expect(await prove(test)).toMatchObject({ kept: true });
  });

  it('is found again when the process dies between the commit and the destruction of its key', async () => {
    const test = await open();
    await speak(test);
    const file = await backUp(test, 'copy');
    test.pass(25 * HOUR_MS);
    await test.store.transaction((tx) => purgeExpired({ ...tx, afterCommit: () => {} }, RETENTION, test.now()));
    expect(await prove(test)).toMatchObject({ kept: false, keys: 1 });
    const again = { ...test, store: await test.again() };
    await purge(again);
    expect(secret(await inBackup(again, file))).toEqual([]);
    expect(await wordsOf(again.store)).toHaveLength(4);
    expect(await prove(again)).toMatchObject({ kept: true });
  });

  it('loses nothing when the purge is undone, when two nodes purge at once, and when turns go on meanwhile', async () => {
    const test = await open();
    const { standard, short } = await speak(test);
    test.pass(25 * HOUR_MS);
    const undone = test.store.transaction(async (tx) => {
      await purgeExpired(tx, RETENTION, test.now());
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await wordsOf(test.store)).toHaveLength(6);
    const nodes = [test.store, await test.again(), await test.again()];
    await Promise.all([
      ...nodes.map((store) => purge({ ...test, store })),
      ...nodes.map((store, index) => store.transaction((tx) => queue(tx, standard, `nueva ${index}`))),
      nodes[1]?.transaction((tx) => saveSession(tx, standard, session('nueva'), test.now() + DAY_MS)),
    ]);
    await purge(test);
    const fresh = await test.again();
    const texts = (await fresh.read((reader) => listMessages(reader, standard.id, 0))).map(({ text }) => text);
    expect(texts.slice(0, 2)).toEqual(['palabras de siempre', 'respuesta de siempre']);
    expect(texts).toHaveLength(5);
    expect(await fresh.read((reader) => loadSession(reader, standard.id, test.now()))).toEqual(session('nueva'));
    expect(await fresh.read((reader) => listMessages(reader, short.id, 0))).toEqual([]);
    expect(await prove(test)).toMatchObject({ kept: true });
  });

  it.runIf(backend === 'postgres')('waits with a row that somebody works on', async () => {
    const test = await open();
    await speak(test);
    const file = await backUp(test, 'copy');
    test.pass(25 * HOUR_MS);
    const node = await test.again();
    await node.transaction(async (tx) => {
      await tx.db.selectFrom('outbox').selectAll().forUpdate().execute();
      await purge(test);
      expect(secret(await wordsOf(test.store))).toEqual([]);
      expect(await inBackup(test, file)).not.toEqual([]);
    });
    await purge(test);
    expect(await inBackup(test, file)).toEqual([]);
    expect(await wordsOf(test.store)).toHaveLength(4);
  });
});

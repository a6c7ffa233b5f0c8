// Erasure is real: with every key on disk the person is found before DELETE and not after, nor in a backup that is put back.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../../src/store/backup.ts';
import { openDatabase } from '../../src/store/backends/index.ts';
import { findOpenCase, openCase } from '../../src/store/cases.ts';
import { fileComplaint, findComplaint, setComplaintState } from '../../src/store/complaints.ts';
import { recordConsent } from '../../src/store/consents.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { eraseContact, finishErasures } from '../../src/store/erase.ts';
import { inboxDepth } from '../../src/store/inbox.ts';
import { countOutbound, outboundTotals } from '../../src/store/limits.ts';
import { claimLines, markSent } from '../../src/store/outbox.ts';
import { copiesToErase, rememberCopy } from '../../src/store/provider-copies.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import type { Conversation } from '../../src/store/records.ts';
import { exportRequests, newPseudonym, saveEpisode } from '../../src/store/request-log.ts';
import type { KeySchema } from '../../src/store/schema.ts';
import { saveSession } from '../../src/store/sessions.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { addTimer, claimDueTimers } from '../../src/store/timers.ts';
import { rowsOf } from '../support/backup-rows.ts';
import { storeMaker, stores, type TestStore } from '../support/stores.ts';
import { arrive, CANARY, inbound, NUMBER, phone, queue, session } from './fixtures.ts';

async function found(store: Store): Promise<number> {
  let count = 0;
  for await (const { text } of decryptAll(store)) if (text.includes(NUMBER) || text.includes(CANARY)) count++;
  return count;
}

async function live(store: Store, now: number): Promise<Conversation> {
  const sms = await arrive(store, inbound('1', `hola ${CANARY}`));
  await arrive(store, inbound('2', `hello ${CANARY}`, { channel: 'whatsapp' }));
  await store.transaction(async (tx) => {
    const { id: conversationId, contactId } = sms;
    const line = await queue(tx, sms, `respuesta ${CANARY}`);
    await markSent(tx, line, 'SM-sent');
    await rememberCopy(tx, { contactId, channel: 'sms', providerRef: 'SM-sent', at: now });
    await queue(tx, sms, `sin enviar ${CANARY}`);
    await saveSession(tx, sms, session(CANARY), now + 1000);
    await addTimer(tx, { id: 't', conversationId, kind: 'remind', epoch: 0, token: 0, dueAt: now, payload: CANARY });
    await recordConsent(tx, {
      id: 'k',
      contactId,
      purpose: 'keep_messages',
      given: true,
      textKey: 'welcome:keep',
      release: 1,
      language: 'es',
      createdAt: now,
    });
    await countOutbound(tx, { contactId, channel: 'sms', segments: 2, now });
    await saveEpisode(tx, {
      id: 'log',
      conversationId,
      hour: now,
      channel: 'sms',
      language: 'es',
      topics: ['HEA.ACC'],
      answers: ['Q07'],
      flow: 'health',
      release: 1,
      secondsToPerson: null,
      pseudonym: newPseudonym(tx, contactId, now),
      outcome: 'answered',
    });
    await receiveBatch(tx, [inbound('3', `borrar ${CANARY}`)]);
  });
  return sms;
}

const CASE = {
  id: 'case',
  status: 'waiting' as const,
  topic: 'HEA.ACC',
  language: 'es',
  priority: 'urgent' as const,
  reason: 'asked',
  private: false,
  assignee: null,
  summary: CANARY,
  claimedAt: null,
  closedAt: null,
  threadRef: null,
  callback: false,
  relayedSequence: 0,
};
const COMPLAINT = {
  number: 'Q-100001',
  about: 'staff',
  text: CANARY,
  place: null,
  wantsContact: false,
  private: true,
  state: 'received' as const,
};

/** Erases while the keys cannot be reached: the rows are gone, the keys are not. */
async function eraseWithoutKeys({ store, settings, now }: TestStore, contactId: string): Promise<void> {
  const keys = await openDatabase<KeySchema>(settings.keyDatabaseUrl);
  await sql`alter table data_keys rename to away`.execute(keys.write);
  await store.transaction((tx) => eraseContact(tx, contactId, now()));
  await sql`alter table away rename to data_keys`.execute(keys.write);
  await keys.close();
  expect((await store.vault.keys.all()).some((key) => key.owner === contactId)).toBe(true);
  expect(await store.vault.keys.erasures(0)).toMatchObject([{ contact_id: contactId }]);
}

stores('erasing a person', (open) => {
  it('removes every text and number of them, on all channels, and of nobody else', async () => {
    const { store, now } = await open();
    const maria = await live(store, now());
    const ana = await arrive(store, inbound('9', 'soy otra', { from: [phone('+34600000009')] }));
    expect(await found(store)).toBeGreaterThan(8);
    expect(await store.transaction((tx) => eraseContact(tx, maria.contactId, now()))).toEqual({ openCase: false, openComplaints: 0 });
    expect(await found(store)).toBe(0);
    for (const channel of ['sms', 'whatsapp'])
      expect(await store.read((reader) => findConversation(reader, channel, phone(NUMBER)))).toBeNull();
    expect(await store.read(inboxDepth)).toBe(0);
    expect(await store.transaction((tx) => claimLines(tx, { channel: 'sms', limit: 9, now: now(), leaseMs: 1 }))).toEqual([]);
    expect(await store.transaction((tx) => claimDueTimers(tx, now(), 9))).toEqual([]);
    expect(await store.read((reader) => outboundTotals(reader, { contactId: maria.contactId, channel: 'sms', now: now() }))).toMatchObject({
      contactMessages: 0,
    });
    expect(await store.read((reader) => reader.db.selectFrom('consents').selectAll().execute())).toEqual([]);
    expect(await store.read((reader) => findConversation(reader, 'sms', phone('+34600000009')))).toMatchObject({ id: ana.id });
    const texts: string[] = [];
    for await (const { text } of decryptAll(store)) texts.push(text);
    expect(texts.some((text) => text.includes('soy otra'))).toBe(true);
  });

  it('keeps what was counted, belonging to nobody, and what recognises a late retry', async () => {
    const { store, now } = await open();
    const maria = await live(store, now());
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    expect(await store.read((reader) => exportRequests(reader, 0, now() + 1))).toMatchObject([
      { id: 'log', conversationId: null, pseudonym: null, topics: ['HEA.ACC'], answers: ['Q07'], outcome: 'answered' },
    ]);
    expect(await store.transaction((tx) => receiveBatch(tx, [inbound('3', 'borrar'), inbound('1', 'hola')]))).toEqual([
      'duplicate',
      'duplicate',
    ]);
    expect(
      await store.read((reader) =>
        reader.db.selectFrom('inbox').select(['contact_id', 'sealed']).where('contact_id', 'is not', null).execute(),
      ),
    ).toEqual([]);
  });

  it('has the provider’s copies erased too', async () => {
    const { store, now, pass } = await open();
    const maria = await live(store, now());
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    expect(await store.transaction((tx) => copiesToErase(tx, 9, now()))).toMatchObject([
      { channel: 'sms', providerRef: 'SM-sent', attempts: 0 },
    ]);
    // The farewell is sent when the contact is gone already.
    await store.transaction((tx) => rememberCopy(tx, { contactId: '', channel: 'sms', providerRef: 'SM-farewell', at: now() }));
    pass(3_600_000);
    expect((await store.transaction((tx) => copiesToErase(tx, 9, now()))).map((copy) => copy.providerRef)).toContain('SM-farewell');
  });

  it('leaves the codes of an open case, and an open complaint until it is closed', async () => {
    const { store, now } = await open();
    const maria = await live(store, now());
    const whose = { conversationId: maria.id, contactId: maria.contactId };
    await store.transaction((tx) => openCase(tx, { ...CASE, ...whose, openedAt: now() }));
    await store.transaction((tx) =>
      fileComplaint(tx, { ...COMPLAINT, ...whose, text: 'palabras de la queja', createdAt: now(), dueAt: now() }),
    );
    expect(await store.transaction((tx) => eraseContact(tx, maria.contactId, now()))).toEqual({ openCase: true, openComplaints: 1 });
    expect(await found(store)).toBe(0);
    expect(await store.read((reader) => findOpenCase(reader, maria.id))).toMatchObject({
      topic: 'HEA.ACC',
      priority: 'urgent',
      summary: null,
    });
    expect(await store.read((reader) => findComplaint(reader, 'Q-100001'))).toMatchObject({
      contactId: null,
      conversationId: null,
      text: 'palabras de la queja',
    });
    await store.transaction((tx) => setComplaintState(tx, 'Q-100001', 'closed', now()));
    expect(await store.read((reader) => findComplaint(reader, 'Q-100001'))).toMatchObject({ state: 'closed', text: null });
    expect(await store.vault.keys.all()).toEqual([]);
  });

  it('takes the same number for a new person afterwards', async () => {
    const { store, now } = await open();
    const maria = await live(store, now());
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    const again = await arrive(store, inbound('4', 'hola otra vez'));
    expect(again.contactId).not.toBe(maria.contactId);
  });

  it('destroys no key when the transaction is undone', async () => {
    const { store, now, again } = await open();
    const maria = await live(store, now());
    const before = await found(store);
    const undone = store.transaction(async (tx) => {
      await eraseContact(tx, maria.contactId, now());
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await found(store)).toBe(before);
    expect(await found(await again())).toBe(before);
  });

  it('is finished at the next start when the process died after the commit', async () => {
    const { store, now, again } = await open();
    const maria = await live(store, now());
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    // As it would stand: the rows are gone, the key and the note of the erasure are still there.
    await store.transaction((tx) => tx.vault.seal(maria.contactId, 'contact', { table: 'addresses', row: 'x', column: 'sealed' }, NUMBER));
    await store.vault.keys.noteErasure({ contact_id: maria.contactId, owners: JSON.stringify([maria.contactId]), done: 0, at: now() });
    const restarted = await again();
    expect((await restarted.vault.keys.all()).filter((key) => key.owner === maria.contactId)).toEqual([]);
  });

  it('is finished while the service runs when the keys could not be destroyed at once', async () => {
    const test = await open();
    const { store, now, pass } = test;
    const maria = await live(store, now());
    const ana = await arrive(store, inbound('9', 'soy otra', { from: [phone('+34600000009')] }));
    await eraseWithoutKeys(test, maria.contactId);
    // Not committed, or not yet: nothing of her may go.
    await store.vault.keys.noteErasure({ contact_id: ana.contactId, owners: JSON.stringify([ana.contactId]), done: 0, at: now() });
    pass(59_000);
    expect(await finishErasures(store, now())).toBe(0);
    pass(1000);
    expect(await finishErasures(store, now())).toBe(1);
    const owners = (await store.vault.keys.all()).map((key) => key.owner);
    expect(owners).not.toContain(maria.contactId);
    expect(owners).toContain(ana.contactId);
    expect(await store.vault.keys.erasures(0)).toMatchObject([{ contact_id: ana.contactId }]);
    expect(await finishErasures(store, now())).toBe(0);
  });

  it('is repeated on a backup also when the process died before the keys were destroyed', async () => {
    const test = await open();
    const maria = await live(test.store, test.now());
    const file = path.join(test.folder, 'copy');
    await backupTo(test.store, file);
    const whose = { conversationId: maria.id, contactId: maria.contactId };
    await test.store.transaction((tx) => openCase(tx, { ...CASE, ...whose, openedAt: test.now() }));
    await eraseWithoutKeys(test, maria.contactId);
    await test.store.close();
    expect(await restoreFrom(test.settings, file, { replace: true })).toBe(1);
    const restored = await test.again();
    expect(await found(restored)).toBe(0);
    expect(await restored.read((reader) => findConversation(reader, 'sms', phone(NUMBER)))).toBeNull();
    // Also of what is younger than the backup.
    expect(await restored.vault.keys.all()).toEqual([]);
    expect(await restored.vault.keys.erasures(1)).toMatchObject([{ contact_id: maria.contactId }]);
  });
});

describe('a backup', () => {
  const open = storeMaker('sqlite');
  const folder = () => mkdtempSync(path.join(tmpdir(), 'ventanilla-backup-'));

  it('holds no key, and cannot be read by who was erased since even as a plain file', async () => {
    const { store, now } = await open();
    const maria = await live(store, now());
    const file = path.join(folder(), 'copy.db');
    await backupTo(store, file);
    expect(statSync(file).mode & 0o077).toBe(0);
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    // The copy beside the keys of the day, opened without any repeating of erasures.
    const rows = await rowsOf(file, (version) => store.vault.deriveKey('backup', version));
    const records = (rows['messages'] ?? []) as { id: string; sealed: Buffer }[];
    expect(records.length).toBeGreaterThan(2);
    for (const { id, sealed } of records)
      expect(await store.vault.openIfKept({ table: 'messages', row: id, column: 'sealed' }, sealed)).toBeNull();
    expect(Object.keys(rows)).not.toContain('data_keys');
    rmSync(path.dirname(file), { recursive: true });
  });

  it('erases again when it is put back, and looks up what it would have sent', async () => {
    const { store, settings, now } = await open();
    const maria = await live(store, now());
    const ana = await arrive(store, inbound('9', 'soy otra', { from: [phone('+34600000009')] }));
    await store.transaction((tx) => queue(tx, ana, 'por enviar'));
    const file = path.join(folder(), 'copy.db');
    await backupTo(store, file);
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    await store.close();
    expect(await restoreFrom(settings, file)).toBe(1);
    const restored = await openStore(settings);
    expect(await found(restored)).toBe(0);
    expect(await restored.read((reader) => findConversation(reader, 'sms', phone(NUMBER)))).toBeNull();
    expect(await restored.read((reader) => findConversation(reader, 'sms', phone('+34600000009')))).toMatchObject({ id: ana.id });
    expect(await restored.transaction((tx) => claimLines(tx, { channel: 'sms', limit: 9, now: now(), leaseMs: 1 }))).toMatchObject([
      { message: { text: 'por enviar' }, unknown: true },
    ]);
    await restored.close();
    rmSync(path.dirname(file), { recursive: true });
  });

  it('is refused while the service runs, and leaves everything as it was when it is not ours', async () => {
    const { store, settings, again } = await open();
    await arrive(store, inbound('1', 'hola'));
    const other = await open();
    const file = path.join(folder(), 'copy.db');
    await backupTo(other.store, file);
    await expect(backupTo(other.store, file)).rejects.toMatchObject({ code: 'cli.usage' });
    await store.close();
    await expect(restoreFrom(settings, file)).rejects.toMatchObject({ code: 'store.key_missing' });
    const service = await again({ service: true });
    expect(await service.read((reader) => findConversation(reader, 'sms', phone(NUMBER)))).not.toBeNull();
    await expect(restoreFrom(settings, file)).rejects.toMatchObject({ code: 'store.in_use' });
    rmSync(path.dirname(file), { recursive: true });
  });

  it('leaves nothing of an erased person in the write-ahead log', async () => {
    const { store, folder: place, now } = await open();
    const maria = await live(store, now());
    const { sealed } = await store.read((reader) => reader.db.selectFrom('addresses').select('sealed').executeTakeFirstOrThrow());
    const keys = (await store.vault.keys.all()).map((key) => key.wrapped);
    const secrets = [sealed ?? Buffer.from('none'), ...keys];
    const traces = () =>
      readdirSync(place).filter((name) => secrets.some((secret) => readFileSync(path.join(place, name)).includes(secret)));
    expect(traces()).toEqual(expect.arrayContaining(['keys.db-wal', 'ventanilla.db-wal']));
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    expect(traces()).toEqual([]);
  });

  // Waiting for the reader would keep everybody waiting for five seconds.
  it('holds nobody up when a backup reads meanwhile, and empties the write-ahead log later', { timeout: 4000 }, async () => {
    const { store, folder: place, now } = await open();
    const maria = await live(store, now());
    const { sealed } = await store.read((reader) => reader.db.selectFrom('addresses').select('sealed').executeTakeFirstOrThrow());
    const traces = () => readdirSync(place).filter((name) => readFileSync(path.join(place, name)).includes(sealed ?? 'none'));
    const reader = new BetterSqlite3(path.join(place, 'ventanilla.db'), { readonly: true });
    reader.exec('begin');
    reader.prepare('select count(*) from contacts').get();
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    expect(traces()).not.toEqual([]);
    reader.close();
    await expect.poll(traces, { timeout: 3000 }).toEqual([]);
  });
});

// What hangs on a case goes with it: with the person who is erased, and with the case that has outlived its retention.
import { expect, it } from 'vitest';
import { beginAssignment, endAssignments, interpretersOf } from '../../src/store/assignments.ts';
import { addCaseEvent, listCaseEvents } from '../../src/store/case-events.ts';
import { addCaseNote, listCaseNotes } from '../../src/store/case-notes.ts';
import { closeCase, openCase } from '../../src/store/cases.ts';
import { eraseContact } from '../../src/store/erase.ts';
import { purgeExpired } from '../../src/store/purge.ts';
import type { Conversation } from '../../src/store/records.ts';
import { addStaffMessage, listStaffMessages } from '../../src/store/staff-messages.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { stores, type TestStore } from '../support/stores.ts';
import { arrive, inbound } from './fixtures.ts';

const RETENTION = {
  messages_days: 30,
  session_hours: 24,
  case_months: 12,
  private_case_months: 6,
  complaint_months: 24,
  request_log_months: 24,
  backup_days: 400,
};
const TABLES = ['case_notes', 'case_events', 'case_assignments', 'staff_messages'] as const;

async function openWithAll({ store, now }: TestStore): Promise<Conversation> {
  const conversation = await arrive(store, inbound('1', 'hola', { receivedAt: now() }), now());
  const at = now();
  await store.transaction(async (tx) => {
    await openCase(tx, {
      id: 'c1',
      conversationId: conversation.id,
      contactId: conversation.contactId,
      status: 'claimed',
      topic: null,
      language: 'es',
      priority: 'normal',
      reason: 'asked',
      private: false,
      assignee: 'ana',
      summary: null,
      openedAt: at,
      claimedAt: at,
      closedAt: null,
      threadRef: null,
      callback: false,
      relayedSequence: 0,
    });
    const who = { caseId: 'c1', contactId: conversation.contactId, at };
    await beginAssignment(tx, { ...who, staffId: 'ana', role: 'assignee' });
    await beginAssignment(tx, { ...who, staffId: 'selam', role: 'interpreter' });
    await addCaseNote(tx, { id: 'n1', caseId: 'c1', staffId: 'ana', mentions: ['bea'], text: 'una nota privada', createdAt: at });
    for (const kind of ['opened', 'queued', 'claimed'] as const) await addCaseEvent(tx, { caseId: 'c1', kind, at });
    await addStaffMessage(tx, { messageId: 'm1', caseId: 'c1', staffId: 'ana', how: 'now', createdAt: at });
  });
  return conversation;
}

const rows = ({ store }: TestStore): Promise<number[]> =>
  store.read(({ db }) => Promise.all(TABLES.map(async (table) => (await db.selectFrom(table).selectAll().execute()).length)));

stores('what hangs on a case', (open) => {
  it('is read back in its order, and a note is sealed', async () => {
    const test = await open();
    await openWithAll(test);
    const { store } = test;
    expect(await store.read((reader) => listCaseNotes(reader, 'c1'))).toMatchObject([{ text: 'una nota privada', mentions: ['bea'] }]);
    expect((await store.read((reader) => listCaseEvents(reader, 'c1'))).map(({ kind }) => kind)).toEqual(['opened', 'queued', 'claimed']);
    expect(await store.read((reader) => listStaffMessages(reader, 'c1'))).toMatchObject([{ messageId: 'm1', state: 'queued' }]);
    expect(await store.read((reader) => interpretersOf(reader, 'c1'))).toEqual([{ staffId: 'selam', joined: false }]);
    const sealed = await store.read(({ db }) => db.selectFrom('case_notes').select('sealed').executeTakeFirstOrThrow());
    expect(Buffer.from(sealed.sealed).toString('utf8')).not.toContain('nota');
    expect(await store.transaction((tx) => endAssignments(tx, 'c1', 'interpreter', test.now()))).toEqual(['selam']);
  });

  it('goes with the person', async () => {
    const test = await open();
    const { contactId } = await openWithAll(test);
    await test.store.transaction((tx) => eraseContact(tx, contactId, test.now()));
    expect(await rows(test)).toEqual([0, 0, 0, 0]);
  });

  it('goes with the case when it has outlived its retention, and not before', async () => {
    const test = await open();
    await openWithAll(test);
    await test.store.transaction((tx) => closeCase(tx, 'c1', test.now()));
    test.pass(300 * DAY_MS);
    await test.store.transaction((tx) => purgeExpired(tx, RETENTION, test.now()));
    expect(await rows(test)).toEqual([1, 3, 2, 1]);
    test.pass(100 * DAY_MS);
    await test.store.transaction((tx) => purgeExpired(tx, RETENTION, test.now()));
    expect(await rows(test)).toEqual([0, 0, 0, 0]);
  });
});

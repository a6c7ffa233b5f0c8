// Cases: a person is wanted. Codes in the open, the summary sealed under a key of the case's own.
// Every change is noted for the consoles. Called by runtime/ and the staff surface. Who may claim is the desk's business; here only one of two can win.
import { sql } from 'kysely';
import { noteDeskChange } from './desk-changes.ts';
import type { CaseRecord, NewCase } from './records.ts';
import type { CaseTable } from './schema.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

/** A literal: SQLite would plan anew at every call to see whether a bound value allows a partial index. */
const CLOSED = sql.lit<'closed'>('closed');

const insert = statement((db, p: CaseTable) =>
  db.insertInto('cases').values({
    id: p.id,
    conversation_id: p.conversation_id,
    contact_id: p.contact_id,
    status: p.status,
    topic: p.topic,
    language: p.language,
    priority: p.priority,
    reason: p.reason,
    private: p.private,
    assignee: p.assignee,
    sealed: p.sealed,
    opened_at: p.opened_at,
    claimed_at: p.claimed_at,
    closed_at: p.closed_at,
    thread_ref: p.thread_ref,
    callback: p.callback,
    relayed_sequence: p.relayed_sequence,
    version: p.version,
    shown_version: p.shown_version,
    desk_id: p.desk_id,
    locality: p.locality,
    gender_wanted: p.gender_wanted,
    callback_at: p.callback_at,
    waiting_since: p.waiting_since,
    due_at: p.due_at,
    escalation: p.escalation,
    offered_to: p.offered_to,
    outcome: p.outcome,
    closed_by: p.closed_by,
    queued_at: p.queued_at,
    spoken: p.spoken,
  }),
);
const byId = statement((db, p: { id: string }) => db.selectFrom('cases').selectAll().where('id', '=', p.id));
const open = statement((db, p: { conversationId: string }) =>
  db.selectFrom('cases').selectAll().where('conversation_id', '=', p.conversationId).where('status', '<>', CLOSED),
);
const latest = statement((db, p: { conversationId: string }) =>
  db.selectFrom('cases').selectAll().where('conversation_id', '=', p.conversationId).orderBy('opened_at', 'desc').limit(1),
);
const byThread = statement((db, p: { threadRef: string }) => db.selectFrom('cases').selectAll().where('thread_ref', '=', p.threadRef));

/** Where a case's summary stands. */
export const casePlace = (id: string) => ({ table: 'cases', row: id, column: 'sealed' });

/**
 * Opens a case.
 * @throws AppError store.conflict when the conversation has an open one already.
 */
export async function openCase(tx: Tx, record: NewCase): Promise<void> {
  const sealed = record.summary === null ? null : await tx.vault.seal(record.id, 'case', casePlace(record.id), record.summary);
  await insert.run(tx, {
    id: record.id,
    conversation_id: record.conversationId,
    contact_id: record.contactId,
    status: record.status,
    topic: record.topic,
    language: record.language,
    priority: record.priority,
    reason: record.reason,
    private: record.private ? 1 : 0,
    assignee: record.assignee,
    sealed,
    opened_at: record.openedAt,
    claimed_at: record.claimedAt,
    closed_at: record.closedAt,
    thread_ref: record.threadRef,
    callback: record.callback ? 1 : 0,
    relayed_sequence: record.relayedSequence,
    version: 1,
    shown_version: 0,
    desk_id: record.deskId ?? null,
    locality: record.locality ?? null,
    gender_wanted: record.genderWanted ?? null,
    callback_at: record.callbackAt ?? null,
    waiting_since: record.waitingSince ?? null,
    due_at: record.dueAt ?? null,
    escalation: record.escalation ?? 0,
    offered_to: record.offeredTo ?? null,
    outcome: record.outcome ?? null,
    closed_by: record.closedBy ?? null,
    queued_at: record.queuedAt ?? null,
    spoken: record.spoken ?? null,
  });
  await noteDeskChange(tx, 'case', record.id);
}

/** The case of a conversation that is not closed. */
export async function findOpenCase(reader: Reader, conversationId: string): Promise<CaseRecord | null> {
  return toCaseRecord(reader, await open.first(reader, { conversationId }));
}

/** The newest case of a conversation, open or closed. */
export async function latestCase(reader: Reader, conversationId: string): Promise<CaseRecord | null> {
  return toCaseRecord(reader, await latest.first(reader, { conversationId }));
}

export async function loadCase(reader: Reader, id: string): Promise<CaseRecord | null> {
  return toCaseRecord(reader, await byId.first(reader, { id }));
}

/** The case whose thread on the staff surface this is. */
export async function findCaseByThread(reader: Reader, threadRef: string): Promise<CaseRecord | null> {
  return toCaseRecord(reader, await byThread.first(reader, { threadRef }));
}

/** Threads of all cases of a contact on the staff surface. */
export async function threadsOf(reader: Reader, contactId: string): Promise<string[]> {
  const rows = await reader.db
    .selectFrom('cases')
    .select('thread_ref')
    .where('contact_id', '=', contactId)
    .where('thread_ref', 'is not', null)
    .execute();
  return rows.flatMap((row) => row.thread_ref ?? []);
}

/** Cases that wait for somebody, most urgent first, then longest waiting. */
export async function listWaiting(reader: Reader, limit = 200): Promise<CaseRecord[]> {
  return toRecords(reader, await inLine(reader).selectAll().limit(limit).execute());
}

function inLine({ db }: Reader) {
  return db
    .selectFrom('cases')
    .where('status', '=', 'waiting')
    .orderBy((eb) => eb.case().when('priority', '=', 'emergency').then(0).when('priority', '=', 'urgent').then(1).else(2).end())
    .orderBy('opened_at');
}

/**
 * Claims a waiting case: of two who try, one wins.
 * @returns false when somebody else has it, or it is closed.
 */
export async function claimCase(tx: Tx, id: string, assignee: string, now: number): Promise<boolean> {
  const result = await tx.db
    .updateTable('cases')
    .set((eb) => ({
      status: 'claimed' as const,
      assignee,
      claimed_at: eb.fn.coalesce('claimed_at', eb.val(now)),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where((eb) => eb.or([eb('status', '=', 'waiting'), eb.and([eb('status', '=', 'claimed'), eb('assignee', '=', assignee)])]))
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await noteDeskChange(tx, 'case', id);
  return true;
}

/** Closes a case; it is purged months later. False when it was closed already. */
export async function closeCase(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx.db
    .updateTable('cases')
    .set((eb) => ({ status: 'closed', closed_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('status', '<>', 'closed')
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await noteDeskChange(tx, 'case', id);
  return true;
}

/** Notes where the case's thread is. */
export async function setThread(tx: Tx, id: string, threadRef: string): Promise<void> {
  await tx.db.updateTable('cases').set({ thread_ref: threadRef }).where('id', '=', id).execute();
}

/** Changes other fields of a case. The summary is written once and never changed; how far messages were relayed is not shown at its head. */
export async function updateCase(
  tx: Tx,
  id: string,
  change: Partial<
    Pick<
      CaseRecord,
      | 'status'
      | 'topic'
      | 'priority'
      | 'private'
      | 'callback'
      | 'assignee'
      | 'claimedAt'
      | 'closedAt'
      | 'threadRef'
      | 'relayedSequence'
      | 'deskId'
      | 'locality'
      | 'genderWanted'
      | 'callbackAt'
      | 'waitingSince'
      | 'dueAt'
      | 'escalation'
      | 'offeredTo'
      | 'outcome'
      | 'closedBy'
      | 'queuedAt'
      | 'spoken'
    >
  >,
): Promise<void> {
  const set = {
    ...(change.status === undefined ? {} : { status: change.status }),
    ...(change.topic === undefined ? {} : { topic: change.topic }),
    ...(change.priority === undefined ? {} : { priority: change.priority }),
    ...(change.private === undefined ? {} : { private: change.private ? 1 : 0 }),
    ...(change.callback === undefined ? {} : { callback: change.callback ? 1 : 0 }),
    ...(change.assignee === undefined ? {} : { assignee: change.assignee }),
    ...(change.claimedAt === undefined ? {} : { claimed_at: change.claimedAt }),
    ...(change.closedAt === undefined ? {} : { closed_at: change.closedAt }),
    ...(change.threadRef === undefined ? {} : { thread_ref: change.threadRef }),
    ...(change.relayedSequence === undefined ? {} : { relayed_sequence: change.relayedSequence }),
    ...(change.deskId === undefined ? {} : { desk_id: change.deskId }),
    ...(change.locality === undefined ? {} : { locality: change.locality }),
    ...(change.genderWanted === undefined ? {} : { gender_wanted: change.genderWanted }),
    ...(change.callbackAt === undefined ? {} : { callback_at: change.callbackAt }),
    ...(change.waitingSince === undefined ? {} : { waiting_since: change.waitingSince }),
    ...(change.dueAt === undefined ? {} : { due_at: change.dueAt }),
    ...(change.escalation === undefined ? {} : { escalation: change.escalation }),
    ...(change.offeredTo === undefined ? {} : { offered_to: change.offeredTo }),
    ...(change.outcome === undefined ? {} : { outcome: change.outcome }),
    ...(change.closedBy === undefined ? {} : { closed_by: change.closedBy }),
    ...(change.queuedAt === undefined ? {} : { queued_at: change.queuedAt }),
    ...(change.spoken === undefined ? {} : { spoken: change.spoken }),
  };
  if (Object.keys(set).length === 0) return;
  const shown = Object.keys(change).some((name) => name !== 'relayedSequence');
  await tx.db
    .updateTable('cases')
    .set((eb) => ({ ...set, ...(shown ? { version: eb('version', '+', 1) } : {}) }))
    .where('id', '=', id)
    .execute();
  if (shown) await noteDeskChange(tx, 'case', id);
}

async function toRecords(reader: Reader, rows: CaseTable[]): Promise<CaseRecord[]> {
  const records: CaseRecord[] = [];
  for (const row of rows) records.push((await toCaseRecord(reader, row)) as CaseRecord);
  return records;
}

/** A row as the rest of the program sees it, its summary opened. */
export async function toCaseRecord(reader: Reader, row: CaseTable | undefined): Promise<CaseRecord | null> {
  if (!row) return null;
  return {
    id: row.id,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    status: row.status,
    topic: row.topic,
    language: row.language,
    priority: row.priority,
    reason: row.reason,
    private: row.private === 1,
    assignee: row.assignee,
    summary: row.sealed ? await reader.vault.openIfKept(casePlace(row.id), row.sealed) : null,
    openedAt: row.opened_at,
    claimedAt: row.claimed_at,
    closedAt: row.closed_at,
    threadRef: row.thread_ref,
    callback: row.callback === 1,
    relayedSequence: row.relayed_sequence,
    deskId: row.desk_id,
    locality: row.locality,
    genderWanted: row.gender_wanted,
    callbackAt: row.callback_at,
    waitingSince: row.waiting_since,
    dueAt: row.due_at,
    escalation: row.escalation ?? 0,
    offeredTo: row.offered_to,
    outcome: row.outcome,
    closedBy: row.closed_by,
    queuedAt: row.queued_at,
    spoken: row.spoken,
  };
}

// Who of the staff wrote a message. Called by runtime/desk and by whoever shows a case; goes with the case.
// Replies that wait until the person writes have their words here, too: they are kept-replies.ts's.
import { noteDeskChange } from './desk-changes.ts';
import type { StaffMessageTable } from './desk-schema.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

export interface StaffMessage {
  messageId: string;
  caseId: string;
  staffId: string;
  how: StaffMessageTable['how'];
  state: StaffMessageTable['state'];
  createdAt: number;
}

/** Notes who wrote a message that was queued for sending. */
export async function addStaffMessage(tx: Tx, { messageId, caseId, staffId, how, createdAt }: Omit<StaffMessage, 'state'>): Promise<void> {
  await tx.db
    .insertInto('staff_messages')
    .values({ message_id: messageId, case_id: caseId, staff_id: staffId, how, sealed: null, state: 'queued', created_at: createdAt })
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .execute();
  await noteDeskChange(tx, 'case', caseId);
}

const caseOf = statement((db, p: { id: string }) => db.selectFrom('staff_messages').select('case_id').where('message_id', '=', p.id), {
  types: { id: 'text' },
});

/** What became of a message has changed: consoles show it, where somebody of the staff wrote it. */
export async function noteDelivery(tx: Tx, messageId: string): Promise<void> {
  const row = await caseOf.first(tx, { id: messageId });
  if (row) await noteDeskChange(tx, 'case', row.case_id);
}

/** All of a case, oldest first. */
export async function listStaffMessages(reader: Reader, caseId: string): Promise<StaffMessage[]> {
  const rows = await reader.db.selectFrom('staff_messages').selectAll().where('case_id', '=', caseId).orderBy('created_at').execute();
  return rows.map(toStaffMessage);
}

/** One of them; null when there is none. */
export async function loadStaffMessage(reader: Reader, messageId: string): Promise<StaffMessage | null> {
  const row = await reader.db.selectFrom('staff_messages').selectAll().where('message_id', '=', messageId).executeTakeFirst();
  return row ? toStaffMessage(row) : null;
}

function toStaffMessage(row: StaffMessageTable): StaffMessage {
  return {
    messageId: row.message_id,
    caseId: row.case_id,
    staffId: row.staff_id,
    how: row.how,
    state: row.state,
    createdAt: row.created_at,
  };
}

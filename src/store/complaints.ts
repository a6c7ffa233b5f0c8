// Complaints: a number that the person can ask about, codes in the open, the text sealed under a key of its own.
// Filed by runtime/apply, looked up for STATUS. Who may read which is decided elsewhere (desk).
import type { Complaint } from './records.ts';
import type { ComplaintTable } from './schema.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

const byNumber = statement((db, p: { number: string }) => db.selectFrom('complaints').selectAll().where('number', '=', p.number));

/** Where a complaint's text stands. */
export const complaintPlace = (number: string) => ({ table: 'complaints', row: number, column: 'sealed' });

/**
 * Files a complaint.
 * @throws AppError store.conflict (retryable) when the number is taken: try again with another.
 */
export async function fileComplaint(tx: Tx, complaint: Omit<Complaint, 'sensitive'> & { sensitive?: boolean }): Promise<void> {
  const { number, text, place } = complaint;
  const sealed =
    text === null && place === null
      ? null
      : await tx.vault.seal(number, 'complaint', complaintPlace(number), JSON.stringify({ text, place }));
  await tx.db
    .insertInto('complaints')
    .values({
      number,
      contact_id: complaint.contactId,
      conversation_id: complaint.conversationId,
      about: complaint.about,
      sealed,
      wants_contact: complaint.wantsContact ? 1 : 0,
      private: complaint.private ? 1 : 0,
      state: complaint.state,
      created_at: complaint.createdAt,
      due_at: complaint.dueAt,
      closed_at: null,
      sensitive: complaint.sensitive ? 1 : 0,
      acknowledged_at: complaint.createdAt,
    })
    .execute();
}

/** A complaint by its number, such as `Q-482193`. */
export async function findComplaint(reader: Reader, number: string): Promise<Complaint | null> {
  const row = await byNumber.first(reader, { number });
  return row ? toComplaint(reader, row) : null;
}

/** What a contact has complained about, newest first. */
export async function complaintsOf(reader: Reader, contactId: string): Promise<Complaint[]> {
  const rows = await reader.db
    .selectFrom('complaints')
    .selectAll()
    .where('contact_id', '=', contactId)
    .orderBy('created_at', 'desc')
    .execute();
  const complaints: Complaint[] = [];
  for (const row of rows) complaints.push(await toComplaint(reader, row));
  return complaints;
}

/** Moves a complaint on. Closing one whose person deleted their data destroys its text. */
export async function setComplaintState(tx: Tx, number: string, state: Complaint['state'], now: number): Promise<void> {
  const closed = state === 'closed';
  const row = await tx.db
    .updateTable('complaints')
    .set({ state, closed_at: closed ? now : null })
    .where('number', '=', number)
    .returning('contact_id')
    .executeTakeFirst();
  if (!closed || !row || row.contact_id !== null) return;
  await tx.db.updateTable('complaints').set({ sealed: null, closing_sealed: null }).where('number', '=', number).execute();
  await tx.db.deleteFrom('complaint_notes').where('number', '=', number).execute();
  tx.afterCommit(() => void tx.vault.destroyKeys(number));
}

async function toComplaint(reader: Reader, row: ComplaintTable): Promise<Complaint> {
  const opened = row.sealed ? await reader.vault.openIfKept(complaintPlace(row.number), row.sealed) : null;
  const { text, place } = opened === null ? { text: null, place: null } : (JSON.parse(opened) as Pick<Complaint, 'text' | 'place'>);
  return {
    number: row.number,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    about: row.about,
    text,
    place,
    wantsContact: row.wants_contact === 1,
    private: row.private === 1,
    state: row.state,
    createdAt: row.created_at,
    dueAt: row.due_at,
    sensitive: row.sensitive === 1,
  };
}

// Private notes of those who look into a complaint, sealed with it. Written and read by http/api/complaints.ts.
import type { Reader, Tx } from './tx.ts';

export interface ComplaintNote {
  id: string;
  staffId: string;
  text: string;
  at: number;
}

/** Where a note's text stands. */
export const complaintNotePlace = (id: string) => ({ table: 'complaint_notes', row: id, column: 'sealed' });

/** Adds a note; the same id again adds nothing. */
export async function addComplaintNote(tx: Tx, number: string, note: ComplaintNote): Promise<void> {
  const sealed = await tx.vault.seal(number, 'complaint', complaintNotePlace(note.id), note.text);
  await tx.db
    .insertInto('complaint_notes')
    .values({ id: note.id, number, staff_id: note.staffId, sealed, created_at: note.at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Notes of a complaint, oldest first. */
export async function listComplaintNotes(reader: Reader, number: string): Promise<ComplaintNote[]> {
  const rows = await reader.db
    .selectFrom('complaint_notes')
    .selectAll()
    .where('number', '=', number)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const notes: ComplaintNote[] = [];
  for (const row of rows) {
    const text = await reader.vault.openIfKept(complaintNotePlace(row.id), row.sealed);
    if (text !== null) notes.push({ id: row.id, staffId: row.staff_id, text, at: row.created_at });
  }
  return notes;
}

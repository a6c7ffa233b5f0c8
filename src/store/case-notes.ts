// Private notes of staff on a case. They never reach the person. Sealed under the case's own key, and go with the case.
// Called by runtime/desk and by whoever shows a case.
import { noteDeskChange } from './desk-changes.ts';
import type { Reader, Tx } from './tx.ts';

export interface CaseNote {
  id: string;
  caseId: string;
  staffId: string;
  /** Staff ids that were meant in particular. */
  mentions: string[];
  text: string;
  createdAt: number;
}

/** Where a note's text stands. */
export const notePlace = (id: string) => ({ table: 'case_notes', row: id, column: 'sealed' });

/** Writes a note. The same id again changes nothing. */
export async function addCaseNote(tx: Tx, note: CaseNote): Promise<void> {
  const sealed = await tx.vault.seal(note.caseId, 'case', notePlace(note.id), note.text);
  await tx.db
    .insertInto('case_notes')
    .values({
      id: note.id,
      case_id: note.caseId,
      staff_id: note.staffId,
      mentions: JSON.stringify(note.mentions),
      sealed,
      created_at: note.createdAt,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await noteDeskChange(tx, 'case', note.caseId);
}

/** Notes of a case, oldest first. */
export async function listCaseNotes(reader: Reader, caseId: string): Promise<CaseNote[]> {
  const rows = await reader.db
    .selectFrom('case_notes')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const notes: CaseNote[] = [];
  for (const row of rows) {
    const text = await reader.vault.openIfKept(notePlace(row.id), row.sealed);
    if (text === null) continue;
    notes.push({
      id: row.id,
      caseId: row.case_id,
      staffId: row.staff_id,
      mentions: JSON.parse(row.mentions) as string[],
      text,
      createdAt: row.created_at,
    });
  }
  return notes;
}

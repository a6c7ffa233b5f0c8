// Who has had a case, and interpreters who were asked into it. One row a claim; the newest open one is who has it.
// Called by runtime/desk; complaints ask here who may not handle what is about them. Goes with the contact and the case.
import { noteDeskChange } from './desk-changes.ts';
import type { CaseAssignmentTable } from './desk-schema.ts';
import { newRowId } from './row-id.ts';
import type { Reader, Tx } from './tx.ts';

type Role = CaseAssignmentTable['role'];

/** Begins an assignment: somebody has the case, or may look into it as its interpreter. */
export async function beginAssignment(
  tx: Tx,
  { caseId, contactId, staffId, role, at }: { caseId: string; contactId: string; staffId: string; role: Role; at: number },
): Promise<void> {
  await tx.db
    .insertInto('case_assignments')
    .values({
      id: newRowId(at),
      case_id: caseId,
      contact_id: contactId,
      staff_id: staffId,
      role,
      from_at: at,
      joined_at: null,
      until_at: null,
    })
    .execute();
  await noteDeskChange(tx, 'case', caseId);
}

/** Ends what runs of one role. Returns whom it ended for. */
export async function endAssignments(tx: Tx, caseId: string, role: Role, at: number): Promise<string[]> {
  const rows = await tx.db
    .updateTable('case_assignments')
    .set({ until_at: at })
    .where('case_id', '=', caseId)
    .where('role', '=', role)
    .where('until_at', 'is', null)
    .returning('staff_id')
    .execute();
  if (rows.length > 0) await noteDeskChange(tx, 'case', caseId);
  return rows.map((row) => row.staff_id);
}

/** Who has a case, or had it last; null when nobody ever had it. */
export async function lastAssignee(reader: Reader, caseId: string): Promise<string | null> {
  const row = await reader.db
    .selectFrom('case_assignments')
    .select('staff_id')
    .where('case_id', '=', caseId)
    .where('role', '=', 'assignee')
    .orderBy('from_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.staff_id ?? null;
}

/** Interpreters of a case now, and whether they have come. */
export async function interpretersOf(reader: Reader, caseId: string): Promise<{ staffId: string; joined: boolean }[]> {
  const rows = await reader.db
    .selectFrom('case_assignments')
    .select(['staff_id', 'joined_at'])
    .where('case_id', '=', caseId)
    .where('role', '=', 'interpreter')
    .where('until_at', 'is', null)
    .orderBy('from_at')
    .execute();
  return rows.map((row) => ({ staffId: row.staff_id, joined: row.joined_at !== null }));
}

/** Notes that an interpreter has come. Nothing when they were not invited or are there already. */
export async function joinAsInterpreter(tx: Tx, caseId: string, staffId: string, at: number): Promise<void> {
  const result = await tx.db
    .updateTable('case_assignments')
    .set({ joined_at: at })
    .where('case_id', '=', caseId)
    .where('staff_id', '=', staffId)
    .where('role', '=', 'interpreter')
    .where('until_at', 'is', null)
    .where('joined_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows > 0n) await noteDeskChange(tx, 'case', caseId);
}

/** Cases that each of the staff has now. */
export async function loadsOfStaff(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader.db
    .selectFrom('cases')
    .select((eb) => ['assignee', eb.fn.countAll<number>().as('count')])
    .where('status', '=', 'claimed')
    .groupBy('assignee')
    .execute();
  return new Map(rows.map((row) => [row.assignee ?? '', row.count]));
}

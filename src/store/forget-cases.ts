// Removes what hangs on cases: notes, events, who had them, who wrote what. Called when their person is erased or they are purged.
// Of an erased person's open case the codes stay in its own row; nothing beside it does.
import type { Tx } from './tx.ts';

/** Removes everything that is kept beside the rows of these cases. */
export async function forgetCases(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (const table of ['case_notes', 'case_events', 'case_assignments', 'staff_messages'] as const)
    await tx.db
      .deleteFrom(table)
      .where('case_id', 'in', [...ids])
      .execute();
}

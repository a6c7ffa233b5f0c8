// When the last backup was made: a small fact, written by backup.ts, read by measurements.ts.
import type { Tx } from './tx.ts';

/** Name of the fact. */
export const LAST_BACKUP = 'last_backup';

/** Remembers that a backup was made at an instant (ms). */
export async function noteBackup(tx: Tx, at: number): Promise<void> {
  const fact = { name: LAST_BACKUP, value: String(at) };
  await tx.db
    .insertInto('meta')
    .values(fact)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(fact))
    .execute();
}

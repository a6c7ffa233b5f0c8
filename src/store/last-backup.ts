// When the last backup was made: a small fact, written by backup.ts, read for the metrics and by `ventanilla doctor`.
import type { Reader, Tx } from './tx.ts';

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

/** When the last backup was made, ms; null when none ever was. */
export async function lastBackup(reader: Reader): Promise<number | null> {
  const row = await reader.db.selectFrom('meta').select('value').where('name', '=', LAST_BACKUP).executeTakeFirst();
  return row ? Number(row.value) : null;
}

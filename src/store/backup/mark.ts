// The mark of a restore that is under way: while it stands no service and no other command starts on the database.
// SQLite: the draft beside the database's file. PostgreSQL: a table. Asked for by ../store.ts, set by ../backup.ts.
import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { AppError } from '../../domain/errors.ts';
import type { Database } from '../backends/backend.ts';
import type { Schema } from '../schema.ts';

/** The table that marks a PostgreSQL database. */
export const MARK_TABLE = 'ventanilla_restoring';

const AGAIN = 'A restore into this database was interrupted: it is not whole. Run `ventanilla restore FILE` again; it begins anew.';

/** Where a SQLite database is put together before it takes the place of the old one. */
export function draftOf(file: string): string {
  return `${file}.restoring`;
}

/**
 * Refuses a SQLite file beside which a restore was interrupted. Asked before the file is opened, which would make it.
 * @throws AppError store.half_restored saying what to do.
 */
export function refuseHalfRestoredFile(databaseUrl: string): void {
  if (!databaseUrl.startsWith('sqlite:')) return;
  const file = databaseUrl.slice('sqlite:'.length);
  if (!existsSync(draftOf(file))) return;
  const back = existsSync(file)
    ? 'Or delete the file with the ending .restoring: the database is as it was before.'
    : 'Or put back what was there: rename the files with the ending .before-restore, and delete the one with the ending .restoring.';
  throw new AppError('store.half_restored', `${AGAIN} ${back}`);
}

/**
 * Refuses a PostgreSQL database into which a restore was interrupted.
 * @throws AppError store.half_restored saying what to do.
 */
export async function refuseHalfRestored(database: Database<Schema>): Promise<void> {
  if (database.dialect !== 'postgres') return;
  const { rows } = await sql<{ half: boolean }>`select to_regclass(${MARK_TABLE}) is not null as half`.execute(database.write);
  if (rows[0]?.half) throw new AppError('store.half_restored', `${AGAIN} With PostgreSQL add --replace.`);
}

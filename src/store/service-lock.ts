// One service a SQLite database: a lock that the operating system gives up when the process ends, however it ends.
// Taken by store.ts for the service; commands beside the service do not take it.
import BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';

/**
 * Takes the lock beside a database file.
 * @returns gives it back.
 * @throws AppError store.in_use when another process serves this database.
 */
export function takeServiceLock(databaseFile: string): () => void {
  const database = openLock(`${databaseFile}.service`);
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw unwritable(error);
    throw new AppError(
      'store.in_use',
      'Another process serves this database already. Stop it first, or set DATABASE_URL to a database of its own.',
      { cause: error },
    );
  }
  return () => database.close();
}

function openLock(file: string): BetterSqlite3.Database {
  try {
    return new BetterSqlite3(file, { timeout: 0 });
  } catch (error) {
    throw unwritable(error);
  }
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code));

function unwritable(cause: unknown): AppError {
  return new AppError(
    'store.unavailable',
    'The folder of the database cannot be written. Check DATA_DIR and DATABASE_URL, the permissions, and whether the disk is read-only.',
    { cause },
  );
}

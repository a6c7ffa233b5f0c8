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
  const database = new BetterSqlite3(`${databaseFile}.service`, { timeout: 0 });
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    throw new AppError(
      'store.in_use',
      'Another process serves this database already. Stop it first, or set DATABASE_URL to a database of its own.',
      { cause: error },
    );
  }
  return () => database.close();
}

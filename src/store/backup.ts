// Backups of a SQLite database while it runs, and putting one back. Called by the commands `backup` and `restore`.
// The key store is never part of a backup and is never put back: without it a backup cannot be read, and what was erased
// since cannot be read even with it. PostgreSQL has its own tools (pg_dump of DATABASE_URL alone).
import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { AppError } from '../domain/errors.ts';
import { takeServiceLock } from './service-lock.ts';
import { openStore, type Store, type StoreSettings } from './store.ts';

const SUFFIXES = ['', '-wal', '-shm'];

/**
 * Writes a consistent copy of the database to a new file.
 * @throws AppError cli.usage when the file exists or the database is PostgreSQL.
 */
export async function backupTo(store: Pick<Store, 'database'>, file: string): Promise<void> {
  const { sqlite } = store.database;
  if (!sqlite)
    throw new AppError(
      'cli.usage',
      'With PostgreSQL use pg_dump on DATABASE_URL, and never on KEY_DATABASE_URL: the key store must not be in a backup.',
    );
  if (existsSync(file)) throw new AppError('cli.usage', 'The file for the copy exists already. Name a new one.');
  // All pages in one step: a copy in steps begins anew whenever the service writes, and would never end under load.
  await sqlite.read.database.backup(file, { progress: ({ remainingPages }) => Math.max(1, remainingPages) });
  chmodSync(file, 0o600);
}

/**
 * Puts a backup in place of the current database and erases again everybody who was erased since it was made.
 * The database that was there is kept beside it with the ending `.before-restore`, to be deleted by hand.
 * @returns how many people were erased again.
 * @throws AppError store.in_use while the service runs, store.key_missing when the key store is not the backup's; nothing is changed then.
 */
export async function restoreFrom(settings: StoreSettings, file: string): Promise<number> {
  if (!settings.databaseUrl.startsWith('sqlite:')) {
    throw new AppError('cli.usage', 'With PostgreSQL use pg_restore and start the service: it erases again by itself.');
  }
  if (!existsSync(file)) throw new AppError('cli.usage', 'The file to restore does not exist.');
  const target = settings.databaseUrl.slice('sqlite:'.length);
  const unlock = takeServiceLock(target);
  try {
    setAside(target);
    copyFileSync(file, target);
    return await openRestored(settings);
  } catch (error) {
    putBack(target);
    throw error;
  } finally {
    unlock();
  }
}

async function openRestored(settings: StoreSettings): Promise<number> {
  const store = await openStore({ ...settings, service: false });
  try {
    // What waited to be sent when the copy was made may have been sent since: it is looked up before anything is sent.
    await store.transaction(async (tx) => void (await tx.db.updateTable('outbox').set({ state: 'unknown', lease_until: 0 }).execute()));
    return store.erasedAgain;
  } finally {
    await store.close();
  }
}

function setAside(target: string): void {
  for (const suffix of SUFFIXES) {
    rmSync(`${target}.before-restore${suffix}`, { force: true });
    if (existsSync(`${target}${suffix}`)) renameSync(`${target}${suffix}`, `${target}.before-restore${suffix}`);
  }
}

function putBack(target: string): void {
  for (const suffix of SUFFIXES) {
    rmSync(`${target}${suffix}`, { force: true });
    if (existsSync(`${target}.before-restore${suffix}`)) renameSync(`${target}.before-restore${suffix}`, `${target}${suffix}`);
  }
}

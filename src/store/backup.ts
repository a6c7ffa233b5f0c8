// Backups of the main database while the service runs, and putting one back: one format for SQLite and PostgreSQL.
// Called by the commands `backup` and `restore`. The key store is never part of a backup and is never put back: without
// it a backup cannot be read, and what was erased since cannot be read even with it.
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../domain/errors.ts';
import { openArchive, writeArchive, writeRow, type Archive, type BackupHeader, type KeyOf } from './backup/archive.ts';
import { restoreIntoPostgres } from './backup/into-postgres.ts';
import { restoreIntoSqlite } from './backup/into-sqlite.ts';
import { verifyArchive, type Progress } from './backup/load.ts';
import { withSnapshot, type Snapshot } from './backup/snapshot.ts';
import { BACKED_UP_TABLES } from './backup/tables.ts';
import { ERASURES_FORGOTTEN, KeyStore } from './key-store.ts';
import { noteBackup } from './last-backup.ts';
import { readSecretFile } from './secret-file.ts';
import type { Store, StoreSettings } from './store.ts';
import { Vault } from './vault.ts';

export interface BackupOptions {
  /** Version of the program. */
  program?: string;
  now?: number;
  progress?: Progress;
}

/**
 * Writes a consistent copy of all tables to a new file, encrypted, readable by this user alone. The file is there once it is whole.
 * @returns how many rows are in it.
 * @throws AppError cli.usage when the file exists, store.full or store.unavailable when it cannot be written.
 */
export async function backupTo(store: Store, file: string, options: BackupOptions = {}): Promise<number> {
  const { program = 'unknown', now = Date.now(), progress = () => {} } = options;
  if (existsSync(file)) throw new AppError('cli.usage', 'The file for the backup exists already. Name a new one.');
  const { value: keyStore } = await store.read((reader) =>
    reader.db.selectFrom('meta').select('value').where('name', '=', 'key_store').executeTakeFirstOrThrow(),
  );
  const rows = await withSnapshot(store.database, async (snapshot) => {
    const counts: Record<string, number> = {};
    const header = { program, createdAt: now, keyStore, keyVersion: store.vault.version, migrations: snapshot.migrations };
    const keyOf: KeyOf = (version) => store.vault.deriveKey('backup', version);
    await writeWhole(file, writeArchive(header, keyOf, linesOf(snapshot, counts, progress)));
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  });
  await store.transaction((tx) => noteBackup(tx, now));
  return rows;
}

export interface RestoreOptions {
  /** PostgreSQL: also where there is data, which is then lost. */
  replace?: boolean;
  progress?: (step: 'reading' | 'writing', rows: number) => void;
  /** Told what the file is before anything is done. */
  onHeader?: (header: BackupHeader) => void;
}

/**
 * Puts a backup in place of the current database and erases again everybody who was erased since it was made.
 * The whole file is verified before anything is touched. Of SQLite, what was there is kept beside it with the ending
 * `.before-restore`, to be deleted by hand.
 * @returns how many people were erased again.
 * @throws AppError store.in_use while the service runs, store.key_missing when the key store is not the backup's,
 * store.bad_backup when the file is not whole and unchanged, cli.usage when there is data: nothing is changed then.
 */
export async function restoreFrom(settings: StoreSettings, file: string, options: RestoreOptions = {}): Promise<number> {
  const { progress = () => {}, replace = false } = options;
  const archive = await openArchive(file);
  try {
    options.onHeader?.(archive.header);
    const source = {
      archive,
      verify: async () => {
        const keyOf = await keysOf(settings, archive);
        await verifyArchive(archive, keyOf, (rows) => progress('reading', rows));
        return keyOf;
      },
      progress: (rows: number) => progress('writing', rows),
    };
    return settings.databaseUrl.startsWith('sqlite:')
      ? await restoreIntoSqlite(settings, source)
      : await restoreIntoPostgres(settings, source, replace);
  } finally {
    await archive.close();
  }
}

/** The keys for a backup, where key store and secret are those that it was made with. */
async function keysOf(settings: StoreSettings, { header }: Archive): Promise<KeyOf> {
  const secrets = readSecretFile(settings.secretKeyFile, false);
  const { keyDatabaseUrl } = settings;
  if (keyDatabaseUrl.startsWith('sqlite:') && !existsSync(keyDatabaseUrl.slice('sqlite:'.length))) {
    throw new AppError('store.key_missing', 'There is no key store. Put the newest copy of it where KEY_DATABASE_URL points (or keys.db).');
  }
  const keys = await KeyStore.open(keyDatabaseUrl);
  try {
    const vault = new Vault(keys, secrets, { now: settings.now, deferred: false });
    if ((await vault.check()) !== header.keyStore) {
      throw new AppError(
        'store.key_missing',
        'The backup belongs to another key store. Put the newest copy of that one in place (keys.db, or KEY_DATABASE_URL), or use a backup of this installation.',
      );
    }
    if (Number((await keys.fact(ERASURES_FORGOTTEN)) ?? 0) >= header.createdAt) {
      throw new AppError(
        'store.bad_backup',
        'The backup is older than the list of erasures: it would bring people back who asked to be forgotten. Use a newer backup, and delete this one.',
      );
    }
    return (version) => vault.deriveKey('backup', version);
  } finally {
    await keys.close();
  }
}

async function* linesOf(snapshot: Snapshot, counts: Record<string, number>, progress: Progress): AsyncGenerator<string> {
  let total = 0;
  for (const table of BACKED_UP_TABLES) {
    let columns: string[] | null = null;
    for await (const rows of snapshot.pages(table)) {
      let text = '';
      if (!columns) {
        columns = Object.keys(rows[0] ?? {});
        text = `${JSON.stringify({ table, columns })}\n`;
      }
      for (const row of rows) text += `${writeRow(row, columns)}\n`;
      counts[table] = (counts[table] ?? 0) + rows.length;
      total += rows.length;
      progress(total);
      yield text;
    }
  }
  yield `${JSON.stringify({ end: counts })}\n`;
}

/** Under another name until it is whole and on disk. */
async function writeWhole(file: string, parts: AsyncIterable<Buffer>): Promise<void> {
  const draft = `${file}.part`;
  try {
    await rm(draft, { force: true });
    const handle = await open(draft, 'wx', 0o600);
    try {
      for await (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw fileFault(error);
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function fileFault(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error && !(error instanceof AppError) ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError('store.full', 'The disk for the backup is full. Nothing of it was kept. Make room, or name another place.', {
      cause: error,
    });
  if (/^E[A-Z]+$/.test(code))
    return new AppError(
      'cli.usage',
      `The backup cannot be written there (${code}). Name a file in a folder that exists and may be written.`,
      { cause: error },
    );
  return error;
}

// Puts a backup in place of a SQLite file. Called by ../backup.ts. The new database is put together beside the old one, which
// is set aside at the very end: whatever goes wrong before leaves it as it was.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openDatabase } from '../backends/index.ts';
import type { Schema } from '../schema.ts';
import { takeServiceLock } from '../service-lock.ts';
import type { StoreSettings } from '../store.ts';
import { loadArchive } from './load.ts';
import { draftOf } from './mark.ts';
import { openRestored, type RestoreSource } from './restored.ts';

const SUFFIXES = ['', '-wal', '-shm'];

/** Restores. @returns how many people were erased again. */
export async function restoreIntoSqlite(settings: StoreSettings, source: RestoreSource): Promise<number> {
  const target = settings.databaseUrl.slice('sqlite:'.length);
  const draft = draftOf(target);
  mkdirSync(path.dirname(target), { recursive: true });
  const unlock = takeServiceLock(target);
  try {
    const keyOf = await source.verify();
    remove(draft);
    try {
      const url = `sqlite:${draft}`;
      const database = await openDatabase<Schema>(url);
      try {
        await loadArchive(database, source.archive, keyOf, source.progress);
      } finally {
        await database.close();
      }
      const erased = await openRestored({ ...settings, databaseUrl: url });
      setAside(target);
      // Closed cleanly, it is one file; while it has its old name no service starts.
      renameSync(draft, target);
      return erased;
    } catch (error) {
      if (existsSync(target)) remove(draft);
      throw error;
    }
  } finally {
    unlock();
  }
}

/** An earlier restore that was interrupted may have set the database aside already: then what is there stays. */
function setAside(target: string): void {
  if (!existsSync(target)) return;
  remove(`${target}.before-restore`);
  for (const suffix of SUFFIXES.toReversed())
    if (existsSync(`${target}${suffix}`)) renameSync(`${target}${suffix}`, `${target}.before-restore${suffix}`);
}

function remove(file: string): void {
  for (const suffix of SUFFIXES) rmSync(`${file}${suffix}`, { force: true });
}

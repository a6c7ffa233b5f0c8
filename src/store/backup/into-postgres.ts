// Puts a backup into a PostgreSQL database. Called by ../backup.ts. A mark stands in it from before the first change until
// the last: a service does not start on half a database.
import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { AppError } from '../../domain/errors.ts';
import type { Database } from '../backends/backend.ts';
import { openDatabase } from '../backends/index.ts';
import type { Schema } from '../schema.ts';
import type { StoreSettings } from '../store.ts';
import { loadArchive } from './load.ts';
import { MARK_TABLE } from './mark.ts';
import { openRestored, type RestoreSource } from './restored.ts';
import { TABLES } from './tables.ts';

/** Tables that a database has before anybody has written: the release that the files make, and small facts. */
const SEEDED = new Set(['releases', 'meta']);
const MIGRATION_TABLES = ['ventanilla_migration', 'ventanilla_migration_lock'];

/** Restores. @returns how many people were erased again. */
export async function restoreIntoPostgres(settings: StoreSettings, source: RestoreSource, replace: boolean): Promise<number> {
  const name = `ventanilla restore ${randomBytes(6).toString('hex')}`;
  const url = new URL(settings.databaseUrl);
  url.searchParams.set('application_name', name);
  const own = { ...settings, databaseUrl: url.href };
  const database = await openDatabase<Schema>(own.databaseUrl);
  try {
    const marked = await isMarked(database.write);
    await refuseOthers(database.write, name);
    if (!replace && !marked) await refuseData(database.write);
    const keyOf = await source.verify();
    await sql`create table if not exists ${sql.table(MARK_TABLE)} (since timestamptz default now())`.execute(database.write);
    try {
      // One that started a moment ago has not seen the mark.
      await refuseOthers(database.write, name);
    } catch (error) {
      if (!marked) await dropTables(database.write, [MARK_TABLE]);
      throw error;
    }
    return await fill(database, own, source, keyOf);
  } finally {
    await database.close();
  }
}

async function fill(
  database: Database<Schema>,
  settings: StoreSettings,
  source: RestoreSource,
  keyOf: Awaited<ReturnType<RestoreSource['verify']>>,
): Promise<number> {
  await dropTables(database.write, [...TABLES, ...MIGRATION_TABLES]);
  await loadArchive(database, source.archive, keyOf, source.progress);
  const erased = await openRestored(settings);
  await dropTables(database.write, [MARK_TABLE]);
  return erased;
}

async function dropTables(db: Kysely<Schema>, tables: readonly string[]): Promise<void> {
  await sql`drop table if exists ${sql.join(tables.map((table) => sql.table(table)))} cascade`.execute(db);
}

async function isMarked(db: Kysely<Schema>): Promise<boolean> {
  const { rows } = await sql<{ marked: boolean }>`select to_regclass(${MARK_TABLE}) is not null as marked`.execute(db);
  return rows[0]?.marked ?? false;
}

/** A service keeps a connection open as long as it runs; so does whoever might look at half a database. */
async function refuseOthers(db: Kysely<Schema>, own: string): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and application_name <> ${own}
  `.execute(db);
  if ((rows[0]?.count ?? 0) > 0) {
    throw new AppError(
      'store.in_use',
      'Other programs are connected to this database. Stop every service (and other clients, such as psql) first, then restore.',
    );
  }
}

async function refuseData(db: Kysely<Schema>): Promise<void> {
  for (const table of TABLES) {
    const there = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(db);
    if (!there.rows[0]?.there || table === 'meta') continue;
    const some = await sql`select 1 from ${sql.table(table)} limit 2`.execute(db);
    if (some.rows.length > (SEEDED.has(table) ? 1 : 0)) {
      throw new AppError(
        'cli.usage',
        'The database of DATABASE_URL holds data. Restore into an empty one, or add --replace: then what is there now is lost.',
      );
    }
  }
}

// Brings a database to the schema of this program, under a lock, in one transaction. Called by store.ts at every start.
// The lists are explicit: a new migration is a file in db/migrations and a line here.
import { sql, SqliteAdapter, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { up as spine } from '../../db/migrations/0001_spine.ts';
import { up as urgency } from '../../db/migrations/0002_urgency.ts';
import { up as requestTotals } from '../../db/migrations/0003_request_totals.ts';
import { up as lookUps } from '../../db/migrations/0004_look_ups.ts';
import { up as erasedAddresses } from '../../db/migrations/0005_erased_addresses.ts';
import { up as desk } from '../../db/migrations/0006_desk.ts';
import { up as accounts } from '../../db/migrations/0007_accounts.ts';
import { up as drafts } from '../../db/migrations/0008_drafts.ts';
import { up as dataKeys } from '../../db/migrations/keys_0001_data_keys.ts';
import { AppError } from '../domain/errors.ts';
import { toAppError } from './driver-errors.ts';

type Migrations = Record<string, Migration>;

/** Migrations of the main database, in order. */
export const MIGRATIONS: Migrations = {
  '0001_spine': { up: spine },
  '0002_urgency': { up: urgency },
  '0003_request_totals': { up: requestTotals },
  '0004_look_ups': { up: lookUps },
  '0005_erased_addresses': { up: erasedAddresses },
  '0006_desk': { up: desk },
  '0007_accounts': { up: accounts },
  '0008_drafts': { up: drafts },
};

/** Migrations of the key store, in order. */
export const KEY_MIGRATIONS: Migrations = { keys_0001_data_keys: { up: dataKeys } };

// The main database and the key store may be the same PostgreSQL database: each keeps its own list.
const TABLES = { main: 'ventanilla_migration', keys: 'ventanilla_keys_migration' } as const;

/**
 * Runs what is missing. Where nothing is, it costs one query.
 * @throws AppError store.schema_too_new when the database was migrated by a newer program.
 */
export async function migrate<S>(
  db: Kysely<S>,
  which: keyof typeof TABLES,
  migrations = which === 'main' ? MIGRATIONS : KEY_MIGRATIONS,
): Promise<void> {
  const migrationTableName = TABLES[which];
  const done = await executed(db as Kysely<unknown>, migrationTableName);
  const newer = done.filter((name) => !(name in migrations));
  if (newer.length > 0) {
    throw new AppError(
      'store.schema_too_new',
      `The database was migrated by a newer version of Ventanilla (${newer.join(', ')}). Start that version, or restore a backup made before it.`,
    );
  }
  if (done.length === Object.keys(migrations).length) return;
  const migrator = new Migrator({
    db: db as Kysely<unknown>,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableName,
    migrationLockTableName: `${migrationTableName}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw toAppError(error);
}

/**
 * Whether all migrations of this program have run on the main database. Further ones do no harm: while nodes are replaced
 * one by one, the older ones go on with the newer schema.
 */
export async function isMigrated<S>(db: Kysely<S>): Promise<boolean> {
  const done = new Set(await executed(db as Kysely<unknown>, TABLES.main));
  return Object.keys(MIGRATIONS).every((name) => done.has(name));
}

async function executed(db: Kysely<unknown>, table: string): Promise<string[]> {
  const sqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const there = sqlite ? sql`select 1 from sqlite_master where name = ${table}` : sql`select 1 where to_regclass(${table}) is not null`;
  if ((await there.execute(db)).rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)} order by name`.execute(db);
  return rows.map((row) => row.name);
}

// All rows of a database as they stood at one moment, while it is written to. Called by ../backup.ts.
// SQLite: a read transaction on a connection of its own. PostgreSQL: repeatable read, read only, with a cursor.
import BetterSqlite3 from 'better-sqlite3';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../backends/backend.ts';
import { toAppError } from '../driver-errors.ts';
import type { Schema } from '../schema.ts';

export type Row = Record<string, unknown>;

export interface Snapshot {
  /** Names of the migrations that have run. */
  migrations: string[];
  /** Pages of rows of a table. */
  pages(table: keyof Schema): AsyncIterable<Row[]>;
}

const PAGE_ROWS = 500;
const BUSY_TIMEOUT_MS = 5000;

/** Runs `work` on a snapshot. Nobody who writes waits for it. */
export async function withSnapshot<T>(database: Database<Schema>, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  try {
    return database.sqlite ? await onSqlite(database.sqlite.file, work) : await onPostgres(database.write, work);
  } catch (error) {
    throw toAppError(error);
  }
}

async function onSqlite<T>(file: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const connection = new BetterSqlite3(file, { readonly: true, timeout: BUSY_TIMEOUT_MS });
  try {
    connection.exec('begin');
    // The first read fixes the moment.
    const names = connection.prepare('select name from ventanilla_migration order by name').all() as { name: string }[];
    return await work({
      migrations: names.map((row) => row.name),
      async *pages(table) {
        let page: Row[] = [];
        for (const row of connection.prepare(`select * from ${table}`).iterate() as IterableIterator<Row>) {
          page.push(row);
          if (page.length < PAGE_ROWS) continue;
          yield page;
          page = [];
          // The service may live in this process.
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (page.length > 0) yield page;
      },
    });
  } finally {
    connection.close();
  }
}

function onPostgres<T>(db: Kysely<Schema>, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      // Between two pages the file is written: however long that takes, the snapshot stays.
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
      const names = await sql<{ name: string }>`select name from ventanilla_migration order by name`.execute(tx);
      return work({
        migrations: names.rows.map((row) => row.name),
        async *pages(table) {
          await sql`declare backup no scroll cursor for select * from ${sql.table(table)}`.execute(tx);
          for (;;) {
            const { rows } = await sql<Row>`fetch ${sql.lit(PAGE_ROWS)} from backup`.execute(tx);
            if (rows.length > 0) yield rows;
            if (rows.length < PAGE_ROWS) break;
          }
          await sql`close backup`.execute(tx);
        },
      });
    });
}

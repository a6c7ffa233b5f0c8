// Puts the rows of a backup into an empty database of either kind, at the schema that the backup was made at, and brings
// that to the schema of this program. Called by ../backup.ts, after the whole file was verified.
import { sql, type Kysely } from 'kysely';
import { AppError } from '../../domain/errors.ts';
import type { Database } from '../backends/backend.ts';
import { MIGRATIONS, migrate } from '../migrations.ts';
import type { Schema } from '../schema.ts';
import { readRow, type Archive, type KeyOf } from './archive.ts';
import { badBackup } from './container.ts';
import type { Row } from './snapshot.ts';
import { TABLES } from './tables.ts';

const PAGE_ROWS = 500;

/** Told how many rows were read or written so far. */
export type Progress = (rows: number) => void;

/**
 * Reads a whole backup and changes nothing.
 * @throws AppError store.bad_backup when it is not whole and unchanged, store.schema_too_new when a newer program made it.
 */
export async function verifyArchive(archive: Archive, keyOf: KeyOf, progress: Progress): Promise<void> {
  const newer = archive.header.migrations.filter((name) => !(name in MIGRATIONS));
  if (newer.length > 0) {
    throw new AppError(
      'store.schema_too_new',
      `The backup was made by a newer version of Ventanilla (${newer.join(', ')}). Restore it with that version, or a later one.`,
    );
  }
  await readRows(archive, keyOf, () => Promise.resolve(), progress);
}

/** Makes the tables and puts all rows in. The database has none of the tables yet. */
export async function loadArchive(database: Database<Schema>, archive: Archive, keyOf: KeyOf, progress: Progress): Promise<void> {
  const names = new Set(archive.header.migrations);
  const then = Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => names.has(name)));
  await migrate(database.write, 'main', then);
  await database.write.transaction().execute(async (tx) => {
    const insert = async (table: keyof Schema, rows: Row[]): Promise<void> =>
      void (await tx
        .insertInto(table)
        .values(rows as never)
        .execute());
    await readRows(archive, keyOf, insert, progress);
    if (database.dialect === 'postgres') await continueCounters(tx);
  });
  await migrate(database.write, 'main');
}

async function readRows(
  archive: Archive,
  keyOf: KeyOf,
  insert: (table: keyof Schema, rows: Row[]) => Promise<void>,
  progress: Progress,
): Promise<void> {
  const counts: Record<string, number> = {};
  let current: { table: keyof Schema; columns: string[] } | null = null;
  let page: Row[] = [];
  let total = 0;
  let told: Record<string, number> | null = null;

  const flush = async (): Promise<void> => {
    if (current && page.length > 0) await insert(current.table, page);
    total += page.length;
    if (page.length > 0) progress(total);
    page = [];
  };
  for await (const line of archive.lines(keyOf)) {
    if (told) throw badBackup();
    if (Array.isArray(line)) {
      if (!current) throw badBackup();
      page.push(readRow(line, current.columns));
      counts[current.table] = (counts[current.table] ?? 0) + 1;
      if (page.length === PAGE_ROWS) await flush();
      continue;
    }
    await flush();
    if ('end' in line) told = line.end;
    else {
      const table = TABLES.find((name) => name === line.table);
      if (!table) throw badBackup();
      current = { table, columns: line.columns };
    }
  }
  if (!told || JSON.stringify(told) !== JSON.stringify(counts)) throw badBackup();
}

/** PostgreSQL counts on from where the rows end. */
async function continueCounters(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema() and column_default like 'nextval(%' and table_name in (${sql.join(TABLES)})
  `.execute(db);
  for (const { table, column } of rows)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), coalesce(max(${sql.ref(column)}), 0) + 1, false) from ${sql.table(table)}`.execute(
      db,
    );
}

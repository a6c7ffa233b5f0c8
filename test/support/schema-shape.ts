// The shape of a database as an older program sees it, and what a migration must not do to it. Used by test/store/migrations.test.ts.
import { sql } from 'kysely';
import type { Database } from '../../src/store/backends/backend.ts';

interface Column {
  type: string;
  nullable: boolean;
  hasDefault: boolean;
}

interface Table {
  columns: Record<string, Column>;
  /** Whatever can refuse a row: unique, check, foreign key; as text. */
  constraints: string[];
}

export type Shape = Record<string, Table>;

/** Tables, columns and constraints; the migrator's own are left out. */
export async function shapeOf(database: Database<unknown>): Promise<Shape> {
  const shape = database.dialect === 'sqlite' ? await shapeOfSqlite(database) : await shapeOfPostgres(database);
  return Object.fromEntries(Object.entries(shape).filter(([name]) => !name.startsWith('ventanilla_')));
}

/** What the older program could stumble over; empty when the migration only expands. */
export function breaches(before: Shape, after: Shape): string[] {
  const found: string[] = [];
  for (const [name, old] of Object.entries(before)) {
    const table = after[name];
    if (!table) {
      found.push(`table ${name} is gone`);
      continue;
    }
    for (const [column, was] of Object.entries(old.columns)) {
      const is = table.columns[column];
      if (!is) found.push(`column ${name}.${column} is gone`);
      else {
        if (is.type !== was.type) found.push(`column ${name}.${column} was ${was.type} and is ${is.type}`);
        if (was.nullable && !is.nullable) found.push(`column ${name}.${column} may not be null any more`);
        if (was.hasDefault && !is.hasDefault && !is.nullable) found.push(`column ${name}.${column} has lost its default`);
      }
    }
    for (const [column, is] of Object.entries(table.columns))
      if (!(column in old.columns) && !is.nullable && !is.hasDefault)
        found.push(`new column ${name}.${column} needs a value that the older program does not give`);
    for (const constraint of table.constraints)
      if (!old.constraints.includes(constraint)) found.push(`new constraint on ${name}: ${constraint}`);
  }
  return found;
}

async function shapeOfSqlite({ write }: Database<unknown>): Promise<Shape> {
  const query = async <R>(text: string): Promise<R[]> => (await sql.raw<R>(text).execute(write)).rows;
  const shape: Shape = {};
  for (const { name, text } of await query<{ name: string; text: string }>(
    `select name, sql as text from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
  )) {
    const columns = await query<{ name: string; type: string; notnull: number; dflt_value: string | null; pk: number }>(
      `pragma table_info("${name}")`,
    );
    const indexes = await query<{ name: string; unique: number; partial: number }>(`pragma index_list("${name}")`);
    const keys = await query<{ table: string; from: string; to: string }>(`pragma foreign_key_list("${name}")`);
    const unique: string[] = [];
    for (const index of indexes.filter((one) => one.unique === 1)) {
      const parts = await query<{ name: string }>(`pragma index_info("${index.name}")`);
      unique.push(`unique (${parts.map((part) => part.name).join(', ')})${index.partial ? ` partly, ${index.name}` : ''}`);
    }
    shape[name] = {
      columns: Object.fromEntries(
        columns.map((column) => [
          column.name,
          {
            type: column.type.toLowerCase(),
            nullable: column.notnull === 0,
            hasDefault: column.dflt_value !== null || (column.pk === 1 && /^integer$/i.test(column.type)),
          },
        ]),
      ),
      constraints: [
        ...unique,
        ...keys.map((key) => `${key.from} refers to ${key.table}.${key.to}`),
        ...[...text.matchAll(/check\s*\(.*?\)/gi)].map((match) => match[0]),
      ],
    };
  }
  return shape;
}

async function shapeOfPostgres({ write }: Database<unknown>): Promise<Shape> {
  const columns = await sql<{ table: string; column: string; type: string; nullable: boolean; default: boolean }>`
    select table_name as "table", column_name as "column", data_type as type, is_nullable = 'YES' as nullable, column_default is not null as "default"
    from information_schema.columns where table_schema = current_schema()`.execute(write);
  const constraints = await sql<{ table: string; text: string }>`
    select relname as "table", pg_get_constraintdef(c.oid) as text from pg_constraint c join pg_class on pg_class.oid = conrelid
    where connamespace = current_schema()::regnamespace and contype <> 'n'
    union
    select tablename, regexp_replace(indexdef, '^.* USING', 'unique index') from pg_indexes
    where schemaname = current_schema() and indexdef like 'CREATE UNIQUE%'`.execute(write);
  const triggers = await sql<{ table: string; text: string }>`
    select event_object_table as "table", 'trigger ' || trigger_name as text from information_schema.triggers where trigger_schema = current_schema()`.execute(
    write,
  );
  const shape: Shape = {};
  for (const row of columns.rows) {
    const table = (shape[row.table] ??= { columns: {}, constraints: [] });
    table.columns[row.column] = { type: row.type, nullable: row.nullable, hasDefault: row.default };
  }
  for (const row of [...constraints.rows, ...triggers.rows]) shape[row.table]?.constraints.push(row.text);
  return shape;
}

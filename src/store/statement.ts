// Queries built with Kysely once, compiled once a dialect, and run with new values ever after.
// Used by the query files for whatever runs in every turn; rare or variable queries use `tx.db` directly.
// 2026-11-21: building and compiling a query took longer than running it on SQLite; the SQL is still Kysely's.
import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Compilable,
  type QueryResult,
} from 'kysely';
import type { SqliteConnection } from './backends/sqlite-connection.ts';
import { gatherRuns, type Result } from './gather-runs.ts';
import { toManyRows, type ManyRows, type ValueType } from './many-rows.ts';
import type { KeySchema, Schema } from './schema.ts';

type Dialect = 'sqlite' | 'postgres';

/** What a statement runs on: a transaction, a reader, or the key store. */
export interface Runner {
  readonly dialect: Dialect;
  readonly sqlite: SqliteConnection | null;
  readonly db: { executeQuery<R>(query: CompiledQuery<R>): Promise<QueryResult<R>> };
}

/** A query whose values are given by name each time it runs. */
export interface Statement<P, R> {
  all(runner: Runner, values: P): Promise<R[]>;
  first(runner: Runner, values: P): Promise<R | undefined>;
  /** How many rows were changed; only for queries without `returning`. */
  run(runner: Runner, values: P): Promise<number>;
}

type Build<S, P, R> = (db: Kysely<S>, p: P, dialect: Dialect) => Compilable<R>;

/** How runs of a statement that are asked for at the same moment become one (PostgreSQL). */
export interface Together {
  /** Of every value, by its name. */
  types: Readonly<Record<string, ValueType>>;
  /**
   * Values that name the row. Runs with the same ones never share a statement; the others are sent in their order, so that
   * transactions that touch the same rows wait for each other instead of deadlocking. Without a key: in the order asked.
   */
  key?: readonly string[];
}

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

interface Compiled {
  sql: string;
  /** One entry a parameter: the name of a value, or a constant. */
  slots: readonly unknown[];
}

const compilers = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
};

/** Texts of compiled statements, which PostgreSQL keeps prepared under a name. */
export const namedStatements = new Map<string, string>();

/**
 * Declares a query on the tables of Ventanilla. `build` runs once a dialect, with a stand-in for each value of `p`;
 * it must not look at them. With `together`, runs on PostgreSQL that are asked for in the same turn of the event loop, on
 * the same transaction, are sent as one.
 * @example const byId = statement((db, p: { id: string }) => db.selectFrom('contacts').selectAll().where('id', '=', p.id));
 */
export const statement = <P extends object, R>(build: Build<Schema, P, R>, together?: Together): Statement<P, R> =>
  declare(build, together);

/** The same on the tables of the key store. */
export const keyStatement = <P extends object, R>(build: Build<KeySchema, P, R>): Statement<P, R> => declare(build);

function declare<S, P extends object, R>(build: Build<S, P, R>, together?: Together): Statement<P, R> {
  const compiled: Partial<Record<Dialect, Compiled>> = {};
  const get = (dialect: Dialect): Compiled => (compiled[dialect] ??= compile(build, dialect));
  const gather = together ? gatherRuns(() => toMany(get('postgres'), together), together.key ?? []) : null;

  async function execute(runner: Runner, values: P): Promise<Result> {
    if (gather && !runner.sqlite) return gather(runner.db, values, (sql, parameters) => send(runner, sql, parameters));
    const { sql, slots } = get(runner.dialect);
    const parameters = slots.map((slot) => (slot instanceof Placeholder ? (values as Record<string, unknown>)[slot.name] : slot));
    if (runner.sqlite) return runner.sqlite.execute(sql, parameters);
    return send(runner, sql, parameters);
  }

  return {
    all: async (runner, values) => (await execute(runner, values)).rows as R[],
    first: async (runner, values) => (await execute(runner, values)).rows[0] as R | undefined,
    run: async (runner, values) => (await execute(runner, values)).changes,
  };
}

async function send(runner: Runner, sql: string, parameters: unknown[]): Promise<Result> {
  const result = await runner.db.executeQuery(CompiledQuery.raw(sql, parameters));
  return { rows: result.rows, changes: Number(result.numAffectedRows ?? 0n) };
}

function toMany({ sql, slots }: Compiled, { types, key = [] }: Together): ManyRows {
  const named = slots.map((slot) => (slot instanceof Placeholder ? { name: slot.name } : { constant: slot }));
  const many = toManyRows(sql, named, types, key);
  namedStatements.set(many.sql, `v${namedStatements.size + 1}`);
  return many;
}

function compile<S, P extends object, R>(build: Build<S, P, R>, dialect: Dialect): Compiled {
  const placeholders = new Proxy({} as P, { get: (_, name) => new Placeholder(String(name)) });
  const query = build(new Kysely<S>({ dialect: compilers[dialect] }), placeholders, dialect).compile();
  if (dialect === 'postgres') namedStatements.set(query.sql, `v${namedStatements.size + 1}`);
  return { sql: query.sql, slots: query.parameters };
}

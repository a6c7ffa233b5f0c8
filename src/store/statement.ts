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
 * it must not look at them.
 * @example const byId = statement((db, p: { id: string }) => db.selectFrom('contacts').selectAll().where('id', '=', p.id));
 */
export const statement = <P extends object, R>(build: Build<Schema, P, R>): Statement<P, R> => declare(build);

/** The same on the tables of the key store. */
export const keyStatement = <P extends object, R>(build: Build<KeySchema, P, R>): Statement<P, R> => declare(build);

function declare<S, P extends object, R>(build: Build<S, P, R>): Statement<P, R> {
  const compiled: Partial<Record<Dialect, Compiled>> = {};

  async function execute(runner: Runner, values: P): Promise<{ rows: unknown[]; changes: number }> {
    const { sql, slots } = (compiled[runner.dialect] ??= compile(build, runner.dialect));
    const parameters = slots.map((slot) => (slot instanceof Placeholder ? (values as Record<string, unknown>)[slot.name] : slot));
    if (runner.sqlite) return runner.sqlite.execute(sql, parameters);
    const result = await runner.db.executeQuery(CompiledQuery.raw(sql, parameters));
    return { rows: result.rows, changes: Number(result.numAffectedRows ?? 0n) };
  }

  return {
    all: async (runner, values) => (await execute(runner, values)).rows as R[],
    first: async (runner, values) => (await execute(runner, values)).rows[0] as R | undefined,
    run: async (runner, values) => (await execute(runner, values)).changes,
  };
}

function compile<S, P extends object, R>(build: Build<S, P, R>, dialect: Dialect): Compiled {
  const placeholders = new Proxy({} as P, { get: (_, name) => new Placeholder(String(name)) });
  const query = build(new Kysely<S>({ dialect: compilers[dialect] }), placeholders, dialect).compile();
  if (dialect === 'postgres') namedStatements.set(query.sql, `v${namedStatements.size + 1}`);
  return { sql: query.sql, slots: query.parameters };
}

// A Kysely instance for better-auth on our own store: what it reads goes to the store's reader, what it writes is a
// transaction of the store, so that on SQLite it shares commits with everything else and joins nobody's by accident.
// Used by better-auth.ts alone. It knows one statement at a time: better-auth is told that there are no transactions.
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely';
import { AppError } from '../../domain/errors.ts';
import type { Store } from '../../store/store.ts';

/** Makes the instance. Closing it does nothing to the store. */
export function kyselyOnStore(store: Store): Kysely<Record<string, Record<string, unknown>>> {
  const sqlite = store.dialect === 'sqlite';
  return new Kysely({
    dialect: {
      createDriver: () => new StoreDriver(store),
      createQueryCompiler: () => (sqlite ? new SqliteQueryCompiler() : new PostgresQueryCompiler()),
      createAdapter: () => (sqlite ? new SqliteAdapter() : new PostgresAdapter()),
      createIntrospector: (db) => (sqlite ? new SqliteIntrospector(db) : new PostgresIntrospector(db)),
    },
  });
}

class StoreDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(store: Store) {
    this.#connection = {
      executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const run = ({ db }: { db: { executeQuery<T>(query: CompiledQuery<T>): Promise<QueryResult<T>> } }): Promise<QueryResult<R>> =>
          db.executeQuery(query as CompiledQuery<R>);
        return query.query.kind === 'SelectQueryNode' ? store.read(run) : store.transaction(run);
      },
      streamQuery(): AsyncIterableIterator<never> {
        throw unsupported();
      },
    };
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    throw unsupported();
  }
  async commitTransaction(): Promise<void> {
    throw unsupported();
  }
  async rollbackTransaction(): Promise<void> {
    throw unsupported();
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

function unsupported(): AppError {
  return new AppError('store.unavailable', 'Accounts are kept one statement at a time.');
}

// Transactions on PostgreSQL in which statements that are asked for at once are sent at once. Used by postgres.ts.
// 2026-11-21: Kysely's own transactions send a statement only when the one before it is answered; turns that go side by side
// then pay a round trip for every step of each.
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type PostgresPool,
  type PostgresPoolClient,
  type QueryResult,
} from 'kysely';
import { AppError } from '../../domain/errors.ts';

/** Runs `work` in a transaction; resolves after the commit. */
export type Transact<S> = <T>(work: (db: Kysely<S>) => Promise<T>) => Promise<T>;

/** @param pool whose connections answer in the order in which they are asked, however many wait. */
export function pipelinedTransactions<S>(pool: PostgresPool): Transact<S> {
  const known = new WeakMap<PostgresPoolClient, Kysely<S>>();
  return async (work) => {
    const client = await pool.connect();
    const db = known.get(client) ?? onClient<S>(client);
    known.set(client, db);
    let broken = false;
    // Not waited for: what follows stands behind it. It fails only with the connection, and then so does everything else.
    const begun = client.query('begin', []);
    begun.catch(() => {});
    try {
      const result = await work(db);
      await begun;
      // The server answers so when a statement had failed, though nobody minded.
      if ((await client.query('commit', [])).command !== 'COMMIT')
        throw new AppError('store.unavailable', 'The database has undone the transaction. Nothing was stored.', { retryable: true });
      return result;
    } catch (error) {
      await client.query('rollback', []).catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      (client.release as (destroy?: boolean) => void)(broken);
    }
  };
}

function onClient<S>(client: PostgresPoolClient): Kysely<S> {
  return new Kysely<S>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new ClientDriver(client),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

/** Gives the same connection to whoever asks, without waiting for those who have it. */
class ClientDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(client: PostgresPoolClient) {
    this.#connection = {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, rowCount, command } = await client.query<R>(query.sql, query.parameters);
        return command === 'SELECT' ? { rows } : { rows, numAffectedRows: BigInt(rowCount ?? 0) };
      },
      // oxlint-disable-next-line require-yield
      async *streamQuery() {
        throw new AppError('store.unavailable', 'Rows are not streamed inside a transaction.');
      },
    };
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {}
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

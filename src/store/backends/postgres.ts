// PostgreSQL through pg: a pool whose connections pipeline what is asked at once, with hot statements kept prepared.
// Counts and times come back as numbers (int8 is parsed), errors as AppError.
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { toAppError } from '../driver-errors.ts';
import { namedStatements } from '../statement.ts';
import type { Backend, Database } from './backend.ts';
import { openingFault } from './postgres-faults.ts';
import { pipelinedTransactions } from './postgres-transaction.ts';

const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 30_000;
/**
 * This program looks up few rows at a time, by an index. Told so, the server keeps to that however little it knows of the
 * tables yet: a plan that was made while they were empty would read all of them once they are full.
 */
const PLANNING = '-c jit=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off';
const INT8 = 20;

/** `postgres://user@host/database`. */
export const postgres: Backend = {
  serves: (url) => /^postgres(ql)?:\/\//.test(url),
  async open<S>(url: string): Promise<Database<S>> {
    const pool = openPool(url);
    const wrapped = withErrors(pool);
    const db = new Kysely<S>({ dialect: new PostgresDialect({ pool: wrapped }) });
    try {
      await pool.query('select 1');
    } catch (error) {
      await pool.end();
      throw openingFault(error);
    }
    return {
      dialect: 'postgres',
      write: db,
      read: db,
      sqlite: null,
      transact: pipelinedTransactions<S>(wrapped),
      dropRemains() {},
      hasRoom: async () => true,
      close: () => db.destroy(),
    };
  },
};

function openPool(connectionString: string): pg.Pool {
  // The parsers are this pool's own: other users of pg in this process keep theirs.
  const types: pg.CustomTypesConfig = {
    getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
      oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
  };
  const config = {
    connectionString,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // A node that is stopped in the middle of a transaction must not hold conversations for ever.
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    // The server may be gone without a word.
    query_timeout: 2 * STATEMENT_TIMEOUT_MS,
    options: PLANNING,
    types,
    pipeline: true,
  };
  const pool = new pg.Pool(config as pg.PoolConfig);
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

/** The pool as Kysely wants it, with AppErrors, and with names for statements that are compiled once. */
function withErrors(pool: pg.Pool): PostgresPool {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      try {
        const client = await pool.connect();
        const known = wrapped.get(client) ?? wrapClient(client);
        wrapped.set(client, known);
        return known;
      } catch (error) {
        throw toAppError(error);
      }
    },
  };
}

function wrapClient(client: pg.PoolClient): PostgresPoolClient {
  // Queries in flight fail by themselves when the connection breaks; the event needs a listener or it ends the process.
  client.on('error', () => {});
  const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
    const name = namedStatements.get(text);
    try {
      return await client.query({ text, values: [...values], ...(name ? { name } : {}) });
    } catch (error) {
      throw toAppError(error);
    }
  };
  return { query, release: (destroy?: boolean) => client.release(destroy) } as PostgresPoolClient;
}

// SQLite through better-sqlite3: a file, one write connection a process, one more for reads outside transactions.
// Every commit is on disk before it returns (synchronous FULL); what is deleted is overwritten (secure_delete).
// @see https://www.sqlite.org/pragma.html
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import {
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { AppError } from '../../domain/errors.ts';
import { toAppError } from '../driver-errors.ts';
import type { Backend, Database } from './backend.ts';
import { SqliteConnection } from './sqlite-connection.ts';

const BUSY_TIMEOUT_MS = 5000;
/** Between two tries to empty the write-ahead log while somebody reads: soon, and cheap enough for a long backup. */
const TRUNCATE_AGAIN_MS = 250;
/** Below this the disk counts as full: a checkpoint must still fit. */
const MIN_FREE_BYTES = 64 * 1024 * 1024;

/** `sqlite:<path>`. */
export const sqlite: Backend = {
  serves: (url) => url.startsWith('sqlite:'),
  async open<S>(url: string): Promise<Database<S>> {
    const file = path.resolve(url.slice('sqlite:'.length));
    const [writer, reader] = openFile(file);
    const write = new Kysely<S>({ dialect: new CachedSqliteDialect(writer) });
    const log = new WriteAheadLog(writer);
    return {
      dialect: 'sqlite',
      write,
      read: new Kysely<S>({ dialect: new CachedSqliteDialect(reader) }),
      sqlite: { write: writer, read: reader, file },
      transact: (work) => write.transaction().execute(work),
      dropRemains: () => log.empty(),
      hasRoom: () => hasRoom(path.dirname(file)),
      async close() {
        log.close();
        reader.database.close();
        writer.database.close();
      },
    };
  },
};

function openFile(file: string): [SqliteConnection, SqliteConnection] {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    // Only the service's own user may read it; the files of the write-ahead log take over its mode.
    closeSync(openSync(file, 'a', 0o600));
    const writer = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS });
    // First of all: what follows writes, and without it would leave a page behind that nobody flushes.
    writer.pragma('synchronous = FULL');
    // Only a file without tables takes auto_vacuum, and only before anything else is done to it.
    writer.pragma('auto_vacuum = INCREMENTAL');
    writer.pragma('journal_mode = WAL');
    writer.pragma('foreign_keys = ON');
    writer.pragma('secure_delete = ON');
    writer.pragma('wal_autocheckpoint = 2000');
    // Pages that a savepoint sets aside stay in memory: a quarter of all writes went there.
    writer.pragma('temp_store = MEMORY');
    const reader = new BetterSqlite3(file, { timeout: BUSY_TIMEOUT_MS });
    reader.pragma('query_only = ON');
    return [new SqliteConnection(writer), new SqliteConnection(reader)];
  } catch (error) {
    throw openingFault(error);
  }
}

/** In the way of opening there stands rather a wrong path than a damaged file. */
function openingFault(error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_NOTADB') {
    return new AppError(
      'store.unavailable',
      'The file of the database is not a SQLite database. Check the path in DATABASE_URL (or KEY_DATABASE_URL); if it is the right file, it is damaged: restore a backup.',
      { cause: toAppError(error) },
    );
  }
  const fault = toAppError(error);
  if (fault instanceof AppError && code !== 'SQLITE_CANTOPEN') return fault;
  return new AppError(
    'store.unavailable',
    `The database file cannot be opened${code === 'EISDIR' ? ': it is a folder' : ''}. Check that DATABASE_URL (or DATA_DIR) names a file in a folder that may be written, and that the disk is not read-only.`,
    { cause: fault },
  );
}

/**
 * Empties the write-ahead log into the file. A backup that reads, or another process, may stand in the way for long: nobody
 * waits for that, it is tried again until it is done.
 */
class WriteAheadLog {
  readonly #writer: SqliteConnection;
  #again: NodeJS.Timeout | null = null;

  constructor(writer: SqliteConnection) {
    this.#writer = writer;
  }

  /** Called while no transaction is open. @throws AppError when the disk is full or broken. */
  empty(): void {
    if (this.#again) clearTimeout(this.#again);
    this.#again = null;
    this.#run('incremental_vacuum(1000)', 0);
    if (!this.#truncate(0)) this.#later();
  }

  /** The last try may wait: nobody is served any more. */
  close(): void {
    if (!this.#again) return;
    clearTimeout(this.#again);
    try {
      this.#truncate(BUSY_TIMEOUT_MS);
    } catch {
      // Whoever closes the file last empties the log.
    }
  }

  #later(): void {
    this.#again = setTimeout(() => {
      try {
        this.#again = null;
        if (this.#writer.database.inTransaction || !this.#truncate(0)) this.#later();
      } catch {
        // The disk: readiness and the next write tell of it.
        this.#later();
      }
    }, TRUNCATE_AGAIN_MS).unref();
  }

  /** False when somebody stands in the way. */
  #truncate(waitMs: number): boolean {
    return this.#run('wal_checkpoint(TRUNCATE)', waitMs) === 0;
  }

  /** What a pragma answers first; null when somebody stands in the way. */
  #run(pragma: string, waitMs: number): unknown {
    const { database } = this.#writer;
    try {
      database.pragma(`busy_timeout = ${waitMs}`);
      return database.pragma(pragma, { simple: true });
    } catch (error) {
      if (error instanceof BetterSqlite3.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(error.code)) return null;
      throw toAppError(error);
    } finally {
      database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }
}

async function hasRoom(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize >= MIN_FREE_BYTES;
}

/** Kysely's SQLite dialect with kept statements, immediate transactions and migrations inside one transaction. */
class CachedSqliteDialect implements Dialect {
  readonly #connection: SqliteConnection;
  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }
  createDriver(): Driver {
    return new CachedSqliteDriver(this.#connection);
  }
  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }
  createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class CachedSqliteDriver implements Driver {
  readonly #sqlite: SqliteConnection;
  readonly #connection: DatabaseConnection;

  constructor(sqliteConnection: SqliteConnection) {
    this.#sqlite = sqliteConnection;
    this.#connection = {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, changes } = sqliteConnection.execute(query.sql, query.parameters);
        return { rows: rows as R[], numAffectedRows: BigInt(changes) };
      },
      async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
        yield { rows: sqliteConnection.execute(query.sql, query.parameters).rows as R[] };
      },
    };
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    this.#sqlite.begin();
  }
  async commitTransaction(): Promise<void> {
    this.#sqlite.commit();
  }
  async rollbackTransaction(): Promise<void> {
    this.#sqlite.rollback();
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

// What a database must offer to be a backend: connections for Kysely, and the few things in which databases differ.
// Implemented by sqlite.ts and postgres.ts, chosen in index.ts, used by store.ts and key-store.ts.
import type { Kysely } from 'kysely';
import type { SqliteConnection } from './sqlite-connection.ts';

/** An open database with tables `S`. */
export interface Database<S> {
  readonly dialect: 'sqlite' | 'postgres';
  /** For transactions. On SQLite this is the one write connection of the process: use it in transactions only. */
  readonly write: Kysely<S>;
  /** For reads outside transactions. */
  readonly read: Kysely<S>;
  /** SQLite only: the same connections, for statements that run synchronously. */
  readonly sqlite: { readonly write: SqliteConnection; readonly read: SqliteConnection; readonly file: string } | null;
  /** Runs a transaction. On SQLite one at a time: the store shares commits among them instead. */
  transact<T>(work: (db: Kysely<S>) => Promise<T>): Promise<T>;
  /** Removes what deleted rows left behind in files beside the database, where there is anything of the kind. */
  dropRemains(): void;
  /** Whether the disk has room, as far as this machine can tell. */
  hasRoom(): Promise<boolean>;
  close(): Promise<void>;
}

export interface Backend {
  /** Whether this backend serves a database URL. */
  serves(url: string): boolean;
  /**
   * Opens a database, creating the file if it is a file.
   * @throws AppError store.unavailable when it cannot be reached, settings.invalid when the URL makes no sense.
   */
  open<S>(url: string): Promise<Database<S>>;
}

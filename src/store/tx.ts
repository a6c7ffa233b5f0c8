// What every query function is given: a connection, the vault, and hooks around the commit.
// Made by store.ts; query files see nothing else of the store.
import type { Kysely } from 'kysely';
import type { SqliteConnection } from './backends/sqlite-connection.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** Enough to read: inside a transaction, or outside of any on a connection of its own. */
export interface Reader {
  readonly db: Kysely<Schema>;
  readonly dialect: 'sqlite' | 'postgres';
  /** SQLite only: runs prepared statements synchronously on the same connection as `db`. */
  readonly sqlite: SqliteConnection | null;
  readonly vault: Vault;
}

/** A transaction. Nothing but the database may be awaited inside one. */
export interface Tx extends Reader {
  /**
   * Runs part of the transaction so that a fault undoes that part alone; the fault is rethrown.
   * Lets many turns share one transaction.
   */
  savepoint<T>(part: () => Promise<T>): Promise<T>;
  /** Runs once the commit is on disk, before `transaction` resolves; dropped when the part that asked for it is undone. */
  afterCommit(action: () => void | Promise<void>): void;
  /** After the commit: tells this node and the others that there is something to look at under this name (runtime/hub.ts). */
  announce(name: string): void;
  /** For `afterCommit`: removes what deleted rows left in files beside the database. */
  dropRemains(): Promise<void>;
  /** Spreads counters that everybody writes over a few rows, so that transactions do not wait for each other. */
  readonly slot: number;
}

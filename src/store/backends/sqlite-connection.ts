// One better-sqlite3 connection with its prepared statements kept by their text: preparing costs more than running.
// Used by the Kysely driver in sqlite.ts and, synchronously, by statement.ts and the key store. Knows no tables.
import type Database from 'better-sqlite3';
import { AppError } from '../../domain/errors.ts';
import { toAppError } from '../driver-errors.ts';

const MAX_STATEMENTS = 500;

export class SqliteConnection {
  readonly database: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[], unknown>>();

  #inTransaction = false;
  /** SQLite undoes a transaction only when a statement fails: asking it before every one would cost more than many of them. */
  #failed = false;

  constructor(database: Database.Database) {
    this.database = database;
  }

  /** Opens a transaction. Immediate: one that reads first and writes later would fail when another process wrote in between. */
  begin(): void {
    this.exec('begin immediate');
    this.#inTransaction = true;
    this.#failed = false;
  }

  commit(): void {
    this.#refuseIfLost();
    this.exec('commit');
    this.#inTransaction = false;
  }

  /** After a full disk or an I/O fault SQLite may have rolled back by itself. */
  rollback(): void {
    this.#inTransaction = false;
    if (this.database.inTransaction) this.exec('rollback');
  }

  /** True when SQLite has undone the whole transaction by itself. */
  get lost(): boolean {
    return this.#failed && this.#inTransaction && !this.database.inTransaction;
  }

  /** Runs a statement; rows where it returns any, and how many rows it changed. */
  execute(sql: string, parameters: readonly unknown[]): { rows: unknown[]; changes: number } {
    this.#refuseIfLost();
    try {
      const statement = this.#prepare(sql);
      if (statement.reader) return { rows: statement.all(...parameters), changes: 0 };
      return { rows: [], changes: statement.run(...parameters).changes };
    } catch (error) {
      this.#failed = true;
      throw toAppError(error);
    }
  }

  /** Runs one or more statements without parameters or rows: pragmas, begin, commit. */
  exec(sql: string): void {
    try {
      this.database.exec(sql);
    } catch (error) {
      this.#failed = true;
      throw toAppError(error);
    }
  }

  /** What follows an undone transaction must not be committed statement by statement. */
  #refuseIfLost(): void {
    if (this.lost)
      throw new AppError('store.unavailable', 'The database has undone the transaction. Nothing was stored.', { retryable: true });
  }

  #prepare(sql: string): Database.Statement<unknown[], unknown> {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare<unknown[], unknown>(sql);
    // A list of ids makes a new text for each length: drop the oldest before they pile up.
    if (this.#statements.size >= MAX_STATEMENTS) this.#statements.delete(this.#statements.keys().next().value ?? '');
    this.#statements.set(sql, statement);
    return statement;
  }
}

// Turns what better-sqlite3 and pg throw into AppError, without the values that drivers like to quote.
// Used by the backends on every statement; nothing above the store sees a driver's error.
import { AppError } from '../domain/errors.ts';

/** PostgreSQL: the connection or the server is gone, its disk fails, or it asks to try again. @see https://www.postgresql.org/docs/18/errcodes-appendix.html */
const POSTGRES_RETRY =
  /^(08...|57P0[1-4]|57014|53300|53400|58000|58030|25006|25P0[23]|ECONN.*|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
/** PostgreSQL: two transactions stood in each other's way, and this one gave in. */
const POSTGRES_CONFLICT = /^(40001|40P01|55P03)$/;
const POSTGRES_FULL = /^(53100|53200)$/;
const SQLITE_RETRY = /^SQLITE_(BUSY|LOCKED|IOERR|PROTOCOL|CANTOPEN|INTERRUPT|NOMEM)/;
const CONNECTION_LOST =
  /connection (terminated|ended|error)|timeout exceeded when trying to connect|Query read timeout|Client (was closed|has encountered)/i;

/**
 * The AppError for a driver's error; anything else is returned as it is.
 * All are retryable and mean that nothing was stored. store.full and store.unavailable: the database is in trouble.
 * store.conflict: another transaction was first, or in the way; the same again may well succeed.
 */
export function toAppError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const cause = withoutValues(error, code);
  if (code === 'SQLITE_FULL' || POSTGRES_FULL.test(code)) {
    return new AppError('store.full', 'The disk of the database is full. Nothing was stored.', { retryable: true, cause });
  }
  if (
    SQLITE_RETRY.test(code) ||
    POSTGRES_RETRY.test(code) ||
    CONNECTION_LOST.test(error.message) ||
    error.name === 'AbortedTransactionError'
  ) {
    return new AppError('store.unavailable', 'The database cannot be reached or is busy. Nothing was stored.', { retryable: true, cause });
  }
  if (POSTGRES_CONFLICT.test(code)) {
    return new AppError('store.conflict', 'Another transaction was in the way. Nothing was stored.', { retryable: true, cause });
  }
  if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(code) || code === '23505') {
    return new AppError('store.conflict', 'A row with the same key exists already.', { retryable: true, cause });
  }
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || code === '23503') {
    return new AppError('store.conflict', 'What the row belongs to was removed meanwhile.', { retryable: true, cause });
  }
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB' || code === 'XX001' || code === 'XX002') {
    return new AppError('store.unavailable', 'The database file is damaged. Stop the service and restore a backup.', { cause });
  }
  return code.startsWith('SQLITE_') || /^[0-9A-Z]{5}$/.test(code) ? cause : error;
}

/** The same error with its code and stack, and without `detail`, `where` and other fields that quote rows. */
function withoutValues(error: Error, code: string): Error {
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
  const safe = Object.assign(new Error(code.startsWith('SQLITE_') ? error.message : `database error ${code}`), {
    code,
    ...(constraint ? { constraint } : {}),
  });
  safe.name = 'DatabaseError';
  if (error.stack)
    safe.stack = `${safe.name}: ${safe.message}\n${error.stack
      .split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .join('\n')}`;
  return safe;
}

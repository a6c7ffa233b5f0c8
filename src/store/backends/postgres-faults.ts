// Why a PostgreSQL database could not be opened, as a sentence that says what to do. Used by postgres.ts. Never quotes the URL:
// it holds a password.
import { AppError } from '../../domain/errors.ts';
import { toAppError } from '../driver-errors.ts';

const SETTINGS = 'DATABASE_URL (or KEY_DATABASE_URL)';

/** By PostgreSQL's and the system's codes. @see https://www.postgresql.org/docs/18/errcodes-appendix.html */
const REASONS: Record<string, string> = {
  '28P01': `PostgreSQL refused the password. Check user and password in ${SETTINGS}; characters such as @ and / must be written as %40 and %2F.`,
  '28000': `PostgreSQL refused this user. Check the user in ${SETTINGS}, and pg_hba.conf on the server.`,
  '3D000': `The database named in ${SETTINGS} does not exist. Check its name, or make it: createdb <name>.`,
  '42501': `The user in ${SETTINGS} may not use this database. Grant it the right to connect and to create tables.`,
  '53300': 'PostgreSQL takes no more connections. Raise max_connections, or run fewer nodes.',
  ENOTFOUND: `The host in ${SETTINGS} is not known. Check its name.`,
  EAI_AGAIN: `The host in ${SETTINGS} is not known just now. Check its name, and the network.`,
  ECONNREFUSED: `At the host and port in ${SETTINGS} nothing takes connections. Check both, and that PostgreSQL runs and listens there.`,
  ERR_INVALID_URL: `${SETTINGS} is no URL. Write postgres://user:password@host:5432/database.`,
};

/** The fault of opening; retryable, as a server may come back. */
export function openingFault(error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const parts = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const first = parts.find((part) => part instanceof Error && 'code' in part) as { code: unknown } | undefined;
  const reason = REASONS[code] ?? REASONS[String(first?.code)];
  const sentence = reason ?? `The PostgreSQL server cannot be reached. Check ${SETTINGS}, and that the server runs.`;
  return new AppError('store.unavailable', sentence, { retryable: true, cause: toAppError(error) });
}

// The databases Ventanilla can live in. A further one is a file in this folder and a line here.
import { AppError } from '../../domain/errors.ts';
import type { Backend, Database } from './backend.ts';
import { postgres } from './postgres.ts';
import { sqlite } from './sqlite.ts';

const BACKENDS: readonly Backend[] = [sqlite, postgres];

/**
 * Opens the database behind a URL (`sqlite:<path>` or `postgres://…`).
 * @throws AppError settings.invalid for an unknown kind of URL; what a backend's `open` throws.
 */
export function openDatabase<S>(url: string): Promise<Database<S>> {
  const backend = BACKENDS.find((candidate) => candidate.serves(url));
  if (!backend) throw new AppError('settings.invalid', 'A database URL must begin with sqlite: or postgres://.');
  return backend.open<S>(url);
}

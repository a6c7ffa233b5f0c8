// The secret key file: the one thing that opens the key store. Lines `v<number> <32 bytes in base64>`, the newest seals.
// Read at start by store.ts, and again by secret-keys.ts when a rotation was made elsewhere. Never logged, never in a backup.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../domain/errors.ts';

const LINE = /^v(\d{1,4}) ([A-Za-z0-9+/]{43}=)$/;

/** Secrets by version; `current` is the newest one. */
export interface Secrets {
  file: string;
  current: number;
  versions: Map<number, Buffer>;
}

/**
 * Reads the secret key file.
 * @param create makes a new file when there is none; only right where no key store exists yet.
 * @throws AppError store.key_missing when there is none, settings.invalid when it is open to others or not understood.
 */
export function readSecretFile(file: string, create: boolean): Secrets {
  const text = readIfThere(file) ?? (create ? createSecretFile(file) : null);
  if (text === null) {
    throw new AppError(
      'store.key_missing',
      `The secret key file ${path.basename(file)} is missing. Put the original back where SECRET_KEY_FILE points: without it stored texts and numbers cannot be read. Only for a new installation make one: (umask 077; echo "v1 $(openssl rand -base64 32)" > "$SECRET_KEY_FILE")`,
    );
  }
  refuseWidePermissions(file);
  const versions = new Map<number, Buffer>();
  for (const line of text.split('\n').filter((entry) => entry.trim() !== '')) {
    const [, version = '', secret = ''] = LINE.exec(line.trim()) ?? [];
    if (version === '')
      throw new AppError(
        'settings.invalid',
        'SECRET_KEY_FILE is not a secret key file: each line must be "v<number> <32 bytes in base64>".',
      );
    versions.set(Number(version), Buffer.from(secret, 'base64'));
  }
  if (versions.size === 0) throw new AppError('settings.invalid', 'SECRET_KEY_FILE is empty. Put the original back.');
  return { file, current: Math.max(...versions.keys()), versions };
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new AppError('settings.invalid', 'SECRET_KEY_FILE cannot be read. Check that it is a file and that the service may read it.', {
      cause: error,
    });
  }
}

/**
 * Writes the file anew with these versions: under another name, flushed, then put in its place; whole or as it was.
 * @throws AppError settings.invalid when it cannot be written, with how to do it by hand.
 */
export function writeSecretFile(file: string, versions: Map<number, Buffer>): void {
  const draft = draftOf(file);
  const lines = [...versions].sort(([a], [b]) => a - b).map(([version, secret]) => `v${version} ${secret.toString('base64')}\n`);
  try {
    writeFlushed(draft, lines.join(''));
    renameSync(draft, file);
    flushFolder(path.dirname(file));
  } catch (error) {
    rmSync(draft, { force: true });
    throw new AppError(
      'settings.invalid',
      'SECRET_KEY_FILE cannot be written from here, so its lines must be changed where it comes from. A new version is one more line: echo "v2 $(openssl rand -base64 32)", with the next number.',
      { cause: error },
    );
  }
}

/** Written and flushed under another name, then linked: whole or not there. Of two processes that start at once, one wins. */
function createSecretFile(file: string): string {
  const draft = draftOf(file);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFlushed(draft, `v1 ${randomBytes(32).toString('base64')}\n`);
    linkSync(draft, file);
    flushFolder(path.dirname(file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw new AppError('settings.invalid', 'SECRET_KEY_FILE cannot be written. Check that its folder exists and may be written.', {
        cause: error,
      });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}

const draftOf = (file: string): string => `${file}.${randomBytes(6).toString('hex')}`;

function writeFlushed(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** So that the name is on disk too: whatever is sealed next needs it. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function refuseWidePermissions(file: string): void {
  if (process.platform === 'win32') return;
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    throw new AppError('settings.invalid', `SECRET_KEY_FILE can be read by others (mode ${mode.toString(8)}). Run: chmod 600 on it.`);
  }
}

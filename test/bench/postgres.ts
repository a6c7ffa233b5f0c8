// A real PostgreSQL for the benchmarks, with commits that wait for the disk, and databases on it.
// Used by whatever is measured on PostgreSQL; one server a run, removed at its end.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

const START_MS = 60_000;

export interface BenchPostgres {
  /** URL without a database. */
  url: string;
  /** Makes a database and a key database with all tables; the settings that point a service there, its secret in `folder`. */
  makePlace(folder: string): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts the server. */
export async function startBenchPostgres(): Promise<BenchPostgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-bench-postgres-'));
  // The server runs as another user when this runs as root.
  chmodSync(folder, 0o711);
  const server = path.join(folder, 'server');
  const program = path.join(import.meta.dirname, '../support/postgres-server.ts');
  const child = spawn(process.execPath, [program, server, String(process.pid), 'durable'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const until = Date.now() + START_MS;
  while (!existsSync(path.join(server, 'url'))) {
    if (Date.now() > until || existsSync(path.join(server, 'failed'))) throw new Error('PostgreSQL did not start.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const url = readFileSync(path.join(server, 'url'), 'utf8');
  return {
    url,
    async makePlace(place) {
      mkdirSync(place, { recursive: true });
      const secretKeyFile = path.join(place, 'secret.key');
      writeFileSync(secretKeyFile, `v1 ${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
      const name = `bench_${randomBytes(6).toString('hex')}`;
      const client = new pg.Client(`${url}/postgres`);
      await client.connect();
      for (const which of ['main', 'keys']) await client.query(`create database ${name}_${which} template template_${which}`);
      await client.end();
      return {
        DATA_DIR: place,
        DATABASE_URL: `${url}/${name}_main`,
        KEY_DATABASE_URL: `${url}/${name}_keys`,
        SECRET_KEY_FILE: secretKeyFile,
      };
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// A service starts beside a million stored messages: ready soon, and without reading what is stored. How much it reads is
// told by the operating system (SQLite) and by the server (PostgreSQL), not by the product; in a small trial only that counts.
import { existsSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { fillStore } from '../../support/fill.ts';
import { makePlace, type Place } from '../../support/places.ts';
import { freePort, startService, type ServiceProcess } from '../../support/process.ts';
import { outcome, type Guarantee } from '../guarantee.ts';

const WANTED_MS = 2000;
/** Fewer stored messages say nothing about time. */
const MESSAGES = 1_000_000;
/** What a start may read of the database beyond that of an empty one: less than any table of a small trial holds. */
const MAX_MEGABYTES = 4;

export const quickRestart: Guarantee = {
  id: 'quick-restart',
  says: 'restart is quick',
  wanted: 'ready within 2 s with 1,000,000 stored messages',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const messages = times(MESSAGES, 20_000);
    const restarts = times(5, 1);
    const place = await makePlace(store);
    try {
      const first = await begin(place);
      await first.kill('SIGTERM');
      const empty = await startOnce(place);
      await fillStore(urlsOf(place), messages / 2, Date.now());
      progress(`${messages} messages stored`);
      const starts: Start[] = [];
      for (let count = 0; count < restarts; count++) starts.push(await startOnce(place));
      progress(`ready after ${starts.map(({ milliseconds }) => Math.round(milliseconds)).join(', ')} ms`);
      const slowest = Math.max(...starts.map(({ milliseconds }) => milliseconds));
      const scanned = Math.max(...starts.map((start) => start.rowsScanned));
      const megabytes = Math.max(...starts.map((start) => start.megabytesRead - empty.megabytesRead));
      const soon = messages < MESSAGES || slowest <= WANTED_MS;
      const read = store === 'postgres' ? `${scanned} rows read by scans` : `${megabytes.toFixed(1)} MB more read than beside none`;
      return outcome(
        soon && scanned === 0 && megabytes <= MAX_MEGABYTES,
        `${messages} stored, ${restarts} restarts, ready after ${Math.round(slowest)} ms at most (beside none ${Math.round(empty.milliseconds)} ms), ${read}`,
      );
    } finally {
      await place.drop();
    }
  },
};

interface Start {
  milliseconds: number;
  /** PostgreSQL: rows that were read by walking through whole tables of people and their messages. */
  rowsScanned: number;
  /** SQLite: everything that the process had read when it was ready. */
  megabytesRead: number;
}

async function startOnce(place: Place): Promise<Start> {
  const { databaseUrl } = urlsOf(place);
  if (databaseUrl.startsWith('postgres')) await ask(databaseUrl, 'select pg_stat_reset()');
  const service = await begin(place);
  const io = `/proc/${service.child.pid}/io`;
  const sqlite = databaseUrl.startsWith('sqlite');
  const megabytesRead = sqlite && existsSync(io) ? Number(/rchar: (\d+)/.exec(readFileSync(io, 'utf8'))?.[1] ?? 0) / 2 ** 20 : 0;
  // Its connections tell the server what they read when they end.
  await service.kill('SIGTERM');
  return { milliseconds: service.startMs, megabytesRead, rowsScanned: sqlite ? 0 : await scannedRows(databaseUrl) };
}

async function begin(place: Place): Promise<ServiceProcess> {
  return startService(place.environment, await freePort());
}

function urlsOf({ folder, environment }: Place): { databaseUrl: string; keyDatabaseUrl: string } {
  return {
    databaseUrl: environment['DATABASE_URL'] ?? `sqlite:${folder}/ventanilla.db`,
    keyDatabaseUrl: environment['KEY_DATABASE_URL'] ?? `sqlite:${folder}/keys.db`,
  };
}

async function scannedRows(databaseUrl: string): Promise<number> {
  const [row] = await ask(
    databaseUrl,
    `select coalesce(sum(seq_tup_read), 0)::int as rows from pg_stat_user_tables
     where relname in ('contacts', 'addresses', 'conversations', 'sessions', 'messages', 'inbox', 'request_log', 'contact_counts', 'provider_copies')`,
  );
  return Number(row?.['rows'] ?? Number.NaN);
}

async function ask(databaseUrl: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}

// How much there is of everything that operators watch: counts and times, read from indexes and small tables. No person in any.
// Called every few seconds by runtime/measure.ts.
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { LAST_BACKUP } from './last-backup.ts';
import type { Store } from './store.ts';
import { DAY_MS } from './vault.ts';

export interface Measurements {
  inbox: { channel: string; count: number; since: number }[];
  outbox: { channel: string; state: string; count: number; since: number }[];
  /** Segments counted today, by channel. */
  today: { channel: string; segments: number }[];
  casesWaiting: { count: number; since: number | null };
  /** Copies at providers that are to be erased. */
  copies: { count: number; since: number | null };
  /** Erasures whose keys are not destroyed yet. */
  erasures: { count: number; since: number | null };
  oldestMessage: number | null;
  lastBackup: number | null;
  leases: { name: string; held: boolean }[];
  /** By how much the database's clock is ahead, ms; null where it is this machine's own. */
  clockSkewMs: number | null;
  databaseBytes: number;
  /** Null where the database is on another machine. */
  diskFreeBytes: number | null;
}

/** Reads everything once. */
export async function takeMeasurements(store: Store, now: number): Promise<Measurements> {
  return store.read(async ({ db, vault }) => {
    const counted = <T extends 'inbox' | 'outbox'>(table: T) =>
      db.selectFrom(table as 'inbox').select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('created_at').as('since')]);
    const inbox = await counted('inbox').select('channel').where('state', '=', sql.lit('pending')).groupBy('channel').execute();
    const outbox = await counted('outbox').select(['channel', 'state']).groupBy(['channel', 'state']).execute();
    const today = await db
      .selectFrom('channel_counts')
      .select(['channel', 'segments'])
      .where('day', '=', Math.floor(now / DAY_MS))
      .execute();
    const waiting = await db
      .selectFrom('cases')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('opened_at').as('since')])
      .where('status', '=', sql.lit('waiting'))
      .executeTakeFirstOrThrow();
    const copies = await db
      .selectFrom('provider_copies')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('run_at').as('since')])
      .where('state', '=', sql.lit('erase'))
      .executeTakeFirstOrThrow();
    const oldest = await db
      .selectFrom('messages')
      .select(({ fn }) => fn.min('created_at').as('at'))
      .executeTakeFirst();
    const facts = await db
      .selectFrom('meta')
      .selectAll()
      .where((eb) => eb.or([eb('name', '=', LAST_BACKUP), eb('name', 'like', 'lease %')]))
      .execute();
    const unfinished = await vault.keys.erasures(0);
    return {
      inbox,
      outbox,
      today: sumByChannel(today),
      casesWaiting: waiting,
      copies,
      erasures: { count: unfinished.length, since: unfinished[0]?.at ?? null },
      oldestMessage: oldest?.at ?? null,
      lastBackup: Number(facts.find((fact) => fact.name === LAST_BACKUP)?.value ?? 0) || null,
      leases: facts.filter((fact) => fact.name !== LAST_BACKUP).map(({ name, value }) => readLease(name, value, now)),
      ...(await measureDatabase(store, now)),
    };
  });
}

async function measureDatabase(store: Store, now: number): Promise<Pick<Measurements, 'clockSkewMs' | 'databaseBytes' | 'diskFreeBytes'>> {
  const { sqlite, read } = store.database;
  if (sqlite) {
    const pages = Number(sqlite.read.database.pragma('page_count', { simple: true }));
    const { bavail, bsize } = await statfs(path.dirname(sqlite.file));
    return {
      clockSkewMs: null,
      databaseBytes: pages * Number(sqlite.read.database.pragma('page_size', { simple: true })),
      diskFreeBytes: bavail * bsize,
    };
  }
  const { rows } = await sql<{ bytes: number; now: string }>`
    select pg_database_size(current_database()) as bytes, extract(epoch from clock_timestamp()) * 1000 as now
  `.execute(read);
  return { clockSkewMs: Number(rows[0]?.now ?? now) - now, databaseBytes: rows[0]?.bytes ?? 0, diskFreeBytes: null };
}

function sumByChannel(rows: { channel: string; segments: number }[]): { channel: string; segments: number }[] {
  const sums = new Map<string, number>();
  for (const { channel, segments } of rows) sums.set(channel, (sums.get(channel) ?? 0) + segments);
  return [...sums].map(([channel, segments]) => ({ channel, segments }));
}

function readLease(row: string, value: string, now: number): { name: string; held: boolean } {
  return { name: row.slice('lease '.length), held: Number(value.split(' ')[1] ?? 0) > now };
}

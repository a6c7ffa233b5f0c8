// Looks into the databases of a place from outside the product, once no service runs there: is the file sound, is anything left behind.
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import path from 'node:path';
import type { Place } from '../../support/places.ts';

/** Tables whose rows belong to a person, and go with DELETE. A case that people have begun stays as long as cases do. */
const OF_PEOPLE = ['contacts', 'conversations', 'sessions', 'messages', 'timers', 'consents', 'contact_counts'];

export interface Insides {
  /** What `pragma integrity_check` and `foreign_key_check` complain of; always empty on PostgreSQL. */
  complaints: string[];
  /** Rows that belong to a conversation or a person that is not there. */
  orphans: number;
  /** Rows that belong to a person. */
  left: number;
  /** Messages in the inbox that wait for a turn. */
  pending: number;
  /** Lines whose fate is not known yet. */
  unsettled: number;
}

/** Opens the databases of a place and counts. */
export async function lookInside(place: Pick<Place, 'environment'>): Promise<Insides> {
  const { DATABASE_URL: url } = place.environment;
  if (url?.startsWith('postgres')) {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return await count([], async (sql) => Number((await client.query<{ n: string }>(sql)).rows[0]?.n));
    } finally {
      await client.end();
    }
  }
  const folder = place.environment['DATA_DIR'] ?? '';
  const database = new BetterSqlite3(path.join(folder, 'ventanilla.db'));
  try {
    const complaints = [...complaintsOf(database), ...complaintsOf(new BetterSqlite3(path.join(folder, 'keys.db')))];
    return await count(complaints, (sql) => (database.prepare(sql).get() as { n: number }).n);
  } finally {
    database.close();
  }
}

function complaintsOf(database: BetterSqlite3.Database): string[] {
  const checked = database.pragma('integrity_check') as { integrity_check: string }[];
  const foreign = database.pragma('foreign_key_check') as { table: string }[];
  return [
    ...checked.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...foreign.map(({ table }) => `a row of ${table} refers to nothing`),
  ];
}

async function count(complaints: string[], ask: (sql: string) => number | Promise<number>): Promise<Insides> {
  const total = async (questions: string[]): Promise<number> => {
    let sum = 0;
    for (const question of questions) sum += await ask(`select count(*) as n from ${question}`);
    return sum;
  };
  const ownedBy = (column: string, owner: string, tables: string[]): string[] =>
    tables.map((table) => `${table} where ${column} not in (select id from ${owner})`);
  return {
    complaints,
    orphans: await total([
      ...ownedBy('conversation_id', 'conversations', ['sessions', 'messages', 'timers']),
      ...ownedBy('contact_id', 'contacts', ['conversations', 'consents', 'contact_counts']),
    ]),
    left: await total(OF_PEOPLE),
    pending: await total(["inbox where state = 'pending'"]),
    unsettled: await total(['outbox']),
  };
}

// Fills a database with conversations of the past month, fast: rows of the shape, size and spread that the product writes,
// made inside the database. What is sealed in them is chance: nobody reads it again, it only takes its place.
// Used where it matters how much is stored: benchmarks, the trial of a quick restart, plans of queries.
import { sql, type Kysely } from 'kysely';
import { openDatabase } from '../../src/store/backends/index.ts';
import type { KeySchema, Schema } from '../../src/store/schema.ts';

const CHUNK = 50_000;
const DAY_MS = 86_400_000;

interface Dialect {
  /** The numbers from a to before b, as `n(i)`. */
  numbers(a: number, b: number): string;
  bytes(count: number): string;
  /** 32 random letters and digits, others for each row. */
  random: string;
}

const DIALECTS: Record<'sqlite' | 'postgres', Dialect> = {
  sqlite: {
    numbers: (a, b) => `(with recursive m(i) as (select ${a} union all select i + 1 from m where i + 1 < ${b}) select i from m) as n`,
    bytes: (count) => `randomblob(${count})`,
    random: 'lower(hex(randomblob(16)))',
  },
  postgres: {
    numbers: (a, b) => `generate_series(${a}::bigint, ${b - 1}) as n(i)`,
    bytes: (count) => `decode(repeat(md5(random()::text || i), ${Math.ceil(count / 16)}), 'hex')`,
    random: 'md5(random()::text || i)',
  },
};

/** Adds conversations with two messages each to the tables of a store that nobody has open. */
export async function fillStore(urls: { databaseUrl: string; keyDatabaseUrl: string }, conversations: number, now: number): Promise<void> {
  const main = await openDatabase<Schema>(urls.databaseUrl);
  const keys = await openDatabase<KeySchema>(urls.keyDatabaseUrl);
  const dialect = DIALECTS[main.dialect];
  for (const { sqlite } of [main, keys]) sqlite?.write.exec('pragma synchronous = off');
  const run = (db: Kysely<Schema> | Kysely<KeySchema>, text: string): Promise<unknown> => sql.raw(text).execute(db);
  for (let from = 0; from < conversations; from += CHUNK) {
    const numbers = dialect.numbers(from, Math.min(from + CHUNK, conversations));
    const times = { first: now - 25 * DAY_MS, step: (24 * DAY_MS) / conversations };
    const [people, conversationsOfThem, ...others] = mainRows(dialect, numbers, times);
    for (const statement of [people, conversationsOfThem]) await run(main.write, statement ?? '');
    // PostgreSQL writes several tables at the same time.
    await Promise.all([
      ...others.map((statement) => run(main.write, statement)),
      ...keyRows(dialect, numbers, times).map((statement) => run(keys.write, statement)),
    ]);
  }
  if (main.dialect === 'postgres') for (const { write } of [main, keys]) await run(write as Kysely<Schema>, 'vacuum analyze');
  for (const { sqlite } of [main, keys]) sqlite?.write.exec('pragma wal_checkpoint(truncate)');
  await main.close();
  await keys.close();
}

interface Times {
  /** When the first conversation was (ms), and how much later each next one. */
  first: number;
  step: number;
}

const ID = `substr('000000000' || i, -9)`;
const at = ({ first, step }: Times): string => `(${first} + cast(i * ${step} as bigint))`;
/** Ids as the product makes them: those of one time stand together. */
const idOf = (kind: string, dialect: Dialect): string =>
  `'${kind}' || ${dialect === DIALECTS.sqlite ? ID : `lpad(i::text, 9, '0')`} || 'aaaaaaaaaaaaaaaaaaaaa'`;

function mainRows(dialect: Dialect, numbers: string, times: Times): string[] {
  const { bytes, random } = dialect;
  const [contact, conversation] = [idOf('0', dialect), idOf('0', dialect)];
  const time = at(times);
  const message = (kind: string, more: string): string =>
    `insert into messages (id, conversation_id, sender, kind, sequence, sealed, status, status_rank, provider_ref, created_at)
     select ${idOf(kind, dialect)}, ${conversation}, ${more}, ${time} from ${numbers}`;
  // The others refer to the first two.
  return [
    `insert into contacts (id, created_at) select ${contact}, ${time} from ${numbers}`,
    `insert into conversations (id, contact_id, channel, owner, epoch, language, keeping, private, reply_hash, last_inbound_at, last_sequence, created_at)
     select ${conversation}, ${contact}, 'sms', 'flow', 0, 'es', 'standard', 0, 'v1.' || ${random} || '-----------', ${time}, 2, ${time} from ${numbers}`,
    `insert into addresses (hash, contact_id, kind, sealed, created_at)
     select 'v1.' || ${random} || '-----------', ${contact}, 'phone', ${bytes(90)}, ${time} from ${numbers}`,
    `insert into sessions (conversation_id, sealed, expires_at) select ${conversation}, ${bytes(640)}, ${time} + ${30 * DAY_MS} from ${numbers}`,
    message('1', `'person', 'inbound', 1, ${bytes(128)}, null, 0, null`),
    message('2', `'service', 'flow', 2, ${bytes(432)}, 'delivered', 4, 'SM' || ${random}`),
    `insert into inbox (channel, external_id, state, attempts, run_at, created_at)
     select 'sms', 'SM' || ${random}, 'done', 0, 0, ${time} from ${numbers}`,
    `insert into request_log (id, conversation_id, current, hour, channel, language, topics, release, answers, outcome, sensitive, pseudonym)
     select ${random}, ${conversation}, 1, ${time}, 'sms', 'es', '["health"]', 1, '[]', 'answered', 0, substr(${random}, 1, 22) from ${numbers}`,
    `insert into contact_counts (contact_id, day, messages, segments) select ${contact}, ${time} / ${DAY_MS}, 1, 1 from ${numbers}`,
    `insert into provider_copies (channel, provider_ref, contact_id, state, attempts, run_at, created_at)
     select 'sms', 'SM' || ${random}, ${contact}, 'kept', 0, ${time}, ${time} from ${numbers}`,
  ];
}

/** A contact has a key of its own, and one for the messages of each day. */
function keyRows(dialect: Dialect, numbers: string, times: Times): string[] {
  const key = (kind: string, name: string, period: string): string =>
    `insert into data_keys (id, owner, class, period, secret_version, wrapped, created_at)
     select '${kind}' || substr(${dialect.random}, 1, 15), ${idOf('0', dialect)}, '${name}', ${period}, 1, ${dialect.bytes(60)}, ${at(times)} from ${numbers}`;
  return [key('a', 'contact', '0'), key('b', 'messages', `${at(times)} / ${DAY_MS}`)];
}

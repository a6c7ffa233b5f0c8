// A raw `pg` program that writes the rows of one turn of a new person, from the webhook to the answer, into the product's
// own tables with their indexes, one commit a turn, over as many connections as the service has: what PostgreSQL itself allows.
// Every statement is prepared and named, a turn is pipelined from begin to commit (one round trip), rows are written in their
// last form where they can be, and commits that come together share a flush inside the server. No reads, no vault, no engine,
// no HTTP; data keys go into the same database.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Figure } from './run.ts';

const CONNECTIONS = 10;
const SECONDS = 5;

const KEYS = `
create table if not exists data_keys (id text primary key, owner text not null, class text not null, period integer not null,
  secret_version integer not null, wrapped bytea not null, created_at bigint not null, unique (owner, class, period));
create index if not exists data_keys_period on data_keys (class, period);`;

const STATEMENTS = {
  begin: 'begin',
  key: 'insert into data_keys values ($1, $2, $3, $4, 1, $5, $6)',
  contact: 'insert into contacts values ($1, $2)',
  address: 'insert into addresses values ($1, $2, $3, $4, $5)',
  conversation: `insert into conversations (id, contact_id, channel, owner, epoch, language, keeping, private, reply_hash, last_inbound_at, last_sequence, created_at)
    values ($1, $2, 'sms', 'flow', 0, 'es', 'standard', 0, $3, $4, 2, $4)`,
  inbox: `insert into inbox (channel, external_id, contact_id, conversation_id, sealed, state, attempts, run_at, created_at)
    values ('sms', $1, $2, $3, $4, 'pending', 0, 0, $5)`,
  message: `insert into messages (id, conversation_id, sequence, sender, kind, sealed, status, status_rank, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, 0, $8)`,
  copy: `insert into provider_copies (channel, provider_ref, contact_id, state, attempts, run_at, created_at)
    values ('sms', $1, $2, 'kept', 0, $3, $3)`,
  session: 'insert into sessions values ($1, $2, $3)',
  outbox: `insert into outbox (id, conversation_id, contact_id, channel, kind, epoch, emergency, state, attempts, run_at, lease_until, sealed, created_at)
    values ($1, $2, $3, 'sms', 'flow', 0, 0, 'queued', 0, 0, 0, $4, $5)`,
  log: `insert into request_log (id, conversation_id, current, hour, channel, topics, flow, release, answers, sensitive, pseudonym)
    values ($1, $2, 1, $3, 'sms', '[]', 'welcome', 1, '[]', 0, $4)`,
  count: 'insert into contact_counts values ($1, 1, 1, 1)',
  total: `insert into channel_counts values ('sms', 1, $1, 1, 1)
    on conflict (channel, day, slot) do update set messages = channel_counts.messages + 1, segments = channel_counts.segments + 1`,
  answered: `update inbox set state = 'done', sealed = null, contact_id = null, conversation_id = null where channel = 'sms' and external_id = $1`,
  lease: `update outbox set state = 'sending', attempts = 1, lease_until = $2 where id = $1`,
  sent: `update messages set status = 'sent', status_rank = 3, provider_ref = $2 where id = $1`,
  settled: 'delete from outbox where id = $1',
  commit: 'commit',
};

/**
 * Turns a second of the raw program: a new person, one message in, one out, as this product stores them.
 * @param until the answer is stored and queued, or sent and no longer queued.
 * @param url of a database with the product's tables and no rows.
 */
export async function benchRawPostgres(url: string, until: 'stored' | 'sent'): Promise<Figure> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, pipeline: true } as pg.PoolConfig);
  await pool.query(KEYS);
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()));
  const started = performance.now();
  const counts = await Promise.all(
    clients.map(async (client, slot) => {
      let turns = 0;
      for (; performance.now() - started < SECONDS * 1000; turns++) await turn(client, slot, until);
      return turns;
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const client of clients) client.release();
  await pool.end();
  return {
    name: `raw_postgres_${until}`,
    value: counts.reduce((sum, turns) => sum + turns, 0) / seconds,
    unit: 'turns/s',
    connections: CONNECTIONS,
  };
}

const newId = (): string => randomBytes(16).toString('base64url');

async function turn(client: pg.PoolClient, slot: number, until: 'stored' | 'sent'): Promise<void> {
  const [contact, conversation, line, external, hash] = [newId(), newId(), newId(), newId(), newId()];
  const now = Date.now();
  const run = (name: keyof typeof STATEMENTS, ...values: unknown[]): Promise<unknown> =>
    client.query({ name, text: STATEMENTS[name], values });
  await Promise.all([
    run('begin'),
    run('key', newId(), contact, 'contact', 0, randomBytes(60), now),
    run('key', newId(), contact, 'messages', 1, randomBytes(60), now),
    run('contact', contact, now),
    run('address', hash, contact, 'phone', randomBytes(90), now),
    run('conversation', conversation, contact, hash, now),
    run('inbox', external, contact, conversation, randomBytes(300), now),
    run('message', newId(), conversation, 1, 'person', 'inbound', randomBytes(128), null, now),
    run('copy', newId(), contact, now),
    run('session', conversation, randomBytes(640), now),
    run('message', line, conversation, 2, 'service', 'flow', randomBytes(432), 'queued', now),
    run('outbox', line, conversation, contact, randomBytes(500), now),
    run('log', newId(), conversation, now, newId()),
    run('count', contact),
    run('total', slot),
    run('answered', external),
    ...(until === 'stored'
      ? []
      : [run('lease', line, now), run('sent', line, newId()), run('copy', newId(), contact, now), run('settled', line)]),
    run('commit'),
  ]);
}

// A raw `pg` program that writes the rows of one turn, one commit a turn, over as many connections as the service has:
// what PostgreSQL itself allows. Every statement is prepared and named, a turn is pipelined from begin to commit (one
// round trip), and commits that come together share a flush inside the server. No vault, no engine, no HTTP.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Figure } from './run.ts';

const CONNECTIONS = 10;
const SECONDS = 5;

const TABLES = `
create table contacts (id text primary key, created_at bigint);
create table addresses (hash text primary key, contact_id text, kind text, sealed bytea, created_at bigint);
create table conversations (id text primary key, contact_id text, channel text, owner text, epoch integer, language text, created_at bigint);
create table inbox (id bigserial primary key, channel text, external_id text, conversation_id text, sealed bytea, state text, unique (channel, external_id));
create table sessions (conversation_id text primary key, sealed bytea, expires_at bigint);
create table messages (id text primary key, conversation_id text, sequence integer, sender text, sealed bytea, status text, created_at bigint, unique (conversation_id, sequence));
create table outbox (seq bigserial primary key, id text unique, conversation_id text, channel text, sealed bytea, state text, run_at bigint);
create table request_log (id text primary key, conversation_id text, hour bigint, channel text, topics text, answers text);
create table contact_counts (contact_id text, day integer, messages integer, primary key (contact_id, day));`;

const STATEMENTS = {
  begin: 'begin',
  contact: 'insert into contacts values ($1, $2)',
  address: 'insert into addresses values ($1, $2, $3, $4, $5)',
  conversation: 'insert into conversations values ($1, $2, $3, $4, $5, $6, $7)',
  inbox: 'insert into inbox (channel, external_id, conversation_id, sealed, state) values ($1, $2, $3, $4, $5)',
  message: 'insert into messages values ($1, $2, $3, $4, $5, $6, $7)',
  session: 'insert into sessions values ($1, $2, $3)',
  outbox: 'insert into outbox (id, conversation_id, channel, sealed, state, run_at) values ($1, $2, $3, $4, $5, $6)',
  log: 'insert into request_log values ($1, $2, $3, $4, $5, $6)',
  count: 'insert into contact_counts values ($1, $2, $3)',
  answered: `update inbox set state = 'done', sealed = null where channel = $1 and external_id = $2`,
  commit: 'commit',
};

/**
 * Turns a second of the raw program: a new person, one message in, one out, as this product stores them.
 * @param url of an empty database.
 */
export async function benchRawPostgres(url: string): Promise<Figure> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, pipeline: true } as pg.PoolConfig);
  await pool.query(TABLES);
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()));
  const started = performance.now();
  const counts = await Promise.all(
    clients.map(async (client) => {
      let turns = 0;
      for (; performance.now() - started < SECONDS * 1000; turns++) await turn(client);
      return turns;
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const client of clients) client.release();
  await pool.end();
  return {
    name: 'raw_postgres_commits',
    value: counts.reduce((sum, turns) => sum + turns, 0) / seconds,
    unit: 'turns/s',
    connections: CONNECTIONS,
  };
}

const newId = (): string => randomBytes(16).toString('base64url');

async function turn(client: pg.PoolClient): Promise<void> {
  const [contact, conversation, line, external] = [newId(), newId(), newId(), newId()];
  const now = Date.now();
  const run = (name: keyof typeof STATEMENTS, ...values: unknown[]): Promise<unknown> =>
    client.query({ name, text: STATEMENTS[name], values });
  await Promise.all([
    run('begin'),
    run('contact', contact, now),
    run('address', newId(), contact, 'phone', randomBytes(60), now),
    run('conversation', conversation, contact, 'sms', 'flow', 0, 'es', now),
    run('inbox', 'sms', external, conversation, randomBytes(300), 'pending'),
    run('message', newId(), conversation, 1, 'person', randomBytes(60), null, now),
    run('session', conversation, randomBytes(900), now),
    run('message', line, conversation, 2, 'service', randomBytes(400), 'queued', now),
    run('outbox', line, conversation, 'sms', randomBytes(500), 'queued', now),
    run('log', newId(), conversation, now, 'sms', '[]', '[]'),
    run('count', contact, 1, 1),
    run('answered', 'sms', external),
    run('commit'),
  ]);
}

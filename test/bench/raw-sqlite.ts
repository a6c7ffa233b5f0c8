// A raw program that writes the rows of one turn with prepared statements, one FULL commit a turn: what SQLite itself allows.
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Figure } from './run.ts';

const TABLES = `
create table contacts (id text primary key, created_at integer);
create table addresses (hash text primary key, contact_id text, kind text, sealed blob, created_at integer);
create table conversations (id text primary key, contact_id text, channel text, owner text, epoch integer, language text, created_at integer);
create table inbox (id integer primary key, channel text, external_id text, conversation_id text, sealed blob, state text, unique (channel, external_id));
create table sessions (conversation_id text primary key, sealed blob, expires_at integer);
create table messages (id text primary key, conversation_id text, sequence integer, sender text, sealed blob, status text, created_at integer, unique (conversation_id, sequence));
create table outbox (seq integer primary key, id text unique, conversation_id text, channel text, sealed blob, state text, run_at integer);
create table request_log (id text primary key, conversation_id text, hour integer, channel text, topics text, answers text);
create table contact_counts (contact_id text, day integer, messages integer, primary key (contact_id, day));`;

/** Turns a second of the raw program: a new person, one message in, one out, as this product stores them. */
export function benchRawSqlite(folder: string): Figure {
  const db = new Database(path.join(folder, 'raw.db'));
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  db.exec(TABLES);
  const on = (sql: string) => db.prepare(sql);
  const statements = {
    contact: on('insert into contacts values (?, ?)'),
    address: on('insert into addresses values (?, ?, ?, ?, ?)'),
    conversation: on('insert into conversations values (?, ?, ?, ?, ?, ?, ?)'),
    inbox: on('insert into inbox (channel, external_id, conversation_id, sealed, state) values (?, ?, ?, ?, ?)'),
    answered: on("update inbox set state = 'done', sealed = null where id = ?"),
    session: on('insert into sessions values (?, ?, ?)'),
    message: on('insert into messages values (?, ?, ?, ?, ?, ?, ?)'),
    outbox: on('insert into outbox (id, conversation_id, channel, sealed, state, run_at) values (?, ?, ?, ?, ?, ?)'),
    log: on('insert into request_log values (?, ?, ?, ?, ?, ?)'),
    count: on('insert into contact_counts values (?, ?, ?)'),
  };
  const id = (): string => randomBytes(16).toString('base64url');
  const turn = db.transaction(() => {
    const [contact, conversation, line] = [id(), id(), id()];
    const now = Date.now();
    statements.contact.run(contact, now);
    statements.address.run(id(), contact, 'phone', randomBytes(60), now);
    statements.conversation.run(conversation, contact, 'sms', 'flow', 0, 'es', now);
    const { lastInsertRowid } = statements.inbox.run('sms', id(), conversation, randomBytes(300), 'pending');
    statements.message.run(id(), conversation, 1, 'person', randomBytes(60), null, now);
    statements.session.run(conversation, randomBytes(900), now);
    statements.message.run(line, conversation, 2, 'service', randomBytes(400), 'queued', now);
    statements.outbox.run(line, conversation, 'sms', randomBytes(500), 'queued', now);
    statements.log.run(id(), conversation, now, 'sms', '[]', '[]');
    statements.count.run(contact, 1, 1);
    statements.answered.run(lastInsertRowid);
  });
  const started = performance.now();
  let turns = 0;
  while (performance.now() - started < 4000) {
    turn();
    turns += 1;
  }
  db.close();
  return { name: 'raw_sqlite_full_commits', value: (turns * 1000) / (performance.now() - started), unit: 'turns/s' };
}

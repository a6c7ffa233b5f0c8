// The first tables: contacts, conversations, inbox, messages, outbox, timers, request log, cases, complaints, releases.
// Run by src/store/migrations.ts on SQLite and PostgreSQL alike; once released it is never edited, only followed by another.
import { SqliteAdapter, sql, type Kysely, type SchemaModule } from 'kysely';

/** Creates the tables in one transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const sqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const types: ColumnTypes = {
    counter: sqlite ? sql`integer` : sql`bigserial`,
    bytes: sqlite ? sql`blob` : sql`bytea`,
    time: sql`bigint`,
  };
  await createPeople(db.schema, types);
  await createQueues(db.schema, types);
  await createDesk(db.schema, types);
  await createContent(db.schema, types);
  await createIndexes(db);
}

type Type = ReturnType<typeof sql>;
interface ColumnTypes {
  /** Grows by one a row; ids are never used again. */
  counter: Type;
  bytes: Type;
  time: Type;
}

async function createPeople(schema: SchemaModule, { bytes, time }: ColumnTypes): Promise<void> {
  await schema
    .createTable('contacts')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .execute();
  await schema
    .createTable('addresses')
    .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull().references('contacts.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes)
    .addColumn('created_at', time, (c) => c.notNull())
    .execute();
  await schema
    .createTable('conversations')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull().references('contacts.id'))
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('assignee', 'text')
    .addColumn('epoch', 'integer', (c) => c.notNull())
    .addColumn('language', 'text')
    .addColumn('keeping', 'text', (c) => c.notNull())
    .addColumn('private', 'integer', (c) => c.notNull())
    .addColumn('private_at', time)
    .addColumn('reply_hash', 'text', (c) => c.notNull())
    .addColumn('last_inbound_at', time)
    .addColumn('last_sequence', 'integer', (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .addUniqueConstraint('conversations_contact_channel', ['contact_id', 'channel'])
    .execute();
  await schema
    .createTable('sessions')
    .addColumn('conversation_id', 'text', (c) => c.primaryKey().notNull().references('conversations.id'))
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('expires_at', time, (c) => c.notNull())
    .execute();
  await schema
    .createTable('messages')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull().references('conversations.id'))
    .addColumn('sequence', 'integer', (c) => c.notNull())
    .addColumn('sender', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('status', 'text')
    .addColumn('status_rank', 'integer', (c) => c.notNull())
    .addColumn('error_code', 'text')
    .addColumn('provider_ref', 'text')
    .addColumn('created_at', time, (c) => c.notNull())
    .addUniqueConstraint('messages_conversation_sequence', ['conversation_id', 'sequence'])
    .execute();
}

async function createQueues(schema: SchemaModule, { counter, bytes, time }: ColumnTypes): Promise<void> {
  await schema
    .createTable('inbox')
    .addColumn('id', counter, (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('external_id', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text', (c) => c.references('contacts.id'))
    .addColumn('conversation_id', 'text', (c) => c.references('conversations.id'))
    .addColumn('sealed', bytes)
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('run_at', time, (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .addUniqueConstraint('inbox_channel_external_id', ['channel', 'external_id'])
    .execute();
  await schema
    .createTable('outbox')
    .addColumn('seq', counter, (c) => c.primaryKey())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('epoch', 'integer', (c) => c.notNull())
    .addColumn('emergency', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('run_at', time, (c) => c.notNull())
    .addColumn('lease_until', time, (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('to_sealed', bytes)
    .addColumn('created_at', time, (c) => c.notNull())
    .execute();
  await schema
    .createTable('timers')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull().references('conversations.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('epoch', 'integer', (c) => c.notNull())
    .addColumn('token', 'integer', (c) => c.notNull())
    .addColumn('due_at', time, (c) => c.notNull())
    .addColumn('sealed', bytes)
    .execute();
  await schema
    .createTable('contact_counts')
    .addColumn('contact_id', 'text', (c) => c.notNull())
    .addColumn('day', 'integer', (c) => c.notNull())
    .addColumn('messages', 'integer', (c) => c.notNull())
    .addColumn('segments', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('contact_counts_key', ['contact_id', 'day'])
    .execute();
  await schema
    .createTable('channel_counts')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('day', 'integer', (c) => c.notNull())
    .addColumn('slot', 'integer', (c) => c.notNull())
    .addColumn('messages', 'integer', (c) => c.notNull())
    .addColumn('segments', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('channel_counts_key', ['channel', 'day', 'slot'])
    .execute();
}

async function createDesk(schema: SchemaModule, { bytes, time }: ColumnTypes): Promise<void> {
  await schema
    .createTable('cases')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('topic', 'text')
    .addColumn('language', 'text')
    .addColumn('priority', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('private', 'integer', (c) => c.notNull())
    .addColumn('assignee', 'text')
    .addColumn('sealed', bytes)
    .addColumn('opened_at', time, (c) => c.notNull())
    .addColumn('claimed_at', time)
    .addColumn('closed_at', time)
    .addColumn('thread_ref', 'text')
    .addColumn('callback', 'integer', (c) => c.notNull())
    .addColumn('relayed_sequence', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('shown_version', 'integer', (c) => c.notNull())
    .execute();
  await schema
    .createTable('complaints')
    .addColumn('number', 'text', (c) => c.primaryKey().notNull())
    .addColumn('contact_id', 'text')
    .addColumn('conversation_id', 'text')
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes)
    .addColumn('wants_contact', 'integer', (c) => c.notNull())
    .addColumn('private', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .addColumn('due_at', time, (c) => c.notNull())
    .addColumn('closed_at', time)
    .execute();
  await schema
    .createTable('request_log')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('conversation_id', 'text')
    .addColumn('current', 'integer', (c) => c.notNull())
    .addColumn('hour', time, (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('language', 'text')
    .addColumn('locality', 'text')
    .addColumn('topics', 'text', (c) => c.notNull())
    .addColumn('stage', 'text')
    .addColumn('caller_type', 'text')
    .addColumn('flow', 'text')
    .addColumn('release', 'integer', (c) => c.notNull())
    .addColumn('answers', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text')
    .addColumn('barrier', 'text')
    .addColumn('seconds_to_person', 'integer')
    .addColumn('helpful', 'integer')
    .addColumn('rating', 'integer')
    .addColumn('gender', 'text')
    .addColumn('age_band', 'text')
    .addColumn('disability', 'integer')
    .addColumn('sensitive', 'integer', (c) => c.notNull())
    .addColumn('pseudonym', 'text')
    .execute();
  await schema
    .createTable('consents')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('given', 'integer', (c) => c.notNull())
    .addColumn('text_key', 'text', (c) => c.notNull())
    .addColumn('release', 'integer', (c) => c.notNull())
    .addColumn('language', 'text')
    .addColumn('at', time, (c) => c.notNull())
    .execute();
}

async function createContent(schema: SchemaModule, { counter, time }: ColumnTypes): Promise<void> {
  await schema
    .createTable('releases')
    .addColumn('number', 'integer', (c) => c.primaryKey().notNull())
    .addColumn('archive', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('demonstration', 'integer', (c) => c.notNull())
    .addColumn('published_at', time, (c) => c.notNull())
    .execute();
  await schema
    .createTable('provider_copies')
    .addColumn('id', counter, (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('provider_ref', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('run_at', time, (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .execute();
  await schema
    .createTable('meta')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}

/** Partial indexes keep the queues small; their conditions must stand as literals in the queries, or SQLite ignores them. */
async function createIndexes(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create index addresses_contact on addresses (contact_id)`,
    sql`create index conversations_short on conversations (id) where keeping = 'session' or private_at is not null`,
    sql`create index sessions_expiry on sessions (expires_at)`,
    sql`create index messages_created on messages (created_at)`,
    sql`create index messages_provider_ref on messages (provider_ref) where provider_ref is not null`,
    sql`create index inbox_pending on inbox (id) where state = 'pending'`,
    sql`create index inbox_pending_conversation on inbox (conversation_id, id) where state = 'pending'`,
    sql`create index outbox_order on outbox (channel, emergency desc, seq)`,
    sql`create index outbox_conversation on outbox (conversation_id, seq)`,
    sql`create index timers_due on timers (due_at)`,
    sql`create index timers_conversation on timers (conversation_id, kind)`,
    sql`create index request_log_conversation on request_log (conversation_id)`,
    sql`create index request_log_hour on request_log (hour)`,
    sql`create unique index cases_open on cases (conversation_id) where status <> 'closed'`,
    sql`create index cases_conversation on cases (conversation_id, opened_at)`,
    sql`create index cases_contact on cases (contact_id)`,
    sql`create index cases_waiting on cases (opened_at) where status = 'waiting'`,
    sql`create index cases_unshown on cases (id) where shown_version <> version`,
    sql`create index cases_thread on cases (thread_ref) where thread_ref is not null`,
    sql`create index complaints_contact on complaints (contact_id) where contact_id is not null`,
    sql`create index consents_contact on consents (contact_id)`,
    sql`create index provider_copies_contact on provider_copies (contact_id) where contact_id is not null`,
    sql`create index provider_copies_erase on provider_copies (run_at) where state = 'erase'`,
    sql`create index provider_copies_created on provider_copies (created_at) where state = 'kept'`,
  ];
  for (const statement of statements) await statement.execute(db);
}

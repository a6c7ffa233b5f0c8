// The desk: staff, organisations, desks and shifts; what a case needs for routing; notes, referrals, media; changes for consoles; audit.
// Expand-only: a program that knows nothing of it opens, claims and closes cases as before.
import { SqliteAdapter, sql, type Kysely, type SchemaModule } from 'kysely';

/** Adds tables and columns. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const sqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  const types: ColumnTypes = {
    sqlite,
    counter: sqlite ? sql`integer` : sql`bigserial`,
    bytes: sqlite ? sql`blob` : sql`bytea`,
    time: sql`bigint`,
  };
  await createStaff(db.schema, types);
  await extendCases(db, types);
  await createCaseParts(db.schema, types);
  await createReferrals(db.schema, types);
  await extendComplaints(db, types);
  await createRecords(db.schema, types);
  await createIndexes(db);
  await createTriggers(db, sqlite);
}

type Type = ReturnType<typeof sql>;
interface ColumnTypes {
  sqlite: boolean;
  /** Grows by one a row; ids are never used again. */
  counter: Type;
  bytes: Type;
  time: Type;
}

async function createStaff(schema: SchemaModule, { bytes, time }: ColumnTypes): Promise<void> {
  await schema
    .createTable('organisations')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('partner', 'integer', (c) => c.notNull())
    .addColumn('active', 'integer', (c) => c.notNull())
    .execute();
  await schema
    .createTable('desks')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('organisation_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('timezone', 'text', (c) => c.notNull())
    .addColumn('hours', 'text', (c) => c.notNull())
    .addColumn('holidays', 'text', (c) => c.notNull())
    .addColumn('minutes_to_answer', 'integer', (c) => c.notNull())
    .addColumn('topics', 'text', (c) => c.notNull())
    .addColumn('localities', 'text', (c) => c.notNull())
    /** 1: cases are given to whoever fits best; else they are offered to them. */
    .addColumn('auto_assign', 'integer')
    .execute();
  await schema
    .createTable('staff')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('alias', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes)
    .addColumn('organisation_id', 'text', (c) => c.notNull())
    .addColumn('desk_ids', 'text', (c) => c.notNull())
    .addColumn('roles', 'text', (c) => c.notNull())
    .addColumn('languages', 'text', (c) => c.notNull())
    .addColumn('topics', 'text', (c) => c.notNull())
    .addColumn('gender', 'text')
    .addColumn('capacity', 'integer', (c) => c.notNull())
    .addColumn('slack_user', 'text', (c) => c.unique())
    .addColumn('ui_language', 'text')
    .addColumn('active', 'integer', (c) => c.notNull())
    .addColumn('duty', 'integer')
    .addColumn('duty_until', time)
    .addColumn('created_at', time, (c) => c.notNull())
    .execute();
  await schema
    .createTable('invitations')
    .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .addColumn('expires_at', time, (c) => c.notNull())
    .addColumn('used_at', time)
    .execute();
  await schema
    .createTable('shifts')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('desk_id', 'text', (c) => c.notNull())
    .addColumn('byday', 'text', (c) => c.notNull())
    .addColumn('starts_at', 'text', (c) => c.notNull())
    .addColumn('ends_at', 'text', (c) => c.notNull())
    .addColumn('valid_from', 'text')
    .addColumn('valid_to', 'text')
    .execute();
  await schema
    .createTable('api_tokens')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('organisation_id', 'text', (c) => c.notNull())
    .addColumn('scopes', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .addColumn('expires_at', time)
    .addColumn('last_used_at', time)
    .addColumn('revoked_at', time)
    .execute();
}

/** SQLite adds one column a statement. */
async function extendCases({ schema }: Kysely<unknown>, { time }: ColumnTypes): Promise<void> {
  const text = sql`text`;
  const columns: [string, Type][] = [
    ['desk_id', text],
    ['locality', text],
    ['gender_wanted', text],
    ['callback_at', time],
    /** When the person began to wait for people's answer. */
    ['waiting_since', time],
    ['due_at', time],
    /** What the person was told or how far a case was passed on: 0 own desk, 1 wider skills, 2 duty officer. */
    ['escalation', sql`integer`],
    /** Whom a transfer waits for, before anybody else. */
    ['offered_to', text],
    ['outcome', text],
    ['closed_by', text],
    /** When it joined the line; null while it waits for the opening. */
    ['queued_at', time],
    /** What the person writes in, as far as it shows, where the hotline does not have it. */
    ['spoken', text],
  ];
  for (const [name, type] of columns) await schema.alterTable('cases').addColumn(name, type).execute();
  // 1: of a complaint, and no part of a case.
  await schema
    .alterTable('messages')
    .addColumn('aside', sql`integer`)
    .execute();
}

async function createCaseParts(schema: SchemaModule, { bytes, time, counter, sqlite }: ColumnTypes): Promise<void> {
  await schema
    .createTable('case_assignments')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text', (c) => c.notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('from_at', time, (c) => c.notNull())
    .addColumn('joined_at', time)
    .addColumn('until_at', time)
    .execute();
  await schema
    .createTable('case_notes')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('mentions', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    // When the staff surface showed it.
    .addColumn('told_at', time)
    .execute();
  await schema
    .createTable('case_events')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('staff_id', 'text')
    .addColumn('to_ref', 'text')
    .addColumn('at', time, (c) => c.notNull())
    .addColumn('told_at', time)
    .execute();
  // Who of the staff wrote a message, and replies that are kept until the person writes.
  await schema
    .createTable('staff_messages')
    .addColumn('message_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('how', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes)
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .execute();
  await schema
    .createTable('message_media')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text')
    .addColumn('contact_id', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('content_type', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes)
    .addColumn('gone_at', time)
    .addColumn('created_at', time, (c) => c.notNull())
    .execute();
  // What a staff surface has brought already, so that its retries change nothing; and who has its home page open.
  await schema
    .createTable('surface_events')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('at', time, (c) => c.notNull())
    .execute();
  // What consoles must hear of, in the order of commits: `tx` is the transaction's number on PostgreSQL and 0 on SQLite.
  await schema
    .createTable('desk_changes')
    // SQLite alone would use the number of a removed row again, and a console that has seen it would miss the new one.
    .addColumn('seq', counter, (c) => (sqlite ? c.primaryKey().autoIncrement() : c.primaryKey()))
    .addColumn('tx', sql`bigint`, (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text')
    .addColumn('at', time, (c) => c.notNull())
    .execute();
}

async function createReferrals(schema: SchemaModule, { bytes, time }: ColumnTypes): Promise<void> {
  await schema
    .createTable('referrals')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('number', 'text', (c) => c.notNull().unique())
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text')
    .addColumn('from_organisation_id', 'text', (c) => c.notNull())
    .addColumn('from_desk_id', 'text')
    .addColumn('to_organisation_id', 'text', (c) => c.notNull())
    .addColumn('service', 'text')
    .addColumn('services', 'text', (c) => c.notNull())
    /** JSON array of the disclosed items, sorted: what consent is compared with. */
    .addColumn('items', 'text', (c) => c.notNull())
    .addColumn('priority', 'text', (c) => c.notNull())
    .addColumn('private', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes)
    .addColumn('outcome', 'text')
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .addColumn('sent_at', time)
    .addColumn('received_at', time)
    .addColumn('answered_at', time)
    .addColumn('due_at', time)
    .addColumn('reminded_at', time)
    .addColumn('closed_at', time)
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
  await schema
    .createTable('referral_consents')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('referral_id', 'text', (c) => c.notNull())
    .addColumn('contact_id', 'text')
    .addColumn('organisation_id', 'text', (c) => c.notNull())
    .addColumn('items', 'text', (c) => c.notNull())
    .addColumn('given', 'integer')
    .addColumn('text_key', 'text', (c) => c.notNull())
    .addColumn('release', 'integer', (c) => c.notNull())
    .addColumn('language', 'text')
    .addColumn('asked_at', time, (c) => c.notNull())
    .addColumn('answered_at', time)
    .addColumn('withdrawn_at', time)
    .execute();
}

async function extendComplaints({ schema }: Kysely<unknown>, { time, bytes }: ColumnTypes): Promise<void> {
  const columns: [string, Type][] = [
    ['sensitive', sql`integer`],
    ['handler', sql`text`],
    ['acknowledged_at', time],
    ['answered_at', time],
    ['action', sql`text`],
    ['closing_sealed', bytes],
    ['satisfied', sql`integer`],
    ['reopened', sql`integer`],
    ['reminded_at', time],
    // JSON array of staff who have had a case of the person: written when their cases or the person go.
    ['conflicts', sql`text`],
  ];
  for (const [name, type] of columns) await schema.alterTable('complaints').addColumn(name, type).execute();
  await schema
    .createTable('complaint_notes')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('sealed', bytes, (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .execute();
}

async function createRecords(schema: SchemaModule, { time }: ColumnTypes): Promise<void> {
  await schema
    .createTable('audit')
    .addColumn('seq', sql`bigint`, (c) => c.primaryKey().notNull())
    .addColumn('at', time, (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('target', 'text')
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('previous', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute();
}

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create index staff_organisation on staff (organisation_id)`,
    sql`create index invitations_staff on invitations (staff_id)`,
    sql`create index shifts_staff on shifts (staff_id)`,
    sql`create index shifts_desk on shifts (desk_id)`,
    sql`create index cases_assignee on cases (assignee, opened_at) where status = 'claimed'`,
    // In the order of the inbox: the expressions stand so in src/store/case-list.ts.
    sql`create index cases_inbox on cases (
      (case priority when 'emergency' then 0 when 'urgent' then 1 else 2 end), (coalesce(waiting_since, opened_at)), id
    ) where status <> 'closed'`,
    // Everything that the counts beside the inbox need, so that they read no case itself.
    sql`create index cases_counts on cases (
      desk_id, status, private, assignee, offered_to, due_at, conversation_id
    ) where status <> 'closed'`,
    sql`create index cases_desk_open on cases (desk_id, opened_at) where status <> 'closed'`,
    sql`create index cases_first_claim on cases (claimed_at) where claimed_at is not null`,
    sql`create index case_assignments_case on case_assignments (case_id)`,
    sql`create index case_assignments_contact on case_assignments (contact_id, staff_id)`,
    sql`create index case_assignments_staff on case_assignments (staff_id) where until_at is null`,
    sql`create index case_notes_case on case_notes (case_id)`,
    sql`create index case_events_case on case_events (case_id)`,
    sql`create index case_notes_untold on case_notes (case_id) where told_at is null`,
    sql`create index case_events_untold on case_events (case_id) where told_at is null`,
    sql`create index surface_events_at on surface_events (at)`,
    sql`create index staff_messages_case on staff_messages (case_id)`,
    sql`create index message_media_message on message_media (message_id)`,
    sql`create index message_media_conversation on message_media (conversation_id)`,
    sql`create index message_media_contact on message_media (contact_id)`,
    sql`create index desk_changes_order on desk_changes (tx, seq)`,
    sql`create index referrals_case on referrals (case_id)`,
    sql`create index referrals_contact on referrals (contact_id) where contact_id is not null`,
    sql`create index referrals_to on referrals (to_organisation_id, created_at)`,
    sql`create index referrals_due on referrals (due_at) where closed_at is null`,
    sql`create index referral_consents_referral on referral_consents (referral_id)`,
    sql`create index complaint_notes_number on complaint_notes (number)`,
    sql`create index complaints_due on complaints (due_at) where closed_at is null`,
    sql`create index audit_actor on audit (actor, seq)`,
    sql`create index audit_target on audit (target, seq)`,
  ];
  for (const statement of statements) await statement.execute(db);
}

/** States in which a referral has left the house. */
const SENT = `('sent', 'received', 'accepted', 'declined', 'service_given', 'service_not_given')`;
const CONSENTED = `exists (
  select 1 from referral_consents c
  where c.referral_id = new.id and c.given = 1 and c.withdrawn_at is null
    and c.items = new.items and c.organisation_id = new.to_organisation_id)`;

/** Whatever the program does: nothing is sent without consent for exactly these items and this organisation. */
async function createTriggers(db: Kysely<unknown>, sqlite: boolean): Promise<void> {
  const refusal = 'a referral cannot be sent without consent for exactly its items and its organisation';
  const statements = sqlite
    ? ['insert', 'update'].map(
        (event) =>
          `create trigger referrals_consent_${event} before ${event} on referrals
           when new.state in ${SENT} and not ${CONSENTED}
           begin select raise(abort, '${refusal}'); end`,
      )
    : [
        `create or replace function referral_needs_consent() returns trigger language plpgsql as $$
         begin
           if new.state in ${SENT} and not ${CONSENTED} then raise exception '${refusal}'; end if;
           return new;
         end $$`,
        `create trigger referrals_consent before insert or update on referrals
         for each row execute function referral_needs_consent()`,
      ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

// Indexes by which the purge, an erasure and the claim of messages find what they want without going through the rest.
// Expand-only: indexes are nothing that a program must know of, and the one that goes has its like in another.
import { sql, type Kysely } from 'kysely';

/** Adds the indexes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create index cases_closed on cases (closed_at) where status = 'closed'`,
    sql`create index complaints_closed on complaints (closed_at) where state = 'closed'`,
    sql`create index consents_at on consents (at)`,
    sql`create index contact_counts_day on contact_counts (day)`,
    // Rows that are finished name neither. Without these, deleting a contact or a conversation looks through the whole inbox.
    sql`create index inbox_contact on inbox (contact_id) where contact_id is not null`,
    sql`create index inbox_conversation on inbox (conversation_id, id) where conversation_id is not null`,
    sql`drop index inbox_pending_conversation`,
  ];
  for (const statement of statements) await statement.execute(db);
}

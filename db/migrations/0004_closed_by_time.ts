// Indexes by which the purge finds what is due without going through everything that is kept.
// Expand-only: indexes are nothing that a program must know of.
import { sql, type Kysely } from 'kysely';

/** Adds the indexes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create index cases_closed on cases (closed_at) where status = 'closed'`,
    sql`create index complaints_closed on complaints (closed_at) where state = 'closed'`,
    sql`create index consents_at on consents (at)`,
    sql`create index contact_counts_day on contact_counts (day)`,
  ];
  for (const statement of statements) await statement.execute(db);
}

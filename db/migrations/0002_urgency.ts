// Emergency words first: how urgent a waiting message is, and indexes to take the urgent ones, and each channel's share.
// Expand-only: a program that knows nothing of it writes ordinary messages and reads as before.
import { sql, type Kysely } from 'kysely';

/** Adds the column and its indexes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('inbox')
    .addColumn('urgent', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  const statements = [
    sql`create index inbox_pending_urgent on inbox (id) where state = 'pending' and urgent > 0`,
    sql`create index inbox_pending_channel on inbox (channel, id, created_at) where state = 'pending'`,
  ];
  for (const statement of statements) await statement.execute(db);
}

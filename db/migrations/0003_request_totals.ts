// Totals of the request log by month: what remains of episodes whose own retention is over.
// Expand-only: a program that knows nothing of it goes on as before.
import { sql, type Kysely } from 'kysely';

/** Adds the table. `*` stands for groups that were too small to be named. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('request_totals')
    .addColumn('month', 'text', (c) => c.notNull())
    .addColumn('topic', 'text', (c) => c.notNull())
    .addColumn('locality', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('episodes', sql`bigint`, (c) => c.notNull())
    .addPrimaryKeyConstraint('request_totals_key', ['month', 'topic', 'locality', 'language', 'outcome'])
    .execute();
}

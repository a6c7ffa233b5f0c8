// Keyed hashes of addresses that were erased a short while ago, so that a provider's list does not bring their people back.
// Expand-only: a program that knows nothing of it goes on as before.
import { sql, type Kysely } from 'kysely';

/** Adds the table: a hash, and when its person was erased. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('erased_addresses')
    .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('at', sql`bigint`, (c) => c.notNull())
    .execute();
}

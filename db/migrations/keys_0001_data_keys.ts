// The key store's tables: wrapped data keys, and the list of erasures that `restore` repeats.
// Run by src/store/migrations.ts on the key database, which lives outside the main database and its backups.
import { SqliteAdapter, sql, type Kysely } from 'kysely';

/** Creates the tables in one transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof SqliteAdapter ? sql`blob` : sql`bytea`;
  await db.schema
    .createTable('data_keys')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('owner', 'text', (c) => c.notNull())
    .addColumn('class', 'text', (c) => c.notNull())
    .addColumn('period', 'integer', (c) => c.notNull())
    .addColumn('secret_version', 'integer', (c) => c.notNull())
    .addColumn('wrapped', bytes, (c) => c.notNull())
    .addColumn('created_at', sql`bigint`, (c) => c.notNull())
    .addUniqueConstraint('data_keys_owner', ['owner', 'class', 'period'])
    .execute();
  await db.schema.createIndex('data_keys_period').on('data_keys').columns(['class', 'period']).execute();
  await db.schema
    .createTable('erasures')
    .addColumn('contact_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('owners', 'text', (c) => c.notNull())
    .addColumn('done', 'integer', (c) => c.notNull())
    .addColumn('at', sql`bigint`, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('key_meta')
    .addColumn('name', 'text', (c) => c.primaryKey().notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
}

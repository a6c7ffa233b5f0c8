// Accounts of staff: what better-auth keeps of them, and how often somebody tried to sign in.
// Times are ISO text and truths are 0 or 1 on both databases, as better-auth writes them on SQLite: a backup of one can be read
// into the other. `email` is a keyed hash, `token` a hash; secrets and codes are encrypted.
import { sql, type CreateTableBuilder, type Kysely } from 'kysely';

/** Adds tables. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const id = (table: string): Table => db.schema.createTable(table).addColumn('id', 'text', (c) => c.primaryKey().notNull());
  await createUsers(id);
  await createFactors(id);
  await db.schema
    .createTable('staff_attempts')
    .addColumn('key', 'text', (c) => c.primaryKey().notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('since', sql`bigint`, (c) => c.notNull())
    .execute();
  for (const statement of [
    sql`create index staff_auth_sessions_user on staff_auth_sessions (user_id)`,
    sql`create index staff_auth_passkeys_user on staff_auth_passkeys (user_id)`,
    sql`create index staff_auth_verifications_identifier on staff_auth_verifications (identifier)`,
    sql`create index staff_attempts_since on staff_attempts (since)`,
  ])
    await statement.execute(db);
}

type Table = CreateTableBuilder<string, 'id'>;

async function createUsers(id: (table: string) => Table): Promise<void> {
  await id('staff_auth_users')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('email_verified', 'integer', (c) => c.notNull())
    .addColumn('image', 'text')
    .addColumn('two_factor_enabled', 'integer')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute();
  await id('staff_auth_accounts')
    .addColumn('account_id', 'text', (c) => c.notNull())
    .addColumn('provider_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull().unique())
    .addColumn('access_token', 'text')
    .addColumn('refresh_token', 'text')
    .addColumn('id_token', 'text')
    .addColumn('access_token_expires_at', 'text')
    .addColumn('refresh_token_expires_at', 'text')
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute();
  await id('staff_auth_sessions')
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('second_factor', 'integer', (c) => c.notNull())
    .addColumn('ip_address', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute();
}

async function createFactors(id: (table: string) => Table): Promise<void> {
  await id('staff_auth_verifications')
    .addColumn('identifier', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute();
  // `last_step` is ours: the time step of the last code that was taken. A code of that step or before is not taken again.
  await id('staff_auth_factors')
    .addColumn('user_id', 'text', (c) => c.notNull().unique())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('backup_codes', 'text', (c) => c.notNull())
    .addColumn('verified', 'integer')
    .addColumn('failed_verification_count', 'integer')
    .addColumn('locked_until', 'text')
    .addColumn('last_step', sql`bigint`)
    .execute();
  await id('staff_auth_passkeys')
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text')
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('credential_id', 'text', (c) => c.notNull().unique())
    .addColumn('counter', 'integer', (c) => c.notNull())
    .addColumn('device_type', 'text', (c) => c.notNull())
    .addColumn('backed_up', 'integer', (c) => c.notNull())
    .addColumn('transports', 'text')
    .addColumn('aaguid', 'text')
    .addColumn('created_at', 'text')
    .execute();
}

// Changing content: drafts with their edits, comments and approvals; who published a release and why; which questions found no answer.
// Expand-only: a program that knows nothing of it reads and adds releases as before.
import { sql, type Kysely } from 'kysely';

/** Adds tables and columns. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const time = sql`bigint`;
  for (const column of ['published_by', 'title', 'draft_id']) await db.schema.alterTable('releases').addColumn(column, 'text').execute();
  await db.schema.alterTable('releases').addColumn('rolled_back_to', 'integer').execute();
  await db.schema
    .createTable('drafts')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('base', 'integer', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at', time, (c) => c.notNull())
    .addColumn('updated_at', time, (c) => c.notNull())
    .addColumn('submitted_at', time)
    .addColumn('published_as', 'integer')
    .execute();
  // Every edit is kept: `value` is JSON, null where the entry is taken away or put back as it was (`reverts`). `signs`: a signature, by which
  // nobody becomes an author.
  await db.schema
    .createTable('draft_edits')
    .addColumn('draft_id', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('batch', 'integer', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('value', 'text')
    .addColumn('reverts', 'integer', (c) => c.notNull())
    .addColumn('signs', 'integer', (c) => c.notNull())
    .addColumn('undone', 'integer', (c) => c.notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('at', time, (c) => c.notNull())
    .addPrimaryKeyConstraint('draft_edits_key', ['draft_id', 'revision'])
    .execute();
  await db.schema
    .createTable('draft_comments')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('draft_id', 'text', (c) => c.notNull())
    .addColumn('address', 'text')
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('at', time, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('draft_approvals')
    .addColumn('draft_id', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('staff_id', 'text', (c) => c.notNull())
    .addColumn('at', time, (c) => c.notNull())
    .addPrimaryKeyConstraint('draft_approvals_key', ['draft_id', 'revision', 'language', 'staff_id'])
    .execute();
  await db.schema.alterTable('messages').addColumn('unanswered', 'integer').execute();
  await sql`create index messages_unanswered on messages (created_at, id) where unanswered = 1`.execute(db);
  await sql`create index draft_comments_draft on draft_comments (draft_id)`.execute(db);
  await sql`create index drafts_state on drafts (state, updated_at)`.execute(db);
}

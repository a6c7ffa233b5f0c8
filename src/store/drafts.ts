// Drafts: changes to content that are not published yet. Each edit of an entry is kept with its author; the newest one counts.
// Called by runtime/content. What an entry is, and who may change it, is not known here.
import type { Json } from '../domain/json.ts';
import type { DraftEditTable, DraftTable } from './draft-schema.ts';
import type { Reader, Tx } from './tx.ts';

export interface DraftRecord {
  id: string;
  title: string;
  state: DraftTable['state'];
  /** The release that it changes. */
  base: number;
  /** Number of the newest edit. */
  revision: number;
  createdBy: string;
  createdAt: number;
  updatedAt: number;
  submittedAt: number | null;
  publishedAs: number | null;
}

/** The newest edit of an entry. */
export interface DraftEdit {
  address: string;
  revision: number;
  batch: number;
  /** Parsed; undefined where the entry is taken away. */
  value: Json | undefined;
  by: string;
  at: number;
}

/** What is written about one entry: a value, nothing (it goes), or `reverts`: as in the base. */
export interface NewEdit {
  address: string;
  value?: Json | undefined;
  reverts?: boolean;
  /** A signature: whoever gives it is no author for it. */
  signs?: boolean;
}

/** Adds an empty draft. */
export async function addDraft(tx: Tx, draft: { id: string; title: string; base: number; by: string; at: number }): Promise<void> {
  const { id, title, base, by, at } = draft;
  await tx.db
    .insertInto('drafts')
    .values({
      id,
      title,
      base,
      state: 'open',
      revision: 0,
      created_by: by,
      created_at: at,
      updated_at: at,
      submitted_at: null,
      published_as: null,
    })
    .execute();
}

/** One draft; `lock` keeps others from changing it until the transaction ends. */
export async function loadDraft(reader: Reader, id: string, options: { lock?: true } = {}): Promise<DraftRecord | null> {
  const row = await reader.db
    .selectFrom('drafts')
    .selectAll()
    .where('id', '=', id)
    .$if(options.lock === true && reader.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  return row ? toDraft(row) : null;
}

/** Open drafts, the last changed first; then up to twenty that ended. */
export async function listDrafts(reader: Reader): Promise<DraftRecord[]> {
  const query = reader.db.selectFrom('drafts').selectAll().orderBy('updated_at', 'desc').orderBy('id');
  const open = await query.where('state', '=', 'open').limit(200).execute();
  const ended = await query.where('state', '!=', 'open').limit(20).execute();
  return [...open, ...ended].map(toDraft);
}

/** Changes fields of a draft. */
export async function updateDraft(
  tx: Tx,
  id: string,
  change: Partial<Pick<DraftRecord, 'title' | 'state' | 'base' | 'submittedAt' | 'publishedAs'>>,
  at: number,
): Promise<void> {
  const { title, state, base, submittedAt, publishedAs } = change;
  await tx.db
    .updateTable('drafts')
    .set({
      updated_at: at,
      ...(title === undefined ? {} : { title }),
      ...(state === undefined ? {} : { state }),
      ...(base === undefined ? {} : { base }),
      ...(submittedAt === undefined ? {} : { submitted_at: submittedAt }),
      ...(publishedAs === undefined ? {} : { published_as: publishedAs }),
    })
    .where('id', '=', id)
    .execute();
}

/** Writes edits that were made together. Lock the draft first. Returns the newest revision. */
export async function addEdits(tx: Tx, draft: DraftRecord, edits: readonly NewEdit[], by: string, at: number): Promise<number> {
  const batch = draft.revision + 1;
  const rows = edits.map((edit, index): DraftEditTable => ({
    draft_id: draft.id,
    revision: draft.revision + index + 1,
    batch,
    address: edit.address,
    value: edit.value === undefined ? null : JSON.stringify(edit.value),
    reverts: edit.reverts === true ? 1 : 0,
    signs: edit.signs === true ? 1 : 0,
    undone: 0,
    staff_id: by,
    at,
  }));
  for (let first = 0; first < rows.length; first += 100)
    await tx.db
      .insertInto('draft_edits')
      .values(rows.slice(first, first + 100))
      .execute();
  const revision = draft.revision + rows.length;
  await tx.db.updateTable('drafts').set({ revision, updated_at: at }).where('id', '=', draft.id).execute();
  return revision;
}

/** The newest edit of every entry that the draft touches; entries that were put back are left out. */
export async function listEdits(reader: Reader, draftId: string): Promise<DraftEdit[]> {
  const rows = await reader.db
    .selectFrom('draft_edits')
    .selectAll()
    .where('draft_id', '=', draftId)
    .where('undone', '=', 0)
    .orderBy('revision')
    .execute();
  const newest = new Map<string, DraftEditTable>();
  for (const row of rows) newest.set(row.address, row);
  return [...newest.values()].filter(({ reverts }) => reverts === 0).map(toEdit);
}

/** Revisions of the newest edit by entry, put back or not: what somebody who read an entry has seen of it. */
export async function listRevisions(
  reader: Reader,
  draftId: string,
  addresses: readonly string[],
): Promise<Map<string, { revision: number; by: string }>> {
  const rows = await reader.db
    .selectFrom('draft_edits')
    .select(['address', 'revision', 'staff_id'])
    .where('draft_id', '=', draftId)
    .where('undone', '=', 0)
    .where('address', 'in', [...addresses])
    .orderBy('revision')
    .execute();
  return new Map(rows.map(({ address, revision, staff_id: by }) => [address, { revision, by }]));
}

/** Everybody who wrote something in the draft that was not undone. */
export async function listAuthors(reader: Reader, draftId: string): Promise<string[]> {
  const rows = await reader.db
    .selectFrom('draft_edits')
    .select('staff_id')
    .distinct()
    .where('draft_id', '=', draftId)
    .where('undone', '=', 0)
    .where('signs', '=', 0)
    .execute();
  return rows.map(({ staff_id: id }) => id);
}

/** Marks somebody's last batch as undone where nobody has changed its entries since. Returns its addresses; none where there is nothing to undo. */
export async function undoLastBatch(tx: Tx, draft: DraftRecord, by: string, at: number): Promise<string[]> {
  const last = await tx.db
    .selectFrom('draft_edits')
    .select('batch')
    .where('draft_id', '=', draft.id)
    .where('staff_id', '=', by)
    .where('undone', '=', 0)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) return [];
  const edits = await tx.db
    .selectFrom('draft_edits')
    .selectAll()
    .where('draft_id', '=', draft.id)
    .where('batch', '=', last.batch)
    .execute();
  const addresses = edits.map(({ address }) => address);
  const newest = await listRevisions(tx, draft.id, addresses);
  if (edits.some(({ address, revision }) => newest.get(address)?.revision !== revision)) return [];
  await tx.db.updateTable('draft_edits').set({ undone: 1 }).where('draft_id', '=', draft.id).where('batch', '=', last.batch).execute();
  // A new number: whoever approved or read the draft before sees that it has changed.
  await tx.db
    .updateTable('drafts')
    .set({ revision: draft.revision + 1, updated_at: at })
    .where('id', '=', draft.id)
    .execute();
  return addresses;
}

function toDraft(row: DraftTable): DraftRecord {
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    base: row.base,
    revision: row.revision,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    submittedAt: row.submitted_at,
    publishedAs: row.published_as,
  };
}

function toEdit(row: DraftEditTable): DraftEdit {
  const value = row.value === null ? undefined : (JSON.parse(row.value) as Json);
  return { address: row.address, revision: row.revision, batch: row.batch, value, by: row.staff_id, at: row.at };
}

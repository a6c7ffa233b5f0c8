// What others say about a draft: comments and approvals. An approval names the revision that was seen. Called by runtime/content.
import type { Reader, Tx } from './tx.ts';

export interface DraftComment {
  id: string;
  address: string | null;
  text: string;
  by: string;
  at: number;
}

export interface DraftApproval {
  revision: number;
  /** The community's sign-off of a language; null for the whole. */
  language: string | null;
  by: string;
  at: number;
}

/** Adds a comment; the same id again adds nothing. */
export async function addDraftComment(tx: Tx, draftId: string, comment: DraftComment): Promise<void> {
  const { id, address, text, by, at } = comment;
  await tx.db
    .insertInto('draft_comments')
    .values({ id, draft_id: draftId, address, text, staff_id: by, at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Comments on a draft, oldest first. */
export async function listDraftComments(reader: Reader, draftId: string): Promise<DraftComment[]> {
  const rows = await reader.db
    .selectFrom('draft_comments')
    .selectAll()
    .where('draft_id', '=', draftId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, address, text, staff_id: by, at }) => ({ id, address, text, by, at }));
}

/** Notes an approval; the same again changes nothing. */
export async function addDraftApproval(tx: Tx, draftId: string, { revision, language, by, at }: DraftApproval): Promise<void> {
  await tx.db
    .insertInto('draft_approvals')
    .values({ draft_id: draftId, revision, language: language ?? '', staff_id: by, at })
    .onConflict((conflict) => conflict.columns(['draft_id', 'revision', 'language', 'staff_id']).doNothing())
    .execute();
}

/** Approvals of all revisions, oldest first. */
export async function listDraftApprovals(reader: Reader, draftId: string): Promise<DraftApproval[]> {
  const rows = await reader.db.selectFrom('draft_approvals').selectAll().where('draft_id', '=', draftId).orderBy('at').execute();
  return rows.map(({ revision, language, staff_id: by, at }) => ({ revision, language: language === '' ? null : language, by, at }));
}

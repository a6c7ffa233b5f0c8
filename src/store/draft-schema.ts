// The tables of drafts, as Kysely sees them; see schema.ts for the conventions. Content, and what editors say about it: nothing of people.

export interface DraftTable {
  id: string;
  title: string;
  state: 'open' | 'published' | 'discarded';
  base: number;
  /** Number of the newest edit. */
  revision: number;
  created_by: string;
  created_at: number;
  updated_at: number;
  submitted_at: number | null;
  published_as: number | null;
}

/** One edit of one entry; those that were made together share a batch. */
export interface DraftEditTable {
  draft_id: string;
  revision: number;
  batch: number;
  address: string;
  /** JSON; null where the entry is taken away. */
  value: string | null;
  /** 1 where the entry was put back as it stands in the base. */
  reverts: number;
  /** 1 where it is somebody's signature under what others wrote. */
  signs: number;
  undone: number;
  staff_id: string;
  at: number;
}

export interface DraftCommentTable {
  id: string;
  draft_id: string;
  address: string | null;
  text: string;
  staff_id: string;
  at: number;
}

/** `language` is empty for an approval of the whole. */
export interface DraftApprovalTable {
  draft_id: string;
  revision: number;
  language: string;
  staff_id: string;
  at: number;
}

// Releases: immutable, numbered snapshots of flows, texts and answers, as one packed text each (content/release-archive.ts).
// Called by runtime/releases.ts and runtime/content.
import type { Reader, Tx } from './tx.ts';

/** A release without its content. */
export interface ReleaseRecord {
  number: number;
  /** Hash of the files that it was made from. */
  hash: string;
  demonstration: boolean;
  publishedAt: number;
  /** Staff id; null for the first release and for a command. */
  publishedBy: string | null;
  title: string | null;
  draftId: string | null;
  /** The release whose content was put back. */
  rolledBackTo: number | null;
}

export interface StoredRelease extends ReleaseRecord {
  archive: string;
}

/** A release to add; what nobody says stays unknown. */
export type NewRelease = Omit<StoredRelease, 'publishedBy' | 'title' | 'draftId' | 'rolledBackTo'> &
  Partial<Pick<StoredRelease, 'publishedBy' | 'title' | 'draftId' | 'rolledBackTo'>>;

/**
 * Adds a release.
 * @throws AppError store.conflict when the number is taken.
 */
export async function addRelease(tx: Tx, release: NewRelease): Promise<void> {
  const {
    number,
    archive,
    hash,
    demonstration,
    publishedAt,
    publishedBy = null,
    title = null,
    draftId = null,
    rolledBackTo = null,
  } = release;
  await tx.db
    .insertInto('releases')
    .values({
      number,
      archive,
      hash,
      demonstration: demonstration ? 1 : 0,
      published_at: publishedAt,
      published_by: publishedBy,
      title,
      draft_id: draftId,
      rolled_back_to: rolledBackTo,
    })
    .execute();
}

/** Number and hash of the newest release, without its archive. */
export async function latestRelease(reader: Reader): Promise<{ number: number; hash: string } | null> {
  const row = await reader.db.selectFrom('releases').select(['number', 'hash']).orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row ?? null;
}

const COLUMNS = ['number', 'hash', 'demonstration', 'published_at', 'published_by', 'title', 'draft_id', 'rolled_back_to'] as const;

/** Releases without their archives, the newest first. */
export async function listReleases(reader: Reader, before: number | undefined, limit: number): Promise<ReleaseRecord[]> {
  const rows = await reader.db
    .selectFrom('releases')
    .select(COLUMNS)
    .$if(before !== undefined, (query) => query.where('number', '<', before ?? 0))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toRecord);
}

/** A release with its archive. */
export async function loadRelease(reader: Reader, number: number): Promise<StoredRelease | null> {
  const row = await reader.db
    .selectFrom('releases')
    .select([...COLUMNS, 'archive'])
    .where('number', '=', number)
    .executeTakeFirst();
  return row ? { ...toRecord(row), archive: row.archive } : null;
}

interface ReleaseRow {
  number: number;
  hash: string;
  demonstration: number;
  published_at: number;
  published_by: string | null;
  title: string | null;
  draft_id: string | null;
  rolled_back_to: number | null;
}

function toRecord(row: ReleaseRow): ReleaseRecord {
  return {
    number: row.number,
    hash: row.hash,
    demonstration: row.demonstration === 1,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
    title: row.title,
    draftId: row.draft_id,
    rolledBackTo: row.rolled_back_to,
  };
}

// Releases: immutable, numbered snapshots of flows, texts and answers, as one JSON text each (content/release-archive.ts).
// Called by runtime/releases.ts.
import type { Reader, Tx } from './tx.ts';

export interface StoredRelease {
  number: number;
  archive: string;
  /** Hash of the files that it was made from. */
  hash: string;
  demonstration: boolean;
  publishedAt: number;
}

/**
 * Adds a release.
 * @throws AppError store.conflict when the number is taken.
 */
export async function addRelease(tx: Tx, release: StoredRelease): Promise<void> {
  const { number, archive, hash, demonstration, publishedAt } = release;
  await tx.db
    .insertInto('releases')
    .values({ number, archive, hash, demonstration: demonstration ? 1 : 0, published_at: publishedAt })
    .execute();
}

/** Number and hash of the newest release, without its archive. */
export async function latestRelease(reader: Reader): Promise<{ number: number; hash: string } | null> {
  const row = await reader.db.selectFrom('releases').select(['number', 'hash']).orderBy('number', 'desc').limit(1).executeTakeFirst();
  return row ?? null;
}

/** A release with its archive. */
export async function loadRelease(reader: Reader, number: number): Promise<StoredRelease | null> {
  const row = await reader.db.selectFrom('releases').selectAll().where('number', '=', number).executeTakeFirst();
  if (!row) return null;
  return {
    number: row.number,
    archive: row.archive,
    hash: row.hash,
    demonstration: row.demonstration === 1,
    publishedAt: row.published_at,
  };
}

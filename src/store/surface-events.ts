// What a staff surface such as Slack has brought: each event and press counts once, whichever node hears it again, and after
// a restart. Also who looks at the surface's home page, so that it can be kept fresh. Holds ids of the surface, no words.
import type { Reader, Tx } from './tx.ts';

/** A surface that was not answered tries again for an hour or so. */
const KEPT_MS = 24 * 3_600_000;
const HOME = 'home:';

/** Notes that something came. False when it had come before. */
export async function noteSurfaceEvent(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx.db
    .insertInto('surface_events')
    .values({ id, at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Forgets what is too old to come again. */
export async function forgetSurfaceEvents(tx: Tx, now: number): Promise<void> {
  await tx.db
    .deleteFrom('surface_events')
    .where('at', '<=', now - KEPT_MS)
    .execute();
}

/** Notes that somebody has opened the home page. */
export async function noteHomeOpened(tx: Tx, member: string, now: number): Promise<void> {
  await tx.db
    .insertInto('surface_events')
    .values({ id: HOME + member, at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ at: now }))
    .execute();
}

/** Who has opened the home page since an instant (ms), the last one first. */
export async function listHomes(reader: Reader, since: number, limit: number): Promise<string[]> {
  const rows = await reader.db
    .selectFrom('surface_events')
    .select('id')
    .where('id', 'like', `${HOME}%`)
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id.slice(HOME.length));
}

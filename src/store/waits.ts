// The line as a person stands in it: how many are before them, and how long others waited lately.
// Called by runtime/desk for what a person is told. Counts only; nobody's case is opened.
import { sql } from 'kysely';
import type { CaseRecord } from './records.ts';
import type { Reader } from './tx.ts';

const WAITING = sql.lit<'waiting'>('waiting');
/** Enough to say what is usual. */
const MOST = 200;
const RANK = { emergency: 0, urgent: 1, normal: 2 } as const;

/** Place in the line of the case's desk, from 1: those that are more urgent, and of the same priority those that came before. */
export async function placeInLine(reader: Reader, one: Pick<CaseRecord, 'id' | 'deskId' | 'priority' | 'queuedAt'>): Promise<number> {
  const { deskId, priority, id } = one;
  const queuedAt = one.queuedAt ?? Number.MAX_SAFE_INTEGER;
  const { count } = await reader.db
    .selectFrom('cases')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', '=', WAITING)
    .where('queued_at', 'is not', null)
    .where(deskId === null ? sql<boolean>`desk_id is null` : sql<boolean>`desk_id = ${deskId}`)
    .where('id', '<>', id)
    .where(({ eb, or, and }) => {
      const rank = eb.case().when('priority', '=', 'emergency').then(0).when('priority', '=', 'urgent').then(1).else(2).end();
      const before = or([eb('queued_at', '<', queuedAt), and([eb('queued_at', '=', queuedAt), eb('id', '<', id)])]);
      return or([eb(rank, '<', RANK[priority]), and([eb(rank, '=', RANK[priority]), before])]);
    })
    .executeTakeFirstOrThrow();
  return count + 1;
}

/** How long cases of a desk and language waited in the line until somebody took them (ms), the newest first. */
export async function recentWaits(
  reader: Reader,
  { deskId, language }: Pick<CaseRecord, 'deskId' | 'language'>,
  since: number,
): Promise<number[]> {
  const rows = await reader.db
    .selectFrom('cases')
    .select(['queued_at', 'claimed_at'])
    .where('claimed_at', '>=', since)
    .where('queued_at', 'is not', null)
    .whereRef('queued_at', '<=', 'claimed_at')
    .where(deskId === null ? sql<boolean>`desk_id is null` : sql<boolean>`desk_id = ${deskId}`)
    .where(language === null ? sql<boolean>`language is null` : sql<boolean>`language = ${language}`)
    .orderBy('claimed_at', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => (row.claimed_at ?? 0) - (row.queued_at ?? 0));
}

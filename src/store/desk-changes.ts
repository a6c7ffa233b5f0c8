// What consoles must hear of: a case, the referrals, the people … have changed. One row a change, kept for a day.
// Whoever changes what staff see notes it in the same transaction; http/api/live/ reads on from a cursor. Holds no words.
//
// 2026-11-21: rows are read in the order (tx, seq), and on PostgreSQL only those whose transaction is older than every one
// that still runs. Numbers alone are not in the order of commits there: a reader that has seen 8 would never see 7, whose
// transaction took longer. SQLite commits one transaction after the other, so `seq` alone says it all and `tx` is 0.
// The price: a write transaction that runs for long, in any database of the same PostgreSQL cluster, holds up everything that
// was noted after it began. http/api/live/held-up.ts tells consoles then every few seconds to load everything again.
import { sql } from 'kysely';
import type { DeskChangeTable } from './desk-schema.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

export type DeskChangeKind = DeskChangeTable['what'];

export interface DeskChange {
  what: DeskChangeKind;
  caseId: string | null;
}

/** Everything up to here was seen. */
export interface DeskCursor {
  tx: number;
  seq: number;
}

/** What came after a cursor. `resync`: it is not known what came, load everything again and go on from `cursor`. */
export interface DeskChanges {
  changes: DeskChange[];
  cursor: DeskCursor;
  resync: boolean;
  /** There is more to read at once. */
  more: boolean;
}

/** Announced after every commit that holds a change. */
export const DESK_CHANGED = 'desk-changes';
const KEPT_MS = 24 * 3_600_000;
const MOST_ROWS = 1000;
const PURGE_ROWS = 5000;
/** On SQLite: among the newest of so many, an older note of the same thing goes, for the new one says it too. */
const NEWEST = 100;
/** Small fact: the last row that was purged. */
const PURGED = 'desk_changes purged';

const THIS_TX = sql<number>`pg_current_xact_id()::text::bigint`;
/** Every transaction before this one is over. */
const SETTLED = sql<number>`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;

interface Note {
  what: DeskChangeKind;
  caseId: string | null;
  at: number;
}

const insert = statement((db, p: Note, dialect) =>
  dialect === 'sqlite'
    ? db.insertInto('desk_changes').values({ tx: 0, what: p.what, case_id: p.caseId, at: p.at })
    : db
        .insertInto('desk_changes')
        .columns(['tx', 'what', 'case_id', 'at'])
        .expression(
          () =>
            sql`select ${THIS_TX}, cast(${p.what} as text), cast(${p.caseId} as text), cast(${p.at} as bigint)
          where not exists (select 1 from desk_changes where tx = ${THIS_TX} and what = cast(${p.what} as text)
            and case_id is not distinct from cast(${p.caseId} as text))` as never,
        ),
);
const dropOlder = statement((db, p: { what: DeskChangeKind; caseId: string | null }) =>
  db
    .deleteFrom('desk_changes')
    .where('seq', '>', (eb) =>
      eb.selectFrom('desk_changes').select(({ fn }) => sql<number>`${fn.max('seq')} - ${sql.lit(NEWEST)}`.as('from')),
    )
    .where('what', '=', p.what)
    .where(sql<boolean>`case_id is ${p.caseId}`),
);

/**
 * Notes that something changed that staff see: consoles are told once the transaction commits.
 * Several notes of the same thing in one transaction are one row.
 * @param caseId the case, for `case`; null for the others.
 */
export async function noteDeskChange(tx: Tx, what: DeskChangeKind, caseId: string | null): Promise<void> {
  if (tx.dialect === 'sqlite') await dropOlder.run(tx, { what, caseId });
  await insert.run(tx, { what, caseId, at: tx.vault.now() });
  tx.announce(DESK_CHANGED);
}

/** Where to read on from: whatever is loaded after this call holds everything before it. */
export async function currentDeskCursor(reader: Reader): Promise<DeskCursor> {
  if (reader.dialect === 'postgres') {
    const { rows } = await sql<{ tx: number }>`select ${SETTLED} as tx`.execute(reader.db);
    return { tx: rows[0]?.tx ?? 0, seq: 0 };
  }
  const newest = await reader.db
    .selectFrom('desk_changes')
    .select(({ fn }) => fn.max<number | null>('seq').as('seq'))
    .executeTakeFirst();
  return { tx: 0, seq: Math.max(newest?.seq ?? 0, (await purgedUpTo(reader)).seq) };
}

/** Reads what came after a cursor, oldest first. A cursor that is too old, or of another database, answers `resync`. */
export async function readDeskChanges(reader: Reader, after: DeskCursor, limit = MOST_ROWS): Promise<DeskChanges> {
  const newest = await currentDeskCursor(reader);
  const purged = await purgedUpTo(reader);
  if (isBefore(after, purged) || isBefore(newest, { ...after, seq: reader.dialect === 'postgres' ? 0 : after.seq }))
    return { changes: [], cursor: newest, resync: true, more: false };
  const rows = await reader.db
    .selectFrom('desk_changes')
    .select(['tx', 'seq', 'what', 'case_id'])
    .where(sql<boolean>`(tx, seq) > (${after.tx}, ${after.seq})`)
    .$if(reader.dialect === 'postgres', (query) => query.where('tx', '<', SETTLED))
    .orderBy('tx')
    .orderBy('seq')
    .limit(limit)
    .execute();
  const last = rows.at(-1);
  return {
    changes: rows.map((row) => ({ what: row.what, caseId: row.case_id })),
    cursor: last ? { tx: last.tx, seq: last.seq } : after,
    resync: false,
    more: rows.length === limit,
  };
}

/** Whether changes are committed that cannot be read yet, because an older transaction still runs (PostgreSQL). */
export async function hasUnsettledChanges(reader: Reader): Promise<boolean> {
  if (reader.dialect === 'sqlite') return false;
  const row = await reader.db.selectFrom('desk_changes').select('seq').where('tx', '>=', SETTLED).limit(1).executeTakeFirst();
  return row !== undefined;
}

/**
 * Removes rows that are older than a day, oldest first, a piece at a time.
 * @returns how many rows went; call again while there are any.
 */
export async function purgeDeskChanges(tx: Tx, now: number): Promise<number> {
  const oldest = await tx.db
    .selectFrom('desk_changes')
    .select(['tx', 'seq', 'at'])
    .orderBy('tx')
    .orderBy('seq')
    .limit(PURGE_ROWS)
    .execute();
  const kept = oldest.findIndex((row) => row.at > now - KEPT_MS);
  const last = oldest.at(kept === -1 ? -1 : kept - 1);
  if (!last || kept === 0) return 0;
  const value = formatDeskCursor(last);
  await tx.db
    .insertInto('meta')
    .values({ name: PURGED, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
  const result = await tx.db
    .deleteFrom('desk_changes')
    .where(sql<boolean>`(tx, seq) <= (${last.tx}, ${last.seq})`)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** As a stream's `id:`. */
export function formatDeskCursor({ tx, seq }: DeskCursor): string {
  return `${tx}.${seq}`;
}

/** Reads what formatDeskCursor wrote; null for anything else. */
export function parseDeskCursor(text: string): DeskCursor | null {
  const [, tx, seq] = /^(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  return tx === undefined || seq === undefined ? null : { tx: Number(tx), seq: Number(seq) };
}

async function purgedUpTo(reader: Reader): Promise<DeskCursor> {
  const row = await reader.db.selectFrom('meta').select('value').where('name', '=', PURGED).executeTakeFirst();
  return parseDeskCursor(row?.value ?? '') ?? { tx: 0, seq: 0 };
}

function isBefore(one: DeskCursor, other: DeskCursor): boolean {
  return one.tx < other.tx || (one.tx === other.tx && one.seq < other.seq);
}

// What the desk's round looks at: tickets that wait for an opening, cases in the line, cases that somebody has.
// Called by runtime/desk/assign.ts. Codes only, nothing sealed is opened; most urgent and longest waiting first.
import { sql, type SqlBool } from 'kysely';
import { toCaseRecord } from './cases.ts';
import type { CaseRecord } from './records.ts';
import type { Reader } from './tx.ts';

/** Looked at together. Whatever nobody can take holds back nothing: what comes after the last of a page is the next one. */
const PAGE = 500;
/** As `inOrder` of desk/routing.ts has them. */
const RANKS = ['emergency', 'urgent', 'normal'] as const;
const WAITING = sql.lit<'waiting'>('waiting');
const CLAIMED = sql.lit<'claimed'>('claimed');
const RANK = sql<number>`(case priority when 'emergency' then 0 when 'urgent' then 1 else 2 end)`;
const SINCE = sql<number>`coalesce(waiting_since, opened_at)`;

/** Tickets that wait for the desk to open. Whoever has stopped the line is not called. */
export function listTickets(reader: Reader, after?: CaseRecord): Promise<CaseRecord[]> {
  return listLine(
    reader,
    after,
    sql<SqlBool>`cases.status = ${WAITING} and cases.queued_at is null and conversations.owner in ('flow', 'closed')`,
  );
}

/** Cases in the line, also of people whom the flow answers meanwhile (MENU). */
export function listInLine(reader: Reader, after?: CaseRecord): Promise<CaseRecord[]> {
  return listLine(
    reader,
    after,
    sql<SqlBool>`cases.status = ${WAITING} and cases.queued_at is not null and conversations.owner in ('queue', 'flow')`,
  );
}

/** Cases that somebody has who may have gone. */
export function listLeftBehind(reader: Reader, after?: CaseRecord): Promise<CaseRecord[]> {
  return listLine(
    reader,
    after,
    sql<SqlBool>`cases.status = ${CLAIMED} and exists (select 1 from staff where staff.id = cases.assignee and (staff.active = 0 or staff.duty = 0))`,
  );
}

/** One page; the next one begins after the last case of the one before. */
async function listLine(reader: Reader, after: CaseRecord | undefined, where: ReturnType<typeof sql<SqlBool>>): Promise<CaseRecord[]> {
  const rows = await reader.db
    .selectFrom('cases')
    .innerJoin('conversations', 'conversations.id', 'cases.conversation_id')
    .selectAll('cases')
    .where(where)
    .$if(after !== undefined, (query) => query.where(comesAfter(after as CaseRecord)))
    .orderBy(RANK)
    .orderBy(SINCE)
    .orderBy('cases.id')
    .limit(PAGE)
    .execute();
  const found: CaseRecord[] = [];
  for (const row of rows) found.push((await toCaseRecord(reader, { ...row, sealed: null })) as CaseRecord);
  return found;
}

const comesAfter = ({ priority, waitingSince, openedAt, id }: CaseRecord) =>
  sql<SqlBool>`(${RANK}, ${SINCE}, cases.id) > (${RANKS.indexOf(priority)}, ${waitingSince ?? openedAt}, ${id})`;

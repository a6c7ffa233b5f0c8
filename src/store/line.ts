// What the desk's round looks at: tickets that wait for an opening, cases in the line, cases that somebody has.
// Called by runtime/desk/assign.ts. Codes only, nothing sealed is opened; most urgent and longest waiting first.
import { sql, type SqlBool } from 'kysely';
import { toCaseRecord } from './cases.ts';
import type { CaseRecord } from './records.ts';
import type { Reader } from './tx.ts';

/** Looked at in one round; those that are dealt with make room for others. */
const MOST = 500;
const WAITING = sql.lit<'waiting'>('waiting');
const CLAIMED = sql.lit<'claimed'>('claimed');
const RANK = sql<number>`(case priority when 'emergency' then 0 when 'urgent' then 1 else 2 end)`;
const SINCE = sql<number>`coalesce(waiting_since, opened_at)`;

/** Tickets that wait for the desk to open. Whoever has stopped the line is not called. */
export function listTickets(reader: Reader): Promise<CaseRecord[]> {
  return listLine(
    reader,
    sql<SqlBool>`cases.status = ${WAITING} and cases.queued_at is null and conversations.owner in ('flow', 'closed')`,
  );
}

/** Cases in the line, also of people whom the flow answers meanwhile (MENU). */
export function listInLine(reader: Reader): Promise<CaseRecord[]> {
  return listLine(
    reader,
    sql<SqlBool>`cases.status = ${WAITING} and cases.queued_at is not null and conversations.owner in ('queue', 'flow')`,
  );
}

/** Cases that somebody has who may have gone. */
export function listLeftBehind(reader: Reader): Promise<CaseRecord[]> {
  return listLine(
    reader,
    sql<SqlBool>`cases.status = ${CLAIMED} and exists (select 1 from staff where staff.id = cases.assignee and (staff.active = 0 or staff.duty = 0))`,
  );
}

async function listLine(reader: Reader, where: ReturnType<typeof sql<SqlBool>>): Promise<CaseRecord[]> {
  const rows = await reader.db
    .selectFrom('cases')
    .innerJoin('conversations', 'conversations.id', 'cases.conversation_id')
    .selectAll('cases')
    .where(where)
    .orderBy(RANK)
    .orderBy(SINCE)
    .limit(MOST)
    .execute();
  const found: CaseRecord[] = [];
  for (const row of rows) found.push((await toCaseRecord(reader, { ...row, sealed: null })) as CaseRecord);
  return found;
}

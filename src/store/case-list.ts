// The inbox: cases by queue, most urgent and longest waiting first, as far as somebody may see them. Opens nothing sealed.
// Called by http/api/ for the list and its counts; the stream loads the same lines by id. What is visible here is what
// desk/access.ts says of one case.
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { StaffPermission } from '../domain/role.ts';
import { OWN_ORGANISATION } from '../domain/staff.ts';
import { CASE_COLUMNS, toCaseLines, type CaseLine } from './case-lines.ts';
import type { Schema } from './schema.ts';
import type { Reader } from './tx.ts';

export const CASE_QUEUES = ['mine', 'waiting', 'tickets', 'claimed', 'overdue', 'private', 'closed', 'interpreting'] as const;
export type CaseQueue = (typeof CASE_QUEUES)[number];

/** What somebody's view depends on. */
export interface CaseViewer {
  id: string;
  organisationId: string;
  deskIds: readonly string[];
  permissions: ReadonlySet<StaffPermission>;
}

export interface CaseFilter {
  queue: CaseQueue;
  language?: string | undefined;
  deskId?: string | undefined;
  /** What the page before gave as `next`. */
  after?: CasePlace | undefined;
  limit: number;
}

/** Where a page ended: rank of the priority, time, id. */
export type CasePlace = readonly [rank: number, at: number, id: string];

export type CaseCounts = Record<'mine' | 'waiting' | 'tickets' | 'claimed' | 'overdue' | 'private', number>;

type Where = ExpressionBuilder<Schema, 'cases'>;

/** Literals, or the partial indexes would not be used; the expressions stand so in the index `cases_inbox`. */
const CLOSED = sql.lit<'closed'>('closed');
const WAITING = sql.lit<'waiting'>('waiting');
const CLAIMED = sql.lit<'claimed'>('claimed');
const RANK = sql<number>`(case priority when 'emergency' then 0 when 'urgent' then 1 else 2 end)`;
const SINCE = sql<number>`coalesce(waiting_since, opened_at)`;
/** In the line; what else waits is a ticket, and the flow answers meanwhile. */
const IN_LINE = sql<SqlBool>`exists (select 1 from conversations where conversations.id = cases.conversation_id and conversations.owner = 'queue')`;

/** One page of a queue, and where the next one begins. */
export async function listCases(
  reader: Reader,
  viewer: CaseViewer,
  filter: CaseFilter,
  now: number,
): Promise<{ lines: CaseLine[]; next: CasePlace | null }> {
  const closed = filter.queue === 'closed';
  const at = closed ? sql<number>`closed_at` : SINCE;
  const { after, limit, deskId, language } = filter;
  let query = reader.db
    .selectFrom('cases')
    .select([...CASE_COLUMNS, RANK.as('rank'), at.as('place_at')])
    .where(filter.queue === 'interpreting' ? (eb) => isInterpreter(eb, viewer.id) : (eb) => mayRead(eb, viewer))
    .where((eb) => isIn(eb, filter.queue, viewer.id, now))
    .limit(limit + 1);
  if (deskId !== undefined) query = query.where('desk_id', '=', deskId);
  if (language !== undefined) query = query.where((eb) => eb.or([eb('language', '=', language), eb('spoken', '=', language)]));
  if (closed) {
    query = query.orderBy('closed_at', 'desc').orderBy('id', 'desc');
    if (after) query = query.where(sql<SqlBool>`(closed_at, id) < (${after[1]}, ${after[2]})`);
  } else {
    query = query.orderBy(RANK).orderBy(SINCE).orderBy('id');
    if (after)
      query = query.where(RANK, '>=', after[0]).where(sql<SqlBool>`(${RANK}, ${SINCE}, id) > (${after[0]}, ${after[1]}, ${after[2]})`);
  }
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { lines: await toCaseLines(reader, page), next: last ? [last.rank, last.place_at, last.id] : null };
}

/** How many open cases stand in each queue that somebody may see. */
export async function countCases(reader: Reader, viewer: CaseViewer, now: number): Promise<CaseCounts> {
  const none: CaseCounts = { mine: 0, waiting: 0, tickets: 0, claimed: 0, overdue: 0, private: 0 };
  if (!viewer.permissions.has('case.read') && !viewer.permissions.has('case.read_private')) return none;
  const row = await reader.db
    .selectFrom('cases')
    .leftJoin('conversations', 'conversations.id', 'cases.conversation_id')
    .select(({ fn }) => [
      fn
        .countAll<number>()
        .filterWhere((eb) => isMine(eb as never, viewer.id))
        .as('mine'),
      fn.countAll<number>().filterWhere('status', '=', WAITING).filterWhere('conversations.owner', '=', 'queue').as('waiting'),
      fn.countAll<number>().filterWhere('status', '=', WAITING).as('unclaimed'),
      fn.countAll<number>().filterWhere('status', '=', CLAIMED).as('claimed'),
      fn.countAll<number>().filterWhere('due_at', '<', now).as('overdue'),
      fn.countAll<number>().filterWhere('cases.private', '=', 1).as('private'),
    ])
    .where('status', '<>', CLOSED)
    .where((eb) => mayRead(eb as never, viewer))
    .executeTakeFirst();
  if (!row) return none;
  const { unclaimed, ...counts } = row;
  return { ...counts, tickets: unclaimed - counts.waiting };
}

/** Their own, of their desks, or, where they are of the own organisation, of no desk; the private lane only with its permission. */
function mayRead(eb: Where, { id, organisationId, deskIds, permissions }: CaseViewer): Expression<SqlBool> {
  const kinds = [...(permissions.has('case.read') ? [0] : []), ...(permissions.has('case.read_private') ? [1] : [])];
  if (kinds.length === 0) return sql<SqlBool>`1 = 0`;
  const reach = [
    eb('cases.assignee', '=', id),
    ...(organisationId === OWN_ORGANISATION ? [eb('cases.desk_id', 'is', null)] : []),
    ...(deskIds.length > 0 ? [eb('cases.desk_id', 'in', [...deskIds])] : []),
  ];
  return eb.and([...(kinds.length === 2 ? [] : [eb('cases.private', '=', kinds[0] ?? 0)]), eb.or(reach)]);
}

function isInterpreter(eb: Where, staffId: string): Expression<SqlBool> {
  return eb('cases.id', 'in', (query) =>
    query
      .selectFrom('case_assignments')
      .select('case_assignments.case_id')
      .where('case_assignments.staff_id', '=', staffId)
      .where('case_assignments.role', '=', 'interpreter')
      .where('case_assignments.until_at', 'is', null),
  );
}

/** Theirs, or offered to them before anybody else. */
function isMine(eb: Where, staffId: string): Expression<SqlBool> {
  return eb.or([
    eb.and([eb('cases.status', '=', CLAIMED), eb('cases.assignee', '=', staffId)]),
    eb.and([eb('cases.status', '=', WAITING), eb('cases.offered_to', '=', staffId)]),
  ]);
}

function isIn(eb: Where, queue: CaseQueue, staffId: string, now: number): Expression<SqlBool> {
  const open = eb('status', '<>', CLOSED);
  switch (queue) {
    case 'mine':
      return eb.and([open, isMine(eb, staffId)]);
    case 'waiting':
      return eb.and([open, eb('status', '=', WAITING), IN_LINE]);
    case 'tickets':
      return eb.and([open, eb('status', '=', WAITING), eb.not(IN_LINE)]);
    case 'claimed':
      return eb.and([open, eb('status', '=', CLAIMED)]);
    case 'overdue':
      return eb.and([open, eb('due_at', '<', now)]);
    case 'private':
      return eb.and([open, eb('private', '=', 1)]);
    case 'closed':
      return eb('status', '=', CLOSED);
    case 'interpreting':
      return open;
  }
}

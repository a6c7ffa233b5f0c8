// What the inbox shows of a case, and what decides who may see it. Opens nothing sealed. Called by case-list.ts for a page, and
// by http/api/ for cases whose ids are known: one that was acted on, those that a stream tells of.
import { sql, type Selectable } from 'kysely';
import type { CaseTable } from './schema.ts';
import type { Reader } from './tx.ts';

export const CASE_COLUMNS = [
  'id',
  'conversation_id',
  'status',
  'topic',
  'language',
  'spoken',
  'priority',
  'private',
  'assignee',
  'desk_id',
  'locality',
  'gender_wanted',
  'callback_at',
  'opened_at',
  'waiting_since',
  'due_at',
  'closed_at',
  'escalation',
  'offered_to',
  'version',
] as const satisfies readonly (keyof CaseTable)[];

type Row = Pick<Selectable<CaseTable>, (typeof CASE_COLUMNS)[number]>;

/** A case without words. */
export interface CaseLine {
  id: string;
  conversationId: string;
  status: CaseTable['status'];
  /** The flow still answers. */
  ticket: boolean;
  topic: string | null;
  language: string | null;
  spoken: string | null;
  priority: CaseTable['priority'];
  private: boolean;
  assignee: string | null;
  deskId: string | null;
  locality: string | null;
  genderWanted: CaseTable['gender_wanted'];
  callbackAt: number | null;
  openedAt: number;
  waitingSince: number | null;
  dueAt: number | null;
  closedAt: number | null;
  escalation: number;
  offeredTo: string | null;
  version: number;
  /** '' once the person was erased. */
  channel: string;
  lastSequence: number;
  unanswered: number;
  /** Staff who are invited now. */
  interpreters: { staffId: string; joined: boolean }[];
}

/** What decides who may see a case. */
export type CaseAccessLine = Pick<CaseLine, 'id' | 'deskId' | 'private' | 'assignee' | 'interpreters'>;

/** How far back unanswered messages are counted. */
const LOOK_BACK = 100;

/** Lines of cases by their ids; those that do not exist are left out. */
export async function loadCaseLines(reader: Reader, ids: readonly string[]): Promise<CaseLine[]> {
  if (ids.length === 0) return [];
  const rows = await reader.db
    .selectFrom('cases')
    .select([...CASE_COLUMNS])
    .where('id', 'in', [...ids])
    .execute();
  return toCaseLines(reader, rows);
}

/** Who may see each case that is open. */
export async function listCaseAccess(reader: Reader): Promise<CaseAccessLine[]> {
  const rows = await reader.db
    .selectFrom('cases')
    .select(['id', 'desk_id', 'private', 'assignee'])
    .where('status', '<>', sql.lit<'closed'>('closed'))
    .execute();
  const invited = await listInterpreters(reader, null);
  return rows.map((row) => ({
    id: row.id,
    deskId: row.desk_id,
    private: row.private === 1,
    assignee: row.assignee,
    interpreters: invited.get(row.id) ?? [],
  }));
}

/** Rows with what stands in other tables, in their order. */
export async function toCaseLines(reader: Reader, rows: readonly Row[]): Promise<CaseLine[]> {
  if (rows.length === 0) return [];
  const talks = rows.map((row) => row.conversation_id);
  const unread = rows.filter((row) => row.status !== 'closed' && row.waiting_since !== null).map((row) => row.conversation_id);
  const [conversations, interpreters, unanswered] = await Promise.all([
    reader.db.selectFrom('conversations').select(['id', 'channel', 'owner', 'last_sequence']).where('id', 'in', talks).execute(),
    listInterpreters(
      reader,
      rows.map((row) => row.id),
    ),
    countUnanswered(reader, unread),
  ]);
  const byId = new Map(conversations.map((conversation) => [conversation.id, conversation]));
  return rows.map((row) => {
    const conversation = byId.get(row.conversation_id);
    return {
      id: row.id,
      conversationId: row.conversation_id,
      status: row.status,
      ticket: row.status === 'waiting' && conversation?.owner !== 'queue',
      topic: row.topic,
      language: row.language,
      spoken: row.spoken,
      priority: row.priority,
      private: row.private === 1,
      assignee: row.assignee,
      deskId: row.desk_id,
      locality: row.locality,
      genderWanted: row.gender_wanted,
      callbackAt: row.callback_at,
      openedAt: row.opened_at,
      waitingSince: row.waiting_since,
      dueAt: row.due_at,
      closedAt: row.closed_at,
      escalation: row.escalation ?? 0,
      offeredTo: row.offered_to,
      version: row.version,
      channel: conversation?.channel ?? '',
      lastSequence: conversation?.last_sequence ?? 0,
      unanswered: unanswered.get(row.conversation_id) ?? 0,
      interpreters: interpreters.get(row.id) ?? [],
    };
  });
}

/** @param ids of cases; null for all */
async function listInterpreters(reader: Reader, ids: string[] | null): Promise<Map<string, CaseLine['interpreters']>> {
  const rows = await reader.db
    .selectFrom('case_assignments')
    .select(['case_id', 'staff_id', 'joined_at'])
    .$if(ids !== null, (query) => query.where('case_id', 'in', ids ?? []))
    .where('role', '=', 'interpreter')
    .where('until_at', 'is', null)
    .orderBy('from_at')
    .execute();
  const found = new Map<string, CaseLine['interpreters']>();
  for (const row of rows)
    found.set(row.case_id, [...(found.get(row.case_id) ?? []), { staffId: row.staff_id, joined: row.joined_at !== null }]);
  return found;
}

/** The person's messages after the last one of people, among the newest of each conversation. */
async function countUnanswered(reader: Reader, conversations: string[]): Promise<Map<string, number>> {
  if (conversations.length === 0) return new Map();
  const { rows } = await sql<{ id: string; count: number }>`
    with recent as (
      select m.conversation_id as id, m.sequence, m.sender from conversations c
      join messages m on m.conversation_id = c.id and m.sequence > c.last_sequence - ${sql.lit(LOOK_BACK)}
      where c.id in (${sql.join(conversations)}) and m.aside is null
    ), answered as (select id, max(sequence) as sequence from recent where sender = 'staff' group by id)
    select recent.id as id, count(*) as count from recent left join answered on answered.id = recent.id
    where recent.sender = 'person' and recent.sequence > coalesce(answered.sequence, 0)
    group by recent.id`.execute(reader.db);
  return new Map(rows.map((row) => [row.id, row.count]));
}

// The open cases as a list at a glance needs them: codes and times, nothing sealed. Called by runtime/desk/board.ts for staff surfaces.
import type { Owner, Priority } from '../domain/conversation.ts';
import type { Reader } from './tx.ts';

/** More than this nobody reads in Slack; the console pages through all of them. */
const MOST = 2000;

/** One open case. */
export interface OpenCase {
  id: string;
  status: 'waiting' | 'claimed';
  private: boolean;
  priority: Priority;
  topic: string | null;
  language: string | null;
  deskId: string | null;
  assignee: string | null;
  openedAt: number;
  waitingSince: number | null;
  /** Who may speak: of a ticket the flow. */
  owner: Owner;
}

/** Open cases of people who are known, most urgent first, then those who wait longest. */
export async function listOpenCases(reader: Reader): Promise<OpenCase[]> {
  const rows = await reader.db
    .selectFrom('cases')
    .innerJoin('conversations', 'conversations.id', 'cases.conversation_id')
    .select(['cases.id', 'cases.status', 'cases.private', 'cases.priority', 'cases.topic', 'cases.language', 'cases.desk_id'])
    .select(['cases.assignee', 'cases.opened_at', 'cases.waiting_since', 'conversations.owner'])
    .where('cases.status', '<>', 'closed')
    .orderBy((eb) => eb.case().when('priority', '=', 'emergency').then(0).when('priority', '=', 'urgent').then(1).else(2).end())
    .orderBy('cases.opened_at')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    status: row.status === 'claimed' ? 'claimed' : 'waiting',
    private: row.private === 1,
    priority: row.priority,
    topic: row.topic,
    language: row.language,
    deskId: row.desk_id,
    assignee: row.assignee,
    openedAt: row.opened_at,
    waitingSince: row.waiting_since,
    owner: row.owner,
  }));
}

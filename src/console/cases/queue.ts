// Which queue a case stands in, and in which order: the server's rule once more, so that a case moves at once when it changes.
// Pure. Called by inbox.ts for what comes over the stream; the server decides again with every page that is read.
import type { CaseItem } from '../../api/case-operations.ts';

export const QUEUES = ['mine', 'waiting', 'tickets', 'claimed', 'overdue', 'private', 'closed'] as const;
/** Queues of an interpreter: the conversations that they were asked into. */
export const INTERPRETER_QUEUES = ['interpreting'] as const;
export type Queue = (typeof QUEUES)[number] | (typeof INTERPRETER_QUEUES)[number];

/** What the list shows: a queue, and what it is narrowed to. */
export interface View {
  queue: Queue;
  language: string | null;
  deskId: string | null;
}

/** Who looks, and when. */
export interface Looker {
  meId: string;
  now: number;
}

/** Whether a case belongs into a list. */
export function belongs(item: CaseItem, view: View, looker: Looker): boolean {
  if (view.language !== null && item.language !== view.language) return false;
  if (view.deskId !== null && item.deskId !== view.deskId) return false;
  return isIn(item, view.queue, looker);
}

function isIn(item: CaseItem, queue: Queue, { meId, now }: Looker): boolean {
  switch (queue) {
    case 'mine':
      return item.status === 'claimed' && item.assignee?.id === meId;
    case 'waiting':
      return item.status === 'waiting' && !item.ticket;
    case 'tickets':
      return item.status === 'waiting' && item.ticket;
    case 'claimed':
      return item.status === 'claimed';
    case 'overdue':
      return item.status !== 'closed' && item.dueAt !== null && item.dueAt <= now;
    case 'private':
      return item.private && item.status !== 'closed';
    case 'closed':
      return item.status === 'closed';
    case 'interpreting':
      // Only the server knows who was invited; what it sends to an interpreter is theirs.
      return item.status !== 'closed' && item.interpreter !== null;
  }
}

const PRIORITY_RANK = { emergency: 0, urgent: 1, normal: 2 } as const;

/** Most urgent first, then whoever has waited longest; closed cases with the newest first. */
export function compareCases(one: CaseItem, other: CaseItem): number {
  if (one.status === 'closed' || other.status === 'closed')
    return (other.closedAt ?? Infinity) - (one.closedAt ?? Infinity) || byId(one, other);
  return (
    PRIORITY_RANK[one.priority] - PRIORITY_RANK[other.priority] ||
    (one.waitingSince ?? Infinity) - (other.waitingSince ?? Infinity) ||
    one.openedAt - other.openedAt ||
    byId(one, other)
  );
}

const byId = (one: CaseItem, other: CaseItem): number => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

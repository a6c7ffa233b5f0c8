// Which messages of people somebody has not seen here yet, by case. Pure; kept in memory by workspace.tsx.
import type { CaseItem } from '../../api/case-operations.ts';

/** Newest message number that was on the screen, by case. */
export type Seen = Readonly<Record<string, number>>;

/** The same, once a case was looked at up to a message. */
export function lookedAt(seen: Seen, caseId: string, sequence: number): Seen {
  return (seen[caseId] ?? 0) >= sequence ? seen : { ...seen, [caseId]: sequence };
}

/** Messages of the person that nobody has answered and that were not on this screen. */
export function unreadOf(item: CaseItem, seen: Seen): number {
  if (item.status === 'closed') return 0;
  return Math.min(item.unanswered, Math.max(0, item.lastSequence - (seen[item.id] ?? 0)));
}

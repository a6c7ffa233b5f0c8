// When the browser should call somebody: a person begins to wait, or writes in a case of one's own. Pure; used by notifier.ts.
// A notification never says who, about what, or in which words: the screen may be seen by others.
import type { CaseItem } from '../../api/case-operations.ts';

const JUST_NOW_MS = 90_000;

export type Ring = { caseId: string; kind: 'waiting' | 'wrote' | 'given'; language: string | null };

/**
 * What is worth a ring in a change.
 * @param before the case as it was known here; undefined when it was not
 */
export function ringFor(before: CaseItem | undefined, item: CaseItem, meId: string, now: number): Ring | null {
  const mine = item.status === 'claimed' && item.assignee?.id === meId;
  const wasMine = before?.status === 'claimed' && before.assignee?.id === meId;
  if (mine && before !== undefined && !wasMine && before.status !== 'closed') return ring(item, 'given');
  if (mine) return before !== undefined && item.unanswered > before.unanswered ? ring(item, 'wrote') : null;
  const waits = item.status === 'waiting' && !item.ticket && item.waitingSince !== null;
  // A case that was not known here may have waited for long: only one that has just begun rings.
  const waited = before === undefined ? now - (item.waitingSince ?? 0) > JUST_NOW_MS : before.status === 'waiting' && !before.ticket;
  return waits && !waited ? ring(item, 'waiting') : null;
}

const ring = (item: CaseItem, kind: Ring['kind']): Ring => ({ caseId: item.id, kind, language: item.private ? null : item.language });

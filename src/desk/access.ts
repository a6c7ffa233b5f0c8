// Whose case it is to see and to act on: desk, private lane, invitation. Called by runtime/desk; queries say the same in SQL.
// Pure. What somebody may not see does not exist for them.
import type { Actor } from '../domain/staff.ts';

/** What access depends on. */
export interface CaseAccess {
  deskId: string | null;
  private: boolean;
  assignee: string | null;
  /** Staff who are invited as interpreters now. */
  interpreters?: readonly string[];
}

/** Somebody in Slack who has no account: the channel is their desk. */
const isGuest = ({ via, roles }: Actor): boolean => via === 'slack' && roles.length === 0;

/** Whether the case is of a desk that they work at. A case that was not given to any desk is everybody's. */
export function isOfTheirDesk(actor: Actor, { deskId }: Pick<CaseAccess, 'deskId'>): boolean {
  return deskId === null || isGuest(actor) || actor.deskIds.includes(deskId);
}

/** Whether they may read the case and what is written in it. */
export function maySeeCase(actor: Actor, found: CaseAccess): boolean {
  if (isInterpreterOf(actor, found)) return true;
  const allowed = actor.permissions.has(found.private ? 'case.read_private' : 'case.read');
  return allowed && (found.assignee === actor.id || isOfTheirDesk(actor, found));
}

/** Whether they were asked into this conversation, and still are. */
export function isInterpreterOf(actor: Actor, { interpreters }: Pick<CaseAccess, 'interpreters'>): boolean {
  return actor.permissions.has('case.interpret') && (interpreters?.includes(actor.id) ?? false);
}

// Whose case it is to see and to act on: desk, private lane, invitation. Called by runtime/desk; queries say the same in SQL.
// Pure. What somebody may not see does not exist for them.
import { OWN_ORGANISATION, type Actor } from '../domain/staff.ts';

/** What access depends on. */
export interface CaseAccess {
  deskId: string | null;
  private: boolean;
  assignee: string | null;
  /** Staff who are invited as interpreters now. */
  interpreters?: readonly string[];
}

/** Somebody in Slack who has no account: the channel is their desk. */
export const isGuest = ({ via, roles }: Actor): boolean => via === 'slack' && roles.length === 0;

/** Whether the case is of a desk that they work at. A case without a desk is the own organisation's, and no partner's. */
export function isOfTheirDesk(actor: Actor, { deskId }: Pick<CaseAccess, 'deskId'>): boolean {
  if (isGuest(actor)) return true;
  return deskId === null ? actor.organisationId === OWN_ORGANISATION : actor.deskIds.includes(deskId);
}

/** Whether a case can go from one organisation to another with all that was said: to partners people agree by a referral. */
export function mayHandOver(from: string, to: string): boolean {
  return to === from || to === OWN_ORGANISATION;
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

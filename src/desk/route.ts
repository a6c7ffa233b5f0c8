// Where a person's message goes. Called by runtime/turn.ts once the conversation is loaded and locked.
import type { Owner } from '../domain/conversation.ts';
import { nextOwner } from './ownership.ts';

/** `flow`: the engine answers. `staff`: people read it; the engine answers system matters only (emergency, STOP, DELETE, STATUS). */
export interface Route {
  to: 'flow' | 'staff';
  /** The owner that the message meets; a closed conversation opens again when it is written to. */
  owner: Owner;
}

/**
 * Routes one inbound message by the conversation's owner.
 * @param closed hours since the case was closed, and whether people are there to open it again, or whoever had it; ignored for other owners.
 */
export function routeInbound(owner: Owner, closed: { hoursSinceClosed: number; open: boolean; same?: boolean }): Route {
  const change = nextOwner(owner, { type: 'person_wrote', ...closed });
  const now = 'refused' in change ? owner : change.owner;
  return { to: now === 'queue' || now === 'staff' ? 'staff' : 'flow', owner: now };
}

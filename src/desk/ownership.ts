// Who may speak: every change of owner, as one table. Called by runtime/ inside the transaction that stores the change.
// Pure: it names the next owner or says why not; epochs and timers are the store's and the runtime's business.
// 2026-11-21: `flow` stays the owner out of hours and where nobody is on duty, so that the line never falls silent.
import type { Owner } from '../domain/conversation.ts';

/** What can happen to the ownership of a conversation. */
export type OwnershipEvent =
  | { type: 'handoff'; open: boolean; staffed: boolean }
  | { type: 'claim' }
  | { type: 'staff_message' }
  | { type: 'close' }
  | { type: 'person_wrote'; hoursSinceClosed: number; open: boolean }
  | { type: 'menu' }
  | { type: 'left_queue' }
  | { type: 'no_reply' }
  | { type: 'stop' }
  | { type: 'erase' }
  | { type: 'start' };

export type OwnershipChange = { owner: Owner; changed: boolean } | { refused: string };

/** Hours after closing during which a new message goes back to people instead of the flow, if people are there. */
export const REOPEN_HOURS = 4;

const to = (from: Owner, owner: Owner): OwnershipChange => ({ owner, changed: from !== owner });

/**
 * The owner after an event.
 * @returns the owner and whether it changed (then the epoch grows), or `refused` with a sentence for staff.
 */
export function nextOwner(owner: Owner, event: OwnershipEvent): OwnershipChange {
  switch (event.type) {
    case 'stop':
    case 'erase':
      return to(owner, 'stopped');
    case 'start':
      return to(owner, owner === 'stopped' ? 'flow' : owner);
    case 'handoff':
      if (owner === 'stopped') return { refused: 'The person has stopped the line.' };
      return to(owner, owner === 'flow' && event.open && event.staffed ? 'queue' : owner);
    case 'claim':
    case 'staff_message':
      if (owner === 'stopped') return { refused: 'The person has stopped the line or deleted their data. Nothing can be sent.' };
      return to(owner, 'staff');
    case 'close':
      return owner === 'queue' || owner === 'staff' ? to(owner, 'closed') : { refused: 'The conversation is not with people.' };
    case 'person_wrote':
      if (owner !== 'closed') return to(owner, owner);
      return to(owner, event.open && event.hoursSinceClosed < REOPEN_HOURS ? 'queue' : 'flow');
    case 'menu':
      return to(owner, owner === 'queue' || owner === 'closed' ? 'flow' : owner);
    case 'left_queue':
      return to(owner, owner === 'queue' ? 'flow' : owner);
    case 'no_reply':
      return to(owner, owner === 'staff' ? 'queue' : owner);
  }
}

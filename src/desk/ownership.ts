// Who may speak: every change of owner, as one table. Called by runtime/ inside the transaction that stores the change.
// Pure: it names the next owner or says why not; epochs and timers are the store's and the runtime's business.
// 2026-11-21: `flow` stays the owner out of hours and where nobody is on duty, so that the line never falls silent. For the
// same reason a line that nobody has answered by the time the desk shuts goes back to the flow, with the ticket.
import type { Owner } from '../domain/conversation.ts';

/** What can happen to the ownership of a conversation. */
export type OwnershipEvent =
  | { type: 'handoff'; open: boolean; staffed: boolean }
  /** The desk opens, and the conversation has a ticket. */
  | { type: 'opening' }
  | { type: 'claim' }
  /** The program gives the case to somebody. */
  | { type: 'assign' }
  | { type: 'staff_message' }
  | { type: 'transfer'; to: 'staff' | 'desk' }
  | { type: 'release' }
  | { type: 'shift_ended' }
  | { type: 'close' }
  /** `same`: whoever had the case is on shift and can have it again. */
  | { type: 'person_wrote'; hoursSinceClosed: number; open: boolean; same?: boolean }
  /** The time in which a closed case opens again is over. */
  | { type: 'reopen_ended' }
  /** Nobody in the promised time: others are asked, the owner stays. */
  | { type: 'escalate' }
  /** The desk is shut, and nobody has answered. */
  | { type: 'shut' }
  | { type: 'menu' }
  | { type: 'left_queue' }
  | { type: 'no_reply' }
  | { type: 'stop' }
  | { type: 'erase' }
  | { type: 'start' };

export type OwnershipChange = { owner: Owner; changed: boolean } | { refused: string };

/** Hours after closing during which a new message goes back to people instead of the flow, if people are there. */
export const REOPEN_HOURS = 4;

const STOPPED = 'The person has stopped the line or deleted their data. Nothing can be sent.';
const NOT_WITH_PEOPLE = 'The conversation is not with people.';

const to = (from: Owner, owner: Owner): OwnershipChange => ({ owner, changed: from !== owner });
/** The owner that an event leads to where it meets one of these owners; any other owner stays. */
const only = (from: Owner, met: readonly Owner[], owner: Owner): OwnershipChange => to(from, met.includes(from) ? owner : from);

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
      return only(owner, ['stopped'], 'flow');
    case 'handoff':
      if (owner === 'stopped') return { refused: 'The person has stopped the line.' };
      return to(owner, (owner === 'flow' || owner === 'closed') && event.open && event.staffed ? 'queue' : owner);
    case 'opening':
      return only(owner, ['flow', 'closed'], 'queue');
    case 'claim':
    case 'staff_message':
      return owner === 'stopped' ? { refused: STOPPED } : to(owner, 'staff');
    case 'assign':
      return owner === 'queue' ? to(owner, 'staff') : { refused: 'Only a conversation that waits in the line is given to somebody.' };
    case 'transfer':
      return transfer(owner, event.to);
    case 'release':
    case 'shift_ended':
    case 'no_reply':
      return only(owner, ['staff'], 'queue');
    case 'close':
      return owner === 'queue' || owner === 'staff' ? to(owner, 'closed') : { refused: NOT_WITH_PEOPLE };
    case 'person_wrote':
      return owner === 'closed' ? to(owner, afterClosing(event)) : to(owner, owner);
    case 'reopen_ended':
      return only(owner, ['closed'], 'flow');
    case 'escalate':
      return to(owner, owner);
    case 'shut':
    case 'left_queue':
      return only(owner, ['queue'], 'flow');
    case 'menu':
      return only(owner, ['queue', 'closed'], 'flow');
  }
}

/** To somebody: it is theirs. To a desk: it waits in that line; a ticket goes on waiting for the opening. */
function transfer(owner: Owner, towards: 'staff' | 'desk'): OwnershipChange {
  if (owner === 'stopped') return { refused: STOPPED };
  if (owner === 'closed') return { refused: NOT_WITH_PEOPLE };
  return towards === 'staff' ? to(owner, 'staff') : only(owner, ['staff'], 'queue');
}

function afterClosing({ hoursSinceClosed, open, same = false }: Extract<OwnershipEvent, { type: 'person_wrote' }>): Owner {
  if (hoursSinceClosed >= REOPEN_HOURS) return 'flow';
  if (same) return 'staff';
  return open ? 'queue' : 'flow';
}

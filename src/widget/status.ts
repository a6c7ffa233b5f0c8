// What the status line has to say, decided in one place: what is wrong with a file that was just chosen, what hinders
// the connection, who answers. Used by chat.ts.
import type { ConversationState } from '../api/direct-line.ts';
import type { Link } from './connection.ts';
import type { Status } from './status-view.ts';

export interface StatusFacts {
  link: Link;
  state: ConversationState | null;
  /** The service erased the conversation. */
  erased: boolean;
  /** Text key of why the last file that was chosen is not sent. */
  problem: string | null;
}

export interface StatusActions {
  retry: () => void;
  continueHere: () => void;
  startAnew: () => void;
}

/** Whether a picture or voice note may be sent now: only people can see or hear it. */
export function takesFiles({ link, state }: StatusFacts): boolean {
  const over = link === 'ended' || link === 'blocked' || link === 'replaced';
  return !over && (state?.owner === 'queue' || state?.owner === 'staff');
}

/** The words for how things stand; null when there is nothing to say. */
export function statusOf({ link, state, erased, problem }: StatusFacts, { retry, continueHere, startAnew }: StatusActions): Status | null {
  if (problem !== null) return { key: problem, alert: true };
  if (link === 'idle' || link === 'online') return erased ? { key: 'erased' } : answeredBy(state);
  const hindrances: Record<typeof link, Status> = {
    connecting: { key: 'loading' },
    offline: { key: 'offline', alert: true },
    busy: { key: 'busy', alert: true },
    blocked: { key: 'blocked', alert: true, action: { key: 'retry', run: retry } },
    replaced: { key: 'replaced', alert: true, action: { key: 'continue_here', run: continueHere } },
    ended: { key: 'ended', alert: true, action: { key: 'start_again', run: startAnew } },
  };
  return hindrances[link];
}

function answeredBy(state: ConversationState | null): Status | null {
  if (state?.owner === 'queue') {
    return state.placeInLine === null ? { key: 'waiting' } : { key: 'waiting_place', values: { place: state.placeInLine } };
  }
  if (state?.owner === 'staff') return { key: 'joined' };
  return state?.owner === 'closed' ? { key: 'closed' } : null;
}

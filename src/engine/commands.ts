// The words that work at every step in every language. While people own the conversation only system matters are answered:
// STOP, START, DELETE, STATUS, WITHDRAW, and in the queue MENU and BACK (which leaves the line).
import type { Command } from '../domain/command.ts';
import { askDelete } from './dialogues/delete.ts';
import { askLanguage, language } from './dialogues/language.ts';
import { offerPerson } from './dialogues/offer.ts';
import { tellStatus } from './dialogues/status.ts';
import { handOver } from './handoff.ts';
import { returnToStep } from './history.ts';
import type { Turn } from './program.ts';
import type { Then } from './then.ts';
import { emit, isUnbegun, say } from './turn.ts';
import { baseWait, closeDialogue, dialogueOf } from './waits.ts';

/** Id of the flow that takes complaints. */
const COMPLAINT_FLOW = 'complaint';

/**
 * Obeys a command.
 * @returns null when the command is not answered under the present owner
 */
export function obey(turn: Turn, command: Command, argument: string | undefined): Then | null {
  const { owner } = turn.env;
  if (owner === 'stopped') return command === 'start' ? start(turn) : command === 'withdraw' ? withdraw(turn, false) : null;
  if (command === 'stop') return stop(turn);
  if (command === 'delete') return askDelete(turn);
  if (command === 'status') return tellStatus(turn, argument ?? null);
  if (command === 'withdraw') return withdraw(turn, true);
  if (owner === 'staff') return null;
  if (owner === 'queue') return command === 'menu' ? menuInQueue(turn) : command === 'back' ? leaveQueue(turn) : null;
  return obeyInFlow(turn, command, argument);
}

function obeyInFlow(turn: Turn, command: Command, argument: string | undefined): Then | null {
  const { session, program } = turn;
  session.misses = 0;
  switch (command) {
    case 'language':
      return changeLanguage(turn, argument);
    case 'person':
      closeDialogue(turn);
      return handOver(turn, { priority: 'normal', reason: session.facts.private ? 'private' : 'asked', afterwards: { go: 'repeat' } });
    case 'help':
      say(turn, 'system:help');
      offerPerson(turn, { reason: 'asked' });
      return { go: 'wait' };
    case 'complaint':
      if (program.flows.has(COMPLAINT_FLOW)) return { go: 'goto', flow: COMPLAINT_FLOW, back: true };
      offerPerson(turn, { reason: 'asked' });
      return { go: 'wait' };
    case 'menu':
      return openMenu(turn, true);
    case 'start':
      return openMenu(turn, false);
    case 'back':
      return back(turn, argument);
    case 'repeat':
      return repeat(turn);
    default:
      return null;
  }
}

/** The menu itself, even where a first keyword is held whose flow would begin there. */
function openMenu(turn: Turn, back: boolean): Then {
  if (isUnbegun(turn.session)) return { go: 'repeat' };
  turn.session.pending = null;
  return { go: 'goto', flow: turn.program.menuFlow, back };
}

/** A named language is taken at once; else the list is shown. */
function changeLanguage(turn: Turn, tag: string | undefined): Then {
  const named = tag === undefined ? null : language.reply(turn, tag, {});
  if (named) {
    closeDialogue(turn);
    return named;
  }
  askLanguage(turn);
  return { go: 'wait' };
}

function stop(turn: Turn): Then {
  const { session } = turn;
  emit(turn, { type: 'stopped' });
  say(turn, 'system:stopped', undefined, 'system');
  session.wait = null;
  if (!isUnbegun(session)) session.stack = [];
  session.history = [];
  session.pending = null;
  return { go: 'done' };
}

/** What the person agreed to share is shared no more. Somebody who has stopped the line is not written to. */
function withdraw(turn: Turn, tell: boolean): Then {
  emit(turn, { type: 'consent_withdrawn' });
  if (dialogueOf(turn.session) === 'referral_consent') closeDialogue(turn);
  if (!tell) return { go: 'done' };
  say(turn, 'system:withdrawn', undefined, 'system');
  return baseWait(turn.session) !== null && !turn.system ? { go: 'repeat' } : { go: 'done' };
}

function start(turn: Turn): Then {
  emit(turn, { type: 'started' });
  say(turn, 'system:started', undefined, 'system');
  turn.session.wait = null;
  return isUnbegun(turn.session) ? { go: 'repeat' } : { go: 'goto', flow: turn.program.menuFlow };
}

/** The flow answers again while the place in line is kept. */
function menuInQueue(turn: Turn): Then {
  emit(turn, { type: 'menu_opened' });
  say(turn, 'system:queue_still', undefined, 'system');
  return { go: 'goto', flow: turn.program.menuFlow };
}

function leaveQueue(turn: Turn): Then {
  emit(turn, { type: 'left_queue' });
  say(turn, 'system:left_queue', undefined, 'system');
  return { go: 'done' };
}

/** Back to the question before this one; a dialogue over it is given up. `instead`: what the person meant to reply there. */
function back(turn: Turn, instead = ''): Then {
  if (!returnToStep(turn)) say(turn, 'system:back_none');
  else if (instead !== '') return { go: 'read', text: instead };
  return { go: 'repeat' };
}

/** The last lines again, exactly; what waits goes on waiting. */
function repeat(turn: Turn): Then {
  const { lastLines } = turn.session;
  if (lastLines.length === 0) return { go: 'repeat' };
  for (const line of lastLines) emit(turn, { type: 'say', kind: 'flow', line });
  return { go: 'done' };
}

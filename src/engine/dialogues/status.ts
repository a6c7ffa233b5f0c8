// STATUS: tells the state of a complaint by its number, under any owner. Without a number whoever waits for a person hears
// their place in the line; everybody else is asked for the number.
import type { Value } from '../../domain/session.ts';
import type { Turn } from '../program.ts';
import { tellPlace } from '../handoff.ts';
import type { Then } from '../then.ts';
import { say } from '../turn.ts';
import { openDialogue } from '../waits.ts';
import type { Dialogue } from './dialogue.ts';

/** Answers STATUS. */
export function tellStatus(turn: Turn, argument: string | null): Then {
  if (argument !== null && argument.trim() !== '') return tell(turn, argument);
  const { owner, desk } = turn.env;
  if (owner === 'queue' || desk.queued || desk.ticket) {
    tellPlace(turn);
    return owner === 'queue' || owner === 'staff' ? { go: 'done' } : { go: 'repeat' };
  }
  say(turn, 'system:ask_complaint_number', undefined, 'system');
  openDialogue(turn, 'status', 'confirm');
  return { go: 'wait' };
}

/** Waits for the number. A message without any digit is no number and goes to what waited before. */
export const status: Dialogue = {
  name: 'status',
  anyOwner: true,
  expectation: () => ({ kind: 'text', maxChars: 100 }),
  reply: (turn, value) => (typeof value === 'string' && /\p{Nd}/u.test(value) ? tell(turn, value) : null),
};

function tell(turn: Turn, words: string): Then {
  const found = candidates(turn, words)
    .map((number) => turn.env.complaintState(number))
    .find((state) => state !== null);
  say(turn, found ? `system:complaint_state.${found}` : 'system:complaint_unknown', undefined, 'system');
  return turn.env.owner === 'flow' || turn.env.owner === 'closed' ? { go: 'repeat' } : { go: 'done' };
}

/** Ways to read a complaint number: as written, its digits alone, and digits of other scripts as a number. */
function candidates(turn: Turn, words: string): string[] {
  const digits = /\d[\d ]*/.exec(words)?.[0].replaceAll(' ', '');
  const read: Value | undefined = readNumber(turn, words);
  const numbers = [words.trim().toUpperCase(), ...(digits ? [`Q-${digits}`, digits] : []), ...(read === undefined ? [] : [`Q-${read}`])];
  return [...new Set(numbers)];
}

function readNumber(turn: Turn, words: string): number | undefined {
  const text = words.replace(/^[\s\p{L}]*[-–]?\s*/u, '');
  const heard = turn.env.understand({ text }, { kind: 'number' }, turn.session.language);
  return heard.kind === 'reply' && typeof heard.value === 'number' ? heard.value : undefined;
}

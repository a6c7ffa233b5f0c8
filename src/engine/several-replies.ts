// Several replies in one message: "para mí, Barcelona". The first answers the question that waits, the others those that follow, as far
// as they fit. Called by hear.ts and engine.ts. Only what clearly is a reply counts; the rest is asked.
import { baseWait, dialogueOf } from './waits.ts';
import type { Turn } from './program.ts';
import type { Then } from './then.ts';

/** What parts replies: marks and new lines. "And" does not, since labels have it. */
const PARTS = /[\n,;،؛、，；]+/u;
const MOST_PARTS = 5;

/** The parts of a message; none where it is only one. */
export function partsOf(text: string): string[] {
  const parts = text
    .split(PARTS)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length > 1 && parts.length <= MOST_PARTS ? parts : [];
}

/**
 * The next of the further replies, taken as the reply to the question that was just asked, which is then not asked any more.
 * Null when there is none, or it does not fit: then the question stands.
 */
export function takeRest(turn: Turn, hear: (text: string) => Then | null): Then | null {
  const text = turn.rest.shift();
  if (text === undefined || turn.system || baseWait(turn.session) === null || dialogueOf(turn.session) !== null) return null;
  const asked = turn.events.findLastIndex((event) => event.type === 'say');
  const before = turn.events.length;
  const then = hear(text);
  if (then === null) turn.rest = [];
  else if (asked !== -1 && asked < before) turn.events.splice(asked, 1);
  return then;
}

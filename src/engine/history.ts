// Where the person stood before, for BACK: the stacks of earlier questions, oldest first.
// Frames are never changed in place, so that a remembered stack stays as it was.
import type { Turn } from './program.ts';
import { currentStep } from './turn.ts';
import { baseWait } from './waits.ts';

/** Earlier questions that are kept. */
const HISTORY_LENGTH = 20;

/** Remembers the question that waits now, if BACK can put it again by itself. */
export function rememberStep(turn: Turn): void {
  const { session } = turn;
  const type = baseWait(session) === null ? undefined : currentStep(turn)?.step.type;
  if (type?.waits && type.question) session.history = [...session.history, session.stack].slice(-HISTORY_LENGTH);
}

/** Returns to the last remembered question, which is then to be put again. False when there is none. */
export function returnToStep(turn: Turn): boolean {
  const { session } = turn;
  const earlier = session.history.at(-1);
  if (!earlier) return false;
  session.history = session.history.slice(0, -1);
  session.stack = earlier;
  session.wait = { kind: 'ask', token: session.turn };
  return true;
}

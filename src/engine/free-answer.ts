// An answer outside of any flow, to a free question: shown, then "did this help?" or back to what was asked.
import type { Answer } from '../domain/content.ts';
import { showAnswer } from './answers.ts';
import { askHelped } from './dialogues/helped.ts';
import { topFrame } from './turn.ts';
import type { Turn } from './program.ts';
import { isAtMenu } from './waits.ts';
import type { Then } from './then.ts';

/** Shows an entry and says what follows: its own further flow, the question that was open, or whether it helped. */
export function answerFreely(turn: Turn, entry: Answer): Then {
  if (showAnswer(turn, entry) === 'private') return { go: 'done' };
  const further = entry.flow === undefined ? undefined : turn.program.flows.get(entry.flow);
  if (further && topFrame(turn)?.flow !== further.id && isAtMenu(turn.session)) return { go: 'goto', flow: further.id, back: true };
  if (!isAtMenu(turn.session)) return { go: 'repeat' };
  askHelped(turn);
  return { go: 'wait' };
}

// What follows once a question of people's work is answered. Used by the dialogues that put such questions.
import type { PromptAnswer } from '../../domain/prompt.ts';
import type { TextRef } from '../../domain/text.ts';
import type { Turn } from '../program.ts';
import type { Then } from '../then.ts';
import { emit, say } from '../turn.ts';

/** Tells the runtime, says the last word, and asks again what the flow was waiting for. */
export function answerPrompt(turn: Turn, answer: PromptAnswer, text: TextRef | string): Then {
  emit(turn, { type: 'prompt_answered', answer });
  say(turn, text, undefined, 'system');
  const { owner } = turn.env;
  return turn.session.wait !== null && (owner === 'flow' || owner === 'closed') ? { go: 'repeat' } : { go: 'done' };
}

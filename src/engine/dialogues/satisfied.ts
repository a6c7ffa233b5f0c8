// Are you content with what was done about your complaint? No gives it to somebody else.
import type { Prompt } from '../../domain/prompt.ts';
import type { Turn } from '../program.ts';
import { say } from '../turn.ts';
import { openDialogue } from '../waits.ts';
import { answerPrompt } from './after-prompt.ts';
import { readYesNo, YES_NO, type Dialogue } from './dialogue.ts';

/** Asks. */
export function askSatisfied(turn: Turn, { about }: Extract<Prompt, { name: 'satisfied' }>): void {
  say(turn, 'system:satisfied', YES_NO, 'system');
  openDialogue(turn, 'satisfied', 'confirm', { about, askedAt: turn.env.now });
}

/** The reply. */
export const satisfied: Dialogue = {
  name: 'satisfied',
  anyOwner: true,
  lasting: true,
  strict: true,
  expectation: () => ({ kind: 'choice', choices: YES_NO, clearly: true }),
  reply(turn, value, data) {
    const yes = readYesNo(value);
    if (yes === null) return null;
    const answer = { name: 'satisfied' as const, about: String(data['about']), satisfied: yes };
    return answerPrompt(turn, answer, yes ? 'system:thanks' : 'system:second_reviewer');
  },
};

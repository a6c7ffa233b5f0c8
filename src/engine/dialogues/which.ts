// "Which do you mean?" when a reply fits more than one place or date. The pick goes to the step that asked.
import type { Choice } from '../../domain/text.ts';
import { rememberStep } from '../history.ts';
import type { Turn } from '../program.ts';
import type { Then } from '../then.ts';
import { currentStep, say, stepText } from '../turn.ts';
import { openDialogue } from '../waits.ts';
import type { Dialogue } from './dialogue.ts';

const NONE: Choice = { id: 'none', label: { key: 'system:none_of_these' } };

/** Puts the step's question again, with the readings as choices. */
export function askWhich(turn: Turn, choices: Choice[]): Then {
  const step = currentStep(turn)?.step;
  const asked =
    step && 'ask' in step.config && typeof step.config.ask === 'string' ? stepText(turn, step, step.config.ask) : 'system:is_it_about';
  say(turn, asked, [...choices, NONE]);
  openDialogue(turn, 'which', 'pick', { choices });
  return { go: 'wait' };
}

/** The pick. */
export const which: Dialogue = {
  name: 'which',
  anyOwner: false,
  expectation: (_turn, data) => ({
    kind: 'choice',
    choices: [...(data['choices'] as Choice[]), NONE],
  }),
  reply(turn, value, data) {
    const found = currentStep(turn);
    if (value === 'none' || !found) return { go: 'repeat' };
    if (!(data['choices'] as Choice[]).some(({ id }) => id === value)) return null;
    rememberStep(turn);
    return found.step.type.question?.reply(turn, found.step, value, turn.session.wait?.data ?? {}) ?? null;
  },
};

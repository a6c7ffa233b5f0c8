// "Which do you mean?" when a reply fits more than one place or date. The pick goes to the step that asked.
import type { Choice } from '../../domain/text.ts';
import type { Turn } from '../program.ts';
import type { Then } from '../then.ts';
import { currentStep, say } from '../turn.ts';
import { openDialogue } from '../waits.ts';
import type { Dialogue } from './dialogue.ts';

/** Asks which of several readings is meant. */
export function askWhich(turn: Turn, choices: Choice[]): Then {
  say(turn, 'system:is_it_about', [...choices, { id: 'none', label: { key: 'system:none_of_these' } }]);
  openDialogue(turn, 'which', 'pick', { choices });
  return { go: 'wait' };
}

/** The pick. */
export const which: Dialogue = {
  name: 'which',
  anyOwner: false,
  expectation: (_turn, data) => ({
    kind: 'choice',
    choices: [...(data['choices'] as Choice[]), { id: 'none', label: { key: 'system:none_of_these' } }],
  }),
  reply(turn, value, data) {
    const found = currentStep(turn);
    if (value === 'none' || !found) return { go: 'repeat' };
    if (!(data['choices'] as Choice[]).some(({ id }) => id === value)) return null;
    return found.step.type.question?.reply(turn, found.step, value, turn.session.wait?.data ?? {}) ?? null;
  },
};

// remind: offers one message before a date, sends it if wanted, and forgets.
import { z } from 'zod';
import { Cel, stepSchema, TextKey } from './common.ts';
import { readYesNo, YES_NO } from '../dialogues/dialogue.ts';
import { instantOf, shiftDate } from '../local-time.ts';
import type { CompiledStep, StepType, Turn } from '../program.ts';
import { currentStep, emit, evaluateText, keyOf, say, stepText } from '../turn.ts';
import { waitForStep } from '../waits.ts';

/** Schema of a remind step. Question: `<text>.ask` with yes and no; reminder: `<text>`. */
export const RemindStep = stepSchema('remind', {
  remind: z.strictObject({
    at: Cel.describe('Expression that gives a date, such as answers.date'),
    days_before: z.int().min(0).max(60).default(1),
    text: TextKey,
  }),
});
export type RemindStep = z.infer<typeof RemindStep>;

/** Hour of the hotline's day at which reminders go out. */
const REMIND_HOUR = 9;

/**
 * Offers a reminder.
 * @example
 * ```yaml
 * - ask: date
 *   type: date
 * - remind: { at: answers.date, days_before: 1, text: reminder }
 * - say: closing
 * ```
 */
export const remind: StepType<RemindStep> = {
  kind: 'remind',
  speaks: () => false,
  waits: false,
  run(turn, step) {
    if (dueAt(turn, step) === null) return { go: 'next' };
    askRemind(turn, step);
    return { go: 'wait' };
  },
  question: {
    expectation: () => ({ kind: 'choice', choices: YES_NO }),
    ask: askRemind,
    reply(turn, step, value) {
      const yes = readYesNo(value);
      if (yes === null) return null;
      const atMs = dueAt(turn, step);
      if (yes && atMs !== null) {
        const key = keyOf(currentStep(turn)?.flow.id ?? '', step.config.remind.text);
        emit(turn, { type: 'remind', atMs, line: { text: { key, params: { date: dateOf(turn, step)! } } } });
      }
      return { go: 'next', choice: yes ? 'yes' : 'no' };
    },
  },
  outcomes: () => ['yes', 'no'],
  texts: ({ remind: { text } }) => [
    { path: ['remind', 'text'], key: text },
    { path: ['remind', 'text'], key: `${text}.ask` },
  ],
  expressions: ({ remind: { at } }) => [{ path: ['remind', 'at'], source: at, want: 'value' }],
};

function dateOf(turn: Turn, step: CompiledStep<RemindStep>): string | null {
  const date = evaluateText(turn, step, 'remind.at');
  return date !== null && /^\d{4}-\d\d-\d\d$/.test(date) ? date : null;
}

/** When the reminder would go out; null when there is no date or the time has passed. */
function dueAt(turn: Turn, step: CompiledStep<RemindStep>): number | null {
  const date = dateOf(turn, step);
  if (date === null) return null;
  const at = instantOf(shiftDate(date, -step.config.remind.days_before), REMIND_HOUR, turn.program.timezone);
  return at > turn.env.now ? at : null;
}

function askRemind(turn: Turn, step: CompiledStep<RemindStep>): void {
  say(turn, stepText(turn, step, `${step.config.remind.text}.ask`), YES_NO);
  waitForStep(turn, step, 'confirm');
}

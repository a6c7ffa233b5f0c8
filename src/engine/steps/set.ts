// set: computes values and keeps them among the flow's answers.
import { z } from 'zod';
import { AnswerName, Cel, stepSchema } from './common.ts';
import type { StepType } from '../program.ts';
import { evaluate, setAnswer } from '../turn.ts';

/** Schema of a set step. */
export const SetStep = stepSchema('set', {
  set: z
    .record(AnswerName, z.union([Cel, z.number(), z.boolean(), z.null()]))
    .describe('Name → CEL expression (text in quotes within the expression), number, true or false.'),
});
export type SetStep = z.infer<typeof SetStep>;

/**
 * Computes values.
 * @example
 * ```yaml
 * - ask: weeks
 *   type: number
 * - set: { long: answers.weeks >= 12, days: answers.weeks * 7 }
 * - say: long_words
 *   when: answers.long
 * - say: closing
 * ```
 */
export const set: StepType<SetStep> = {
  kind: 'set',
  speaks: () => false,
  waits: false,
  run(turn, step) {
    for (const [name, given] of Object.entries(step.config.set)) {
      setAnswer(turn, name, typeof given === 'string' ? (evaluate(turn, step, `set.${name}`) ?? null) : given);
    }
    return { go: 'next' };
  },
  expressions: ({ set }) =>
    Object.entries(set).flatMap(([name, source]) =>
      typeof source === 'string' ? [{ path: ['set', name], source, want: 'value' as const }] : [],
    ),
  answers: ({ set }) =>
    Object.entries(set).map(([name, source]) => ({
      path: ['set', name],
      name,
      kind: { type: 'computed', source: source === null ? 'null' : String(source) },
    })),
};

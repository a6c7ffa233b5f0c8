// say: tells the person one text and goes on.
import type { z } from 'zod';
import { emergencyText } from '../emergency.ts';
import { say as tell, stepText } from '../turn.ts';
import { paramExpressions, Params, stepSchema, TextKey } from './common.ts';
import type { StepType } from '../program.ts';

/** Schema of a say step. */
export const SayStep = stepSchema('say', { say: TextKey, params: Params.optional() });
export type SayStep = z.infer<typeof SayStep>;

/**
 * Says a text.
 * @example
 * ```yaml
 * - say: promise
 * - say: over_12_words
 *   params: { hour: hour }
 * ```
 */
export const say: StepType<SayStep> = {
  kind: 'say',
  speaks: () => true,
  waits: false,
  run(turn, step) {
    const limits = step.config.say === 'system:limits';
    tell(turn, limits ? emergencyText(turn, 'limits') : stepText(turn, step, step.config.say));
    return { go: 'next' };
  },
  texts: ({ say }) => [{ path: ['say'], key: say }],
  expressions: ({ params }) => paramExpressions(params),
};

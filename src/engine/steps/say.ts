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
 * Says a text. The limits of the line and the emergency text name a number only where one is signed for the place.
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
    const { say: key } = step.config;
    if (key === 'system:limits' || key === 'system:limits_no_number') tell(turn, emergencyText(turn, 'limits'));
    else if (key === 'system:emergency' || key === 'system:emergency_no_number') tell(turn, emergencyText(turn, 'emergency'));
    else tell(turn, stepText(turn, step, key));
    return { go: 'next' };
  },
  texts: ({ say }) => [{ path: ['say'], key: say }],
  expressions: ({ params }) => paramExpressions(params),
};

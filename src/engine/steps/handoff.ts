// handoff: calls a person at once and tells what happens next, in hours or out of hours.
import { z } from 'zod';
import { Cel, HandoffPriority, HandoffReason, stepSchema } from './common.ts';
import { handOver, type HandoffRequest } from '../handoff.ts';
import type { StepType } from '../program.ts';
import { evaluate } from '../turn.ts';

/** Schema of a handoff step. What follows it is said only when nobody is there at once. */
export const HandoffStep = stepSchema('handoff', {
  handoff: z.strictObject({
    priority: HandoffPriority.default('normal'),
    reason: HandoffReason.optional(),
    responder_gender: Cel.optional().describe('Expression that gives woman, man or any, such as answers.who'),
  }),
});
export type HandoffStep = z.infer<typeof HandoffStep>;

const GENDERS = ['woman', 'man', 'any'] as const;

/**
 * Calls a person at once.
 * @example
 * ```yaml
 * - ask: who
 *   choices: [any, woman, man]
 *   optional: true
 * - handoff: { priority: urgent, responder_gender: answers.who }
 * - say: meanwhile
 * ```
 */
export const handoff: StepType<HandoffStep> = {
  kind: 'handoff',
  speaks: () => true,
  waits: false,
  run(turn, step) {
    const { priority, reason = 'flow' } = step.config.handoff;
    const wanted = GENDERS.find((gender) => gender === evaluate(turn, step, 'handoff.responder_gender'));
    const request: HandoffRequest = { priority, reason, afterwards: { go: 'next' } };
    if (wanted) request.responderGender = wanted;
    return handOver(turn, request);
  },
  expressions: ({ handoff: { responder_gender: source } }) =>
    source === undefined ? [] : [{ path: ['handoff', 'responder_gender'], source, want: 'value' }],
};

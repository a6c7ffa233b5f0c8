// handoff: calls a person at once and tells what happens next, in hours or out of hours.
import { z } from 'zod';
import { Cel, HandoffPriority, HandoffReason, stepSchema } from './common.ts';

/** Schema of a handoff step. What follows it is said only when nobody is there at once. */
export const HandoffStep = stepSchema('handoff', {
  handoff: z.strictObject({
    priority: HandoffPriority.default('normal'),
    reason: HandoffReason.optional(),
    responder_gender: Cel.optional().describe('Expression that gives woman, man or any, such as answers.who'),
  }),
});
export type HandoffStep = z.infer<typeof HandoffStep>;

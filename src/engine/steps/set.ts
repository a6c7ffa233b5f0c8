// set: computes values and keeps them among the flow's answers.
import { z } from 'zod';
import { AnswerName, Cel, stepSchema } from './common.ts';

/** Schema of a set step. */
export const SetStep = stepSchema('set', {
  set: z
    .record(AnswerName, z.union([Cel, z.number(), z.boolean(), z.null()]))
    .describe('Name → CEL expression (text in quotes within the expression), number, true or false.'),
});
export type SetStep = z.infer<typeof SetStep>;

// answer: shows one reviewed FAQ entry, or searches the entries with the person's own words.
import { z } from 'zod';
import { Cel, stepSchema, StepRef } from './common.ts';

/** Schema of an answer step. */
export const AnswerStep = stepSchema('answer', {
  answer: z
    .union(
      [
        z.literal('pending'),
        z.string().regex(/^[A-Z][A-Za-z0-9_]{1,30}$/, 'must be the id of an entry (Q04), { search: answers.question }, or pending'),
        z.strictObject({ search: Cel.describe('Expression that gives the question, such as answers.q') }),
      ],
      { error: 'answer must be the id of an entry (Q04), { search: answers.question }, or pending' },
    )
    .describe('Id of an entry | { search: answers.q } | pending (the message held from before the welcome).'),
  found: StepRef.optional(),
  not_found: StepRef.optional(),
});
export type AnswerStep = z.infer<typeof AnswerStep>;

// complaint: files what the flow collected (answers.about, text, place, contact) and tells the number.
import { z } from 'zod';
import { ChoiceId, stepSchema } from './common.ts';

/** Schema of a complaint step. */
export const ComplaintStep = stepSchema('complaint', {
  complaint: z.strictObject({
    private_about: z.array(ChoiceId).optional().describe('Values of answers.about that only sensitive-feedback officers may see.'),
  }),
});
export type ComplaintStep = z.infer<typeof ComplaintStep>;

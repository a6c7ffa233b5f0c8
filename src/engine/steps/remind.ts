// remind: offers one message before a date, sends it if wanted, and forgets.
import { z } from 'zod';
import { Cel, stepSchema, TextKey } from './common.ts';

/** Schema of a remind step. Question: `<text>.ask` with yes and no; reminder: `<text>`. */
export const RemindStep = stepSchema('remind', {
  remind: z.strictObject({
    at: Cel.describe('Expression that gives a date, such as answers.date'),
    days_before: z.int().min(0).max(60).default(1),
    text: TextKey,
  }),
});
export type RemindStep = z.infer<typeof RemindStep>;

// directory: lists places near the person for a topic, or says honestly that there is none and notes the gap.
import { z } from 'zod';
import { TopicCode } from '../../domain/content.ts';
import { Cel, stepSchema, StepRef } from './common.ts';

/** Schema of a directory step. */
export const DirectoryStep = stepSchema('directory', {
  directory: z.strictObject({
    topic: TopicCode,
    near: Cel.optional().describe('A locality or location, such as answers.place; default: the locality already known.'),
    limit: z.int().min(1).max(10).default(3),
    open_now: z.boolean().optional(),
    women_only: z.boolean().optional(),
    female_staff: z.boolean().optional(),
    child_friendly: z.boolean().optional(),
  }),
  found: StepRef.optional(),
  not_found: StepRef.optional(),
});
export type DirectoryStep = z.infer<typeof DirectoryStep>;

// say: tells the person one text and goes on.
import { z } from 'zod';
import { Params, stepSchema, TextKey } from './common.ts';

/** Schema of a say step. */
export const SayStep = stepSchema('say', { say: TextKey, params: Params.optional() });
export type SayStep = z.infer<typeof SayStep>;

// consent: asks for one consent (ok, no, more) and records what was said with which text.
import { z } from 'zod';
import { Params, stepSchema } from './common.ts';

/** Schema of a consent step. Texts: `<id>`, `<id>.ok`, `<id>.no`, `<id>.more`, `<id>.more_text`. */
export const ConsentStep = stepSchema('consent', {
  consent: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,40}$/, 'must be a purpose, such as keep_messages')
    .describe('Purpose. keep_messages also sets how long messages are kept. Give the step an id: its texts are under it.'),
  params: Params.optional(),
});
export type ConsentStep = z.infer<typeof ConsentStep>;

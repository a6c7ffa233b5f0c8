// goto: leaves this flow and everything that called it, and begins another.
import { z } from 'zod';
import { FlowId, stepSchema } from './common.ts';

/** Schema of a goto step. */
export const GotoStep = stepSchema('goto', { goto: FlowId });
export type GotoStep = z.infer<typeof GotoStep>;

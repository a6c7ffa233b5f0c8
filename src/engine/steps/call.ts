// call: runs another flow and comes back; the other flow has answers of its own.
import { z } from 'zod';
import { FlowId, stepSchema } from './common.ts';

/** Schema of a call step. */
export const CallStep = stepSchema('call', { call: FlowId });
export type CallStep = z.infer<typeof CallStep>;

// wait: lets time pass before the flow goes on; the person may write meanwhile.
import { z } from 'zod';
import { stepSchema } from './common.ts';

/** Schema of a wait step. */
export const WaitStep = stepSchema('wait', { wait: z.strictObject({ seconds: z.int().min(5).max(2_592_000) }) });
export type WaitStep = z.infer<typeof WaitStep>;

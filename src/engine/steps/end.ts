// end: ends the whole conversation flow with an outcome for the request log, or without one (silent).
import { z } from 'zod';
import { LOG_CODES } from './log.ts';
import { stepSchema } from './common.ts';

/** Schema of an end step. */
export const EndStep = stepSchema('end', {
  end: z.enum([...LOG_CODES.outcome, 'silent'], { error: `end must be one of ${LOG_CODES.outcome.join(', ')}, or silent` }),
});
export type EndStep = z.infer<typeof EndStep>;

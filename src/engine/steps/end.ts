// end: ends the whole conversation flow with an outcome for the request log, or without one (silent).
import { z } from 'zod';
import { LOG_CODES } from './log.ts';
import { stepSchema } from './common.ts';
import type { StepType } from '../program.ts';

/** Schema of an end step. */
export const EndStep = stepSchema('end', {
  end: z.enum([...LOG_CODES.outcome, 'silent'], { error: `end must be one of ${LOG_CODES.outcome.join(', ')}, or silent` }),
});
export type EndStep = z.infer<typeof EndStep>;

/**
 * Ends everything that runs.
 * @example
 * ```yaml
 * - say: closing
 * - end: answered
 * ```
 */
export const end: StepType<EndStep> = {
  kind: 'end',
  speaks: () => false,
  waits: false,
  continues: false,
  run: (_turn, { config }) => ({ go: 'end', outcome: config.end === 'silent' ? null : config.end, silent: config.end === 'silent' }),
};

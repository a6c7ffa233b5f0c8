// call: runs another flow and comes back; the other flow has answers of its own.
import type { z } from 'zod';
import { FlowId, stepSchema } from './common.ts';
import type { StepType } from '../program.ts';

/** Schema of a call step. */
export const CallStep = stepSchema('call', { call: FlowId });
export type CallStep = z.infer<typeof CallStep>;

/**
 * Runs another flow and comes back.
 * @example
 * ```yaml
 * - say: answer_words
 * - call: other
 * - say: closing
 * ```
 */
export const call: StepType<CallStep> = {
  kind: 'call',
  speaks: () => false,
  waits: false,
  run: (_turn, step) => ({ go: 'call', flow: step.config.call }),
  flows: ({ call }) => [{ path: ['call'], flow: call, how: 'call' }],
};

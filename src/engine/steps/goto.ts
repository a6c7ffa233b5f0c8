// goto: leaves this flow and everything that called it, and begins another.
import type { z } from 'zod';
import { FlowId, stepSchema } from './common.ts';
import type { StepType } from '../program.ts';

/** Schema of a goto step. */
export const GotoStep = stepSchema('goto', { goto: FlowId });
export type GotoStep = z.infer<typeof GotoStep>;

/**
 * Begins another flow instead of this one.
 * @example
 * ```yaml
 * - say: leaving
 * - goto: other
 * ```
 */
export const goto: StepType<GotoStep> = {
  kind: 'goto',
  speaks: () => false,
  waits: false,
  continues: false,
  run: (_turn, step) => ({ go: 'goto', flow: step.config.goto }),
  flows: ({ goto }) => [{ path: ['goto'], flow: goto, how: 'goto' }],
};

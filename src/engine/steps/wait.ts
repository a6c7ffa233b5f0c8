// wait: lets time pass before the flow goes on; the person may write meanwhile.
import { z } from 'zod';
import { stepSchema } from './common.ts';
import type { StepType } from '../program.ts';
import { waitForStep } from '../waits.ts';

/** Schema of a wait step. */
export const WaitStep = stepSchema('wait', { wait: z.strictObject({ seconds: z.int().min(5).max(2_592_000) }) });
export type WaitStep = z.infer<typeof WaitStep>;

/**
 * Lets time pass.
 * @example
 * ```yaml
 * - say: first
 * - wait: { seconds: 600 }
 * - say: second
 * ```
 */
export const wait: StepType<WaitStep> = {
  kind: 'wait',
  speaks: () => false,
  waits: true,
  run(turn, step) {
    waitForStep(turn, step, 'sleep', {}, step.config.wait.seconds);
    return { go: 'wait' };
  },
};

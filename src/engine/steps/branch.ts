// branch: goes to the first step whose condition holds; falls through when none does.
import type { z } from 'zod';
import { Conditions, stepSchema } from './common.ts';
import type { StepType } from '../program.ts';
import { holds } from '../turn.ts';

/** Schema of a branch step. */
export const BranchStep = stepSchema('branch', { branch: Conditions.describe('[{ if: CEL, to: id }, …, { to: id }]') });
export type BranchStep = z.infer<typeof BranchStep>;

/**
 * Goes where the first condition that holds says.
 * @example
 * ```yaml
 * - ask: weeks
 *   type: number
 * - branch: [{ if: answers.weeks > 12, to: long }, { to: short }]
 * - say: long
 *   next: end
 * - say: short
 * ```
 */
export const branch: StepType<BranchStep> = {
  kind: 'branch',
  speaks: () => false,
  waits: false,
  run(turn, step) {
    const chosen = step.config.branch.find((_, i) => holds(turn, step, `branch.${i}.if`));
    return chosen ? { go: 'to', step: chosen.to } : { go: 'next' };
  },
  targets: ({ branch }) => branch.map(({ to }, i) => ({ path: ['branch', i, 'to'], to })),
  expressions: ({ branch }) =>
    branch.flatMap(({ if: source }, i) => (source === undefined ? [] : [{ path: ['branch', i, 'if'], source, want: 'bool' as const }])),
};

// branch: goes to the first step whose condition holds; falls through when none does.
import { z } from 'zod';
import { Conditions, stepSchema } from './common.ts';

/** Schema of a branch step. */
export const BranchStep = stepSchema('branch', { branch: Conditions.describe('[{ if: CEL, to: id }, …, { to: id }]') });
export type BranchStep = z.infer<typeof BranchStep>;

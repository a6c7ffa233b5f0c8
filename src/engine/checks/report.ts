// How checks tell of a problem: what, how bad, and where in the file.
import type { StepPath } from '../program.ts';

export interface FlowProblem {
  severity: 'error' | 'warning';
  /** Stable name of the check: `dangling_next`, `missing_text` … */
  code: string;
  message: string;
  file: string;
  line: number;
  column: number;
}

/** Reports a problem at a path of one flow's file. */
export type Report = (severity: 'error' | 'warning', code: string, path: StepPath, message: string) => void;

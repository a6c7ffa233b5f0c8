// The id of a step that gives none: the text key of say and ask, else its type and position.
import type { Step } from './flow.ts';

/** Default id of a step at a position (from 0). Positions are counted from 1 in ids. */
export function defaultStepId(step: Step, index: number): string {
  if (step.kind === 'say') return step.say;
  if (step.kind === 'ask') return step.ask;
  return `${step.kind}_${index + 1}`;
}

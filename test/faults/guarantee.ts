// What a guarantee is: a sentence, the figure that shows it, and a trial that makes the faults and counts.
// One file each in guarantees/, listed in index.ts, run small by the tests of this folder and in full by run.ts.
import type { Backend } from '../support/places.ts';

export interface Guarantee {
  /** File name. */
  id: string;
  /** What is promised, as in the table of guarantees. */
  says: string;
  /** The figure that a full run must show. */
  wanted: string;
  /** Databases that it is tried on; none when it does not touch one. */
  stores: readonly Backend[];
  /** Makes the faults, and counts. Throws when the trial itself could not be made as intended. */
  run(trial: Trial): Promise<Outcome>;
}

export interface Trial {
  store: Backend;
  /** How often to do something: `full` in a long run (less with a share), `short` as part of `npm test`. */
  times(full: number, short: number): number;
  /** Says how far it is, in a long run. */
  progress(text: string): void;
}

/** `not shown`: the fault could not be made on this machine. */
export interface Outcome {
  verdict: 'holds' | 'falls short' | 'not shown';
  /** What was counted; for `not shown`, why. */
  measured: string;
}

/** An outcome that holds when nothing was found wrong. */
export function outcome(holds: boolean, measured: string): Outcome {
  return { verdict: holds ? 'holds' : 'falls short', measured };
}

// What is to happen next, as a value: steps, commands and dialogues return one, run.ts carries it out.
// So none of them needs to know the step loop.
import type { Outcome } from '../domain/event.ts';

export type Then =
  /** Follow the step's own `next`; `choice` picks from a map by choice. */
  | { go: 'next'; choice?: string }
  /** Go to a step of the same flow, or 'end'. */
  | { go: 'to'; step: string }
  | { go: 'call'; flow: string }
  /** Leave everything that runs and begin a flow, or at one of its steps. `back`: BACK returns to where the person stood. */
  | { go: 'goto'; flow: string; step?: string; back?: boolean }
  | { go: 'end'; outcome: Outcome | null; silent: boolean }
  /** A question was asked; the reply comes in a later turn. */
  | { go: 'wait' }
  /** Nothing more in this turn. */
  | { go: 'done' }
  /** Ask again what was waiting before, or begin what has not begun. */
  | { go: 'repeat' }
  /** Take a text as if the person had just sent it. */
  | { go: 'read'; text: string };

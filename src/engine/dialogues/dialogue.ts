// The contract of a dialogue: a short question of the program itself, laid over whatever a flow asks.
// One file a dialogue in this folder; index.ts lists them; engine.ts leads them.
import type { Value } from '../../domain/session.ts';
import type { Choice } from '../../domain/text.ts';
import type { Expectation } from '../env.ts';
import type { WaitData } from '../program.ts';
import type { Then } from '../then.ts';
import type { Turn } from '../program.ts';

export interface Dialogue {
  /** Name in the wait's data. */
  readonly name: string;
  /** Goes on under any owner; other dialogues rest while people own the conversation. */
  readonly anyOwner: boolean;
  /** Asked by people's work: a day of silence does not end it, and whoever writes something else is simply heard. */
  readonly lasting?: true;
  /**
   * The answer gives something away, or ends something: only the very next message counts, and only when it is clear.
   * Ended by whatever else is written, by the person or to them. Its data has `askedAt`: what was written before is no answer.
   */
  readonly strict?: true;
  expectation(turn: Turn, data: WaitData): Expectation;
  /**
   * Takes the reply. The dialogue is closed already: what waited before it is the session's wait again.
   * @returns null when the value is no reply: the message then goes to what waited before.
   */
  reply(turn: Turn, value: Value, data: WaitData): Then | null;
}

/** Yes and no as choices, with the usual labels. */
export const YES_NO: Choice[] = [
  { id: 'yes', label: { key: 'system:yes' } },
  { id: 'no', label: { key: 'system:no' } },
];

/** Reads yes or no, however it was understood; null for anything else. */
export function readYesNo(value: Value): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 'yes') return true;
  return value === 'no' ? false : null;
}

// How the choices of a turn are shown: native buttons, a native list, or numbered text. Called by fit.ts.
// Decides only; writes no message.
import type { Capabilities } from '../domain/capabilities.ts';
import { choiceNumber } from '../domain/choice-number.ts';

/** A choice with its label in words. */
export interface LabelledChoice {
  id: string;
  label: string;
}

/** The gentlest layout that holds all choices under a body of the given length (in characters). */
export function chooseLayout(choices: LabelledChoice[], bodyLength: number, capabilities: Capabilities): 'buttons' | 'list' | 'text' {
  if (choices.length === 0) return 'text';
  if (holds(capabilities.buttons, choices, bodyLength)) return 'buttons';
  if (holds(capabilities.list, choices, bodyLength)) return 'list';
  return 'text';
}

/** Labels must fit and differ: providers refuse two alike. */
function holds(native: Capabilities['buttons'], choices: LabelledChoice[], bodyLength: number): boolean {
  if (native === null || choices.length > native.max || bodyLength > native.maxBody) return false;
  const labels = new Set(choices.map((choice) => choice.label));
  return labels.size === choices.length && choices.every((choice) => characterCount(choice.label) <= native.maxLabel);
}

/** Length as messaging platforms count it: code points. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The choices as numbered lines: `1 Salud`, `2 Escuela` … with 0 for the tenth of ten. */
export function numberedLines(choices: LabelledChoice[]): string {
  return choices.map((choice, index) => `${choiceNumber(index, choices.length)} ${choice.label}`).join('\n');
}

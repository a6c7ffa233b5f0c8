// Writes a counted number in the digits that readers of a language expect. Phone numbers and codes are strings and never come here.
// Called by texts.ts for parameters of type number.
import { DIGIT_SETS } from './language-info.ts';
import type { LanguageEntry } from './language-info.ts';

/** The number in decimal digits of the given set, without grouping. */
export function formatNumber(value: number, digits: LanguageEntry['digits']): string {
  const ascii = String(value);
  if (digits === 'latn') return ascii;
  const zero = DIGIT_SETS[digits];
  return ascii.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

// Which scripts are written from right to left: our own table, because Intl reports some Arabic variants left-to-right.
// Called by texts.ts and by whoever needs the direction of a language. Knows no language, only ISO 15924 codes.

/** Direction of a line of text. */
export type Direction = 'ltr' | 'rtl';

/**
 * ISO 15924 codes of right-to-left scripts that living languages use.
 * @see https://www.unicode.org/iso15924/iso15924-codes.html
 */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['Arab', 'Hebr', 'Thaa', 'Nkoo', 'Syrc', 'Adlm', 'Rohg']);

/** Direction of a script by its ISO 15924 code, e.g. `Arab` → `rtl`. Unknown scripts are left-to-right. */
export function scriptDirection(script: string): Direction {
  return RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
}

/** Source of a character class that matches one letter of a right-to-left script. For use inside `[…]` with the `u` flag. */
export const RIGHT_TO_LEFT_LETTERS =
  '\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Thaana}\\p{Script=Nko}\\p{Script=Syriac}\\p{Script=Adlam}\\p{Script=Hanifi_Rohingya}';

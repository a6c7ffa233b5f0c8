// The words in which emergency patterns are looked for. Called by emergency.ts and emergency-pattern.ts.
// Thai, Lao, Khmer, Burmese and Chinese put no spaces between words, and no way to cut them is certain: there each letter with its marks
// counts as a word, so that a pattern is found wherever its letters stand.
import { wordsOf } from './normalise.ts';

const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}]/u;
/** A number, or a letter with its marks; letters that Khmer and Burmese stack below it belong to it. */
const LETTER_WITH_MARKS = /\p{Nd}+|(?:\P{M}\p{M}*[\u17d2\u1039])*\P{M}\p{M}*|\p{M}+/gu;

/** Words of a normalised text; letters with their marks where the script puts no spaces. */
export function patternWords(normalised: string): string[] {
  const words = wordsOf(normalised);
  return UNSPACED.test(normalised)
    ? words.flatMap((word) => (UNSPACED.test(word) ? (word.match(LETTER_WITH_MARKS) ?? []) : [word]))
    : words;
}

/** Whether this is a letter of a script that puts no spaces between words. */
export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}

// Cuts a run of letters into known words, where the script puts no spaces between them: 第二個, ข้อที่สอง. Called by number-words.ts.
import { isUnspaced } from './pattern-words.ts';

const LONGEST_RUN = 24;

/** The words with each run of an unspaced script cut into known ones, longest first; a run that does not come out even stays whole. */
export function cutWords(words: readonly string[], isKnown: (word: string) => boolean): string[] {
  return words.flatMap((word) => (isUnspaced(word) && !isKnown(word) ? (cut(word, isKnown) ?? [word]) : [word]));
}

function cut(run: string, isKnown: (word: string) => boolean): string[] | null {
  if (run === '') return [];
  if (run.length > LONGEST_RUN) return null;
  for (let length = run.length; length > 0; length -= 1) {
    const head = run.slice(0, length);
    const rest = isKnown(head) ? cut(run.slice(length), isKnown) : null;
    if (rest !== null) return [head, ...rest];
  }
  return null;
}

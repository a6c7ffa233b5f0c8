// Mends single words of a question that the answers never use, where one word that they do use is clearly meant. Called by answer-model.ts.
// One difference is forgiven in words of 5 to 7 letters, two in longer ones, none in the first letter. Arabic is left alone: its words
// differ by single letters of the root, and mending them cost two points of accuracy where Spanish, English and French lost none.
import { editDistance } from './edit-distance.ts';

/** Gives back the word, or the known word that it misspells. */
export type Speller = (word: string) => string;

const SHORTEST = 5;
const TWO_DIFFERENCES = 8;
const UNSUITED = /^\p{Script=Arabic}/u;
const MOST_REMEMBERED = 5000;

/** Builds a speller from all words in use, repetitions included: of two words as near, the more frequent one is meant. */
export function createSpeller(words: string[]): Speller {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const byLength = Map.groupBy(
    [...counts.keys()].filter((word) => word.length >= SHORTEST - 1),
    (word) => word.length,
  );
  const remembered = new Map<string, string>();

  function mend(word: string): string {
    const limit = word.length >= TWO_DIFFERENCES ? 2 : 1;
    let best = word;
    let bestDistance = Infinity;
    for (let length = word.length - limit; length <= word.length + limit; length += 1) {
      for (const other of byLength.get(length) ?? []) {
        const distance = editDistance(word, other, Math.min(limit, bestDistance));
        if (distance === Infinity || other[0] !== word[0]) continue;
        if (distance < bestDistance || counts.get(other)! > counts.get(best)!) [best, bestDistance] = [other, distance];
      }
    }
    return best;
  }

  return (word) => {
    if (word.length < SHORTEST || counts.has(word) || UNSUITED.test(word)) return word;
    const known = remembered.get(word);
    if (known !== undefined) return known;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const mended = mend(word);
    remembered.set(word, mended);
    return mended;
  };
}

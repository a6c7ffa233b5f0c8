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

/** Builds a speller from all words in use and how often each is: of two words as near, the more frequent one is meant. */
export function createSpeller(words: Iterable<readonly [word: string, count: number]>): Speller {
  const counts = new Map(words);
  // The first letter is never mended, so only words with the same one are compared.
  const alike = Map.groupBy(
    [...counts.keys()].filter((word) => word.length >= SHORTEST - 1),
    (word) => `${word[0]}${word.length}`,
  );
  const remembered = new Map<string, string>();

  function mend(word: string): string {
    const limit = word.length >= TWO_DIFFERENCES ? 2 : 1;
    let best = word;
    let bestDistance = Infinity;
    for (let length = word.length - limit; length <= word.length + limit; length += 1) {
      for (const other of alike.get(`${word[0]}${length}`) ?? []) {
        const distance = editDistance(word, other, Math.min(limit, bestDistance));
        if (distance === Infinity) continue;
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

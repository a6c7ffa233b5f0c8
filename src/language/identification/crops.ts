// Cuts sentences into the lengths in which the language identification is measured. Called by `ventanilla train-language` and the
// measurements. Pure: the same sentences and seed give the same cuts.
import type { MeasuredText } from './measure.ts';
import { createRandom } from './random.ts';
import { withoutAccents } from './train.ts';

/** Kinds of cuts, in the order of the tables. */
export const CROP_KINDS = ['one word', 'two words', '3-6 words', 'sentence', 'no diacritics'] as const;

/**
 * Up to `each` cuts of each kind from sentences of one language: words with a letter, neighbours in the sentence.
 * "No diacritics" are three to six words whose Latin accents are taken away.
 */
export function cropSentences(language: string, sentences: string[], each: number, seed: number): MeasuredText[] {
  const random = createRandom(seed);
  const texts: MeasuredText[] = [];
  for (let index = 0; index < each && sentences.length > 0; index += 1) {
    const sentence = sentences[random.below(sentences.length)]!;
    const words = sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word));
    const cut = (length: number): string | null => {
      const start = random.below(Math.max(1, words.length - length + 1));
      return words.length < length ? null : words.slice(start, start + length).join(' ');
    };
    const cuts = [cut(1), cut(2), cut(3 + random.below(4)), sentence, cut(3 + random.below(4))];
    cuts.forEach((text, kind) => {
      if (text !== null) texts.push({ language, kind: CROP_KINDS[kind]!, text: kind === 4 ? withoutAccents(text) : text });
    });
  }
  return texts;
}

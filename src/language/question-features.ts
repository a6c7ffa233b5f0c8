// What a question is made of, for the answer search: words, and pieces of words, with weights. Called by answer-model.ts.
// Pieces (2–4 letters) make up for typing errors and inflection; words without content weigh half.
import { normalise } from './normalise.ts';

/** Weight of each feature of a text. Words are marked with a space so that they never meet a piece. */
export type Features = Map<string, number>;

const WORD_WEIGHT = 1;
const PIECE_WEIGHT = 0.35;
const SMALL_WORD_FACTOR = 0.5;
const SHORTEST_PIECE = 2;
const LONGEST_PIECE = 4;
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const MAX_WORDS = 200;

/**
 * The words of a text, normalised; cut by Intl.Segmenter where the script puts no spaces.
 * @see https://unicode.org/reports/tr29/#Word_Boundaries
 */
export function questionWords(text: string, language: string): string[] {
  const normalised = normalise(text);
  if (normalised === '') return [];
  if (!UNSPACED.test(normalised)) return normalised.split(' ').slice(0, MAX_WORDS);
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenterFor(language).segment(normalised)) if (isWordLike) words.push(segment);
  return words.slice(0, MAX_WORDS);
}

/** The features of a text's words. `smallWords` are the language's normalised words without content. */
export function featuresOf(words: string[], smallWords: ReadonlySet<string>): Features {
  const features: Features = new Map();
  const add = (feature: string, weight: number): void => void features.set(feature, (features.get(feature) ?? 0) + weight);
  for (const word of words) {
    const factor = smallWords.has(word) ? SMALL_WORD_FACTOR : 1;
    add(` ${word}`, WORD_WEIGHT * factor);
    const framed = `_${word}_`;
    for (let length = SHORTEST_PIECE; length <= LONGEST_PIECE; length += 1) {
      for (let start = 0; start + length <= framed.length; start += 1) add(framed.slice(start, start + length), PIECE_WEIGHT * factor);
    }
  }
  return features;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known !== undefined) return known;
  const supported = Intl.Segmenter.supportedLocalesOf([language]).length > 0;
  const made = new Intl.Segmenter(supported ? language : undefined, { granularity: 'word' });
  segmenters.set(language, made);
  return made;
}

// What a question is made of, for the answer search: words, pairs of words and pieces of words, as numbers with weights.
// Called by answer-model.ts and answer-training.ts. Pieces (2–4 letters) make up for typing errors and inflection; words without content
// weigh half.
import { normalise } from './normalise.ts';

/** Weight of each feature of a text, by the feature's hash. */
export type Features = Map<number, number>;

const WORD_WEIGHT = 1;
const PAIR_WEIGHT = 0.5;
const PIECE_WEIGHT = 0.35;
const SMALL_WORD_FACTOR = 0.5;
const SHORTEST_PIECE = 2;
const LONGEST_PIECE = 4;
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const MAX_WORDS = 200;
/** Long strings of letters are no words; their pieces would only cost time. */
const MAX_LETTERS = 40;

/** FNV-1a. @see https://www.ietf.org/archive/id/draft-eastlake-fnv-21.html */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
/** Where words and pairs begin, so that they never meet a piece. */
const WORD_OFFSET = 0x2545f491;

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
  const weights: Features = new Map();
  const add = (hash: number, weight: number): void => void weights.set(hash, (weights.get(hash) ?? 0) + weight);
  let before = 0;
  let factorBefore = 0;
  for (const word of words) {
    const factor = smallWords.has(word) ? SMALL_WORD_FACTOR : 1;
    const open = hashOn(WORD_OFFSET, word);
    add(finish(open), WORD_WEIGHT * factor);
    if (before !== 0) add(finish(hashOn(before, word)), PAIR_WEIGHT * Math.max(factor, factorBefore));
    addPieces(`_${word.slice(0, MAX_LETTERS)}_`, PIECE_WEIGHT * factor, add);
    before = step(open, 32);
    factorBefore = factor;
  }
  return weights;
}

function addPieces(framed: string, weight: number, add: (hash: number, weight: number) => void): void {
  for (let start = 0; start < framed.length; start += 1) {
    let hash = OFFSET;
    const end = Math.min(framed.length, start + LONGEST_PIECE);
    for (let at = start; at < end; at += 1) {
      hash = step(hash, framed.charCodeAt(at));
      if (at - start + 1 >= SHORTEST_PIECE) add(finish(hash), weight);
    }
  }
}

function hashOn(hash: number, text: string): number {
  for (let at = 0; at < text.length; at += 1) hash = step(hash, text.charCodeAt(at));
  return hash;
}

function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, PRIME);
}

/** Mixes the bits once more; 31 of them, which V8 keeps as small whole numbers. */
function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 1;
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

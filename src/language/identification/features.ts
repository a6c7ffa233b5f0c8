// What a text is made of, for the language identification: its script, and the numbers of its pieces and words in a table of fixed size.
// Called for each message by model.ts and for each sample by train.ts; both must see the same. Pure.
// Pieces are 1 to 5 letters with the spaces between words; words and pairs of words count as a whole, too.
import { APOSTROPHE, isDropped, letterTable, lookAtUnit, SCRIPTS, SPACE, UNKNOWN, type Script } from './letters.ts';

/** A text as the model sees it. */
export interface TextFeatures {
  script: Script | null;
  /** Words that hold a letter. */
  words: number;
  /** Buckets, repetitions included, in `buckets[0..count)`. The array is used again by the next call. */
  buckets: Uint32Array;
  count: number;
}

const LONGEST_PIECE = 5;
/** What is looked at: enough of any message. */
const MAX_UNITS = 600;
const MOST_WORDS = 80;
const LINK = /\{\{[^}]*\}\}|https?:\S+|\S+@\S+\.\S+/gu;
const ASCII = /^[\x20-\x7e]*$/;
const HAS_LINK = /[@{]|https?:/;
/** A Latin letter counts this much against one of another script: people mix names and foreign words into their own. */
const LATIN_SHARE = 0.5;

const line = new Uint16Array(MAX_UNITS + 2);
const starts = new Uint16Array(MOST_WORDS + 1);
const buckets = new Uint32Array(MAX_UNITS * LONGEST_PIECE + 3 * MOST_WORDS);
const scripts = new Float64Array(SCRIPTS.length);
const result: TextFeatures = { script: null, words: 0, buckets, count: 0 };

/**
 * Reads a text. `bits`: the table of this script has 2^bits buckets.
 * The result is one object that is used again: read it before the next call.
 */
export function readFeatures(text: string, bits: (script: Script) => number): TextFeatures {
  const { length, words } = readLine(text);
  result.words = words;
  result.count = 0;
  result.script = words === 0 ? null : strongestScript();
  if (result.script === null) return result;
  const shift = 32 - bits(result.script);
  addPieces(length, shift);
  addWords(words, shift);
  return result;
}

/** Folds the text into `line`, one space around each word that holds a letter, and notes where words start. */
function readLine(text: string): { length: number; words: number } {
  const letterKinds = letterTable();
  const { fold, script } = letterKinds;
  let head = text.length > MAX_UNITS ? text.slice(0, MAX_UNITS) : text;
  if (HAS_LINK.test(head)) head = head.replace(LINK, ' ');
  if (!ASCII.test(head)) head = head.normalize('NFKC');
  scripts.fill(0);
  let at = 0;
  line[at++] = SPACE;
  let words = 0;
  let start = at;
  let letters = 0;
  const endWord = (): void => {
    while (at > start && line[at - 1] === APOSTROPHE) at -= 1;
    if (letters > 0 && at > start && words < MOST_WORDS) {
      starts[words++] = start;
      line[at++] = SPACE;
    } else at = start;
    start = at;
    letters = 0;
  };
  for (let index = 0; index < head.length && at < MAX_UNITS; index += 1) {
    const unit = head.charCodeAt(index);
    const folded = fold[unit] === UNKNOWN ? lookAtUnit(letterKinds, unit) : fold[unit]!;
    if (folded === 0) {
      if (at > start) endWord();
      continue;
    }
    if (isDropped(folded) || (folded === APOSTROPHE && at === start)) continue;
    const kind = script[unit]!;
    if (kind > 0) {
      letters += 1;
      scripts[kind - 1]! += 1;
    }
    line[at++] = folded;
  }
  if (at > start) endWord();
  starts[words] = at;
  return { length: at, words };
}

/** Japanese letters decide: Chinese has none. */
function strongestScript(): Script | null {
  if (scripts[SCRIPTS.indexOf('Kana')]! > 0) return 'Kana';
  let best: Script | null = null;
  let most = 0;
  for (let index = 0; index < SCRIPTS.length; index += 1) {
    const weight = index === 0 ? scripts[index]! * LATIN_SHARE : scripts[index]!;
    if (weight > most) [best, most] = [SCRIPTS[index]!, weight];
  }
  return best;
}

/** FNV-1a, spread over the upper bits, of which the table takes as many as it has. @see https://datatracker.ietf.org/doc/draft-eastlake-fnv/ */
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;
const WORD_SEED = 0x2545f491;
const PAIR_SEED = 0x6c62272e;

function spread(hash: number, shift: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> shift;
}

function addPieces(length: number, shift: number): void {
  let count = result.count;
  for (let start = 0; start < length; start += 1) {
    let hash = SEED;
    const end = Math.min(length, start + LONGEST_PIECE);
    for (let at = start; at < end; at += 1) {
      hash = Math.imul(hash ^ line[at]!, PRIME);
      // A space alone says nothing.
      if (at > start || line[at] !== SPACE) buckets[count++] = spread(hash, shift);
    }
  }
  result.count = count;
}

function addWords(words: number, shift: number): void {
  let before = 0;
  for (let word = 0; word < words; word += 1) {
    let hash = WORD_SEED;
    for (let at = starts[word]!; line[at] !== SPACE; at += 1) hash = Math.imul(hash ^ line[at]!, PRIME);
    buckets[result.count++] = spread(hash, shift);
    if (word > 0) buckets[result.count++] = spread(Math.imul(before ^ PAIR_SEED, PRIME) ^ hash, shift);
    before = hash;
  }
}

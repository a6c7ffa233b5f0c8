// How likely a text is in each of some languages: naive Bayes over pieces of words (1–4 letters), and how many words are known.
// Trained at load from a release's own texts, in about 100 ms for four languages. Called by guess.ts, which turns this into a confidence.
import { normalise, wordsOf } from './normalise.ts';

/** Words of one language to learn from, with how often they occur. */
export interface LanguageSample {
  language: string;
  /** Offered by the hotline; the others are only there so that they are not taken for one that is. */
  offered: boolean;
  words: Map<string, number>;
}

/** What speaks for one language. */
export interface LanguageScore {
  language: string;
  offered: boolean;
  /** Log-odds against the average language, summed over all pieces. */
  score: number;
  /** Share of the message's words that the language is known to use. */
  known: number;
}

/** A trained model. */
export interface LanguageModel {
  /** Scores a message in all languages, best first. */
  score(words: string[]): LanguageScore[];
  /** The largest share of the words that one language not offered uses and `language` is not known to. */
  foreignShare(words: string[], language: string): number;
}

const BUCKETS = 1 << 15;
const LONGEST_PIECE = 4;
/** Pieces with which each language is credited, spread as in the average language. */
const PRIOR = 400;
const PLAIN = /^[a-z]*$/;
const FRAME = '\u0001';

/** The words of a message or sample: with accents, which tell languages apart. */
export function languageWords(text: string): string[] {
  return wordsOf(normalise(text.replace(/\{\{[^}]*\}\}|https?:\S+|\S+@\S+|[\p{N}_]+/gu, ' '), { keepAccents: true })).filter((word) =>
    /\p{L}/u.test(word),
  );
}

/** Counts the words of texts; a word also counts without its accents, as people write it. */
export function countWords(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (word: string, count: number): void => void counts.set(word, (counts.get(word) ?? 0) + count);
  for (const text of texts) for (const word of languageWords(text)) add(word, 1);
  // Plain forms that this adds come round again, and are their own plain form.
  for (const [word, count] of counts) {
    const plain = PLAIN.test(word) ? word : normalise(word);
    if (plain !== word && !plain.includes(' ')) add(plain, count);
  }
  return counts;
}

/** Trains the model. */
export function trainLanguageModel(samples: LanguageSample[]): LanguageModel {
  const tables = samples.map(({ words }) => countPieces(words));
  const average = new Float64Array(BUCKETS);
  for (const { counts, total } of tables) {
    if (total > 0) for (let bucket = 0; bucket < BUCKETS; bucket += 1) average[bucket]! += counts[bucket]! / total / tables.length;
  }
  const odds = tables.map(({ counts, total }) => {
    const row = new Float32Array(BUCKETS);
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const expected = average[bucket]! + 1e-7;
      row[bucket] = Math.log((counts[bucket]! + PRIOR * expected) / (total + PRIOR) / expected);
    }
    return row;
  });
  const vocabularies = new Map(samples.map(({ language, words }) => [language, words]));
  const strangers = samples.filter((sample) => !sample.offered);

  return {
    score: (words) => scoreAll(words, samples, odds),
    foreignShare(words, language) {
      const own = vocabularies.get(language);
      const unknown = words.filter((word) => own === undefined || !own.has(word));
      const counts = strangers.map((stranger) => unknown.filter((word) => stranger.words.has(word)).length);
      return Math.max(0, ...counts) / (words.length || 1);
    },
  };
}

function scoreAll(words: string[], samples: LanguageSample[], odds: Float32Array[]): LanguageScore[] {
  const buckets = words.flatMap(piecesOf);
  return samples
    .map(({ language, offered, words: vocabulary }, index) => {
      const row = odds[index]!;
      let score = 0;
      for (const bucket of buckets) score += row[bucket]!;
      const known = words.filter((word) => vocabulary.has(word)).length / (words.length || 1);
      return { language, offered, score, known };
    })
    .sort((a, b) => b.score - a.score);
}

/** Pieces of all words; frequent words count by their square root, so that a release's topics do not drown the language. */
function countPieces(words: Map<string, number>): { counts: Float64Array; total: number } {
  const counts = new Float64Array(BUCKETS);
  let total = 0;
  for (const [word, count] of words) {
    const weight = Math.sqrt(count);
    for (const bucket of piecesOf(word)) {
      counts[bucket]! += weight;
      total += weight;
    }
  }
  return { counts, total };
}

/** Buckets of a word's pieces (FNV-1a). */
function piecesOf(word: string): number[] {
  const framed = FRAME + word + FRAME;
  const buckets: number[] = [];
  for (let start = 0; start < framed.length; start += 1) {
    let hash = 0x811c9dc5;
    for (let end = start; end < Math.min(framed.length, start + LONGEST_PIECE); end += 1) {
      hash = Math.imul(hash ^ framed.charCodeAt(end), 0x01000193) >>> 0;
      if (end > start || framed[start] !== FRAME) buckets.push((hash ^ (hash >>> 15)) & (BUCKETS - 1));
    }
  }
  return buckets;
}

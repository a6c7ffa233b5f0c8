// Which language a message is in. Called by the engine, through its env, for a first message and to offer a switch.
// Order: words that are listed in exactly one language are certain; a script that only one language has decides; then a model:
// naive Bayes over character n-grams of the hotline's own texts, with small words counting extra. Short or strange text stays unsure.
import { normalise, wordsOf } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The same shape as in the engine's env. */
export interface LanguageGuess {
  language: string | null;
  confidence: number;
  basis: 'certain' | 'script' | 'model' | 'none';
}

/** Scripts by a letter of theirs. Latin is the rest. */
const SCRIPTS: [string, RegExp][] = [
  ['Arab', /\p{Script=Arabic}/gu],
  ['Cyrl', /\p{Script=Cyrillic}/gu],
  ['Ethi', /\p{Script=Ethiopic}/gu],
  ['Beng', /\p{Script=Bengali}/gu],
  ['Deva', /\p{Script=Devanagari}/gu],
  ['Hani', /\p{Script=Han}/gu],
  ['Thai', /\p{Script=Thai}/gu],
  ['Mymr', /\p{Script=Myanmar}/gu],
  ['Khmr', /\p{Script=Khmer}/gu],
  ['Latn', /\p{Script=Latin}/gu],
];
/** Letters of Persian, Urdu and Pashto that Arabic does not have. */
const NOT_ARABIC = /[پچژگٹڈڑےںټډړښڼې]/u;
const LONGEST_GRAM = 3;
/** Share of known words below which the text is in none of the languages. */
const KNOWN_FEW = 0.34;

interface Model {
  counts: Map<string, number>;
  total: number;
  words: Set<string>;
}

/**
 * Trains the guess.
 * @param samples texts of each language, as many as there are; the vocabularies' small words are added.
 */
export function createLanguageGuess(
  vocabularies: Record<string, Vocabulary>,
  samples: Record<string, string[]>,
): (text: string) => LanguageGuess {
  const tags = Object.keys(vocabularies);
  const models = new Map(tags.map((tag) => [tag, train([...(samples[tag] ?? []), ...(vocabularies[tag]?.stopwords ?? [])])]));
  const scripts = new Map(tags.map((tag) => [tag, scriptOf((samples[tag] ?? vocabularies[tag]?.stopwords ?? []).slice(0, 50).join(' '))]));
  const listed = listWords(vocabularies);
  const gramCount = new Set([...models.values()].flatMap((model) => [...model.counts.keys()])).size;

  return (text) => {
    const plain = normalise(text);
    const certain = listed.get(plain);
    if (certain && certain.size === 1) return { language: [...certain][0] ?? null, confidence: 1, basis: 'certain' };
    const script = scriptOf(text);
    const candidates = tags.filter((tag) => scripts.get(tag) === script);
    if (script === null || candidates.length === 0) return { language: null, confidence: 0, basis: 'none' };
    if (candidates.length === 1 && script !== 'Latn') {
      const foreign = script === 'Arab' && NOT_ARABIC.test(text);
      return { language: candidates[0] ?? null, confidence: foreign ? 0.6 : 0.97, basis: 'script' };
    }
    return byModel(plain, candidates, models, gramCount);
  };
}

/** Greetings and commands, each with the languages that list it. */
function listWords(vocabularies: Record<string, Vocabulary>): Map<string, Set<string>> {
  const listed = new Map<string, Set<string>>();
  for (const [tag, vocabulary] of Object.entries(vocabularies)) {
    for (const phrase of [...vocabulary.greetings, ...Object.values(vocabulary.commands).flat()]) {
      const key = normalise(phrase);
      listed.set(key, (listed.get(key) ?? new Set()).add(tag));
    }
  }
  return listed;
}

function train(texts: string[]): Model {
  const model: Model = { counts: new Map(), total: 0, words: new Set() };
  for (const text of texts) {
    for (const word of wordsOf(normalise(text))) {
      model.words.add(word);
      for (const gram of gramsOf(word)) {
        model.counts.set(gram, (model.counts.get(gram) ?? 0) + 1);
        model.total += 1;
      }
    }
  }
  return model;
}

function gramsOf(word: string): string[] {
  const padded = ` ${word} `;
  const grams: string[] = [];
  for (let length = 1; length <= LONGEST_GRAM; length++)
    for (let at = 0; at + length <= padded.length; at++) grams.push(padded.slice(at, at + length));
  return grams;
}

function scriptOf(text: string): string | null {
  let best: string | null = null;
  let most = 0;
  for (const [script, letters] of SCRIPTS) {
    const count = text.match(letters)?.length ?? 0;
    if (count > most) [best, most] = [script, count];
  }
  return best;
}

function byModel(plain: string, candidates: string[], models: Map<string, Model>, gramCount: number): LanguageGuess {
  const words = wordsOf(plain);
  const scored = candidates
    .map((tag) => {
      const model = models.get(tag);
      const grams = words.flatMap(gramsOf);
      const score = model
        ? grams.reduce((sum, gram) => sum + Math.log(((model.counts.get(gram) ?? 0) + 0.5) / (model.total + gramCount)), 0) / LONGEST_GRAM
        : Number.NEGATIVE_INFINITY;
      const known = model ? words.filter((word) => model.words.has(word)).length / Math.max(1, words.length) : 0;
      return { tag, score, known };
    })
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best || words.length === 0) return { language: null, confidence: 0, basis: 'none' };
  const lead = second ? 1 / (1 + Math.exp(second.score - best.score)) : 1;
  const length = words.length === 1 ? 0.6 : words.length === 2 ? 0.88 : 1;
  const familiar = best.known < KNOWN_FEW ? 0.6 : 0.85 + 0.15 * Math.min(1, best.known / 0.6);
  return { language: best.tag, confidence: lead * length * familiar, basis: 'model' };
}

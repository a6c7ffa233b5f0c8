// Learns from examples what danger sounds like in one language: messages of each kind, and ordinary ones that come close.
// Called by emergency.ts beside the patterns. People tell of danger in more ways than anybody can list; examples reach further than
// patterns, and whoever edits content adds one by writing it down.
import { EMERGENCY_KINDS, type EmergencyKind } from '../domain/command.ts';
import type { DangerExamples } from './danger-examples.ts';
import { trainClassifier, type HashedFeatures } from './linear-classifier.ts';
import { normalise } from './normalise.ts';
import { LeastRecent } from '../util/least-recent.ts';
import { textHash } from '../util/text-hash.ts';
import { isUnspaced, patternWords } from './pattern-words.ts';

/** How likely a text tells of danger, and of which kind most of all. */
export interface DangerChance {
  chance: number;
  kind: EmergencyKind;
}

export type DangerModel = (text: string) => DangerChance;

const ROUNDS = 10;
const SEED = 11;
const BITS = 15;
const WORD = 1;
const PAIR = 0.8;
const PIECE = 0.35;
const PIECES = [3, 4, 5];
/** Of scripts without spaces, letters that stand together. */
const RUNS = [1, 2, 3, 4];
const MOST_WORDS = 120;
const CERTAIN = 1e-6;
/** What is taken from the log-odds of a text of which no piece stands in any example: nothing is known of it then. */
const STRANGE = 3;
const KNOWN_PIECE = 4;
/** Half of what counts is ordinary; the kinds of danger share the other half. */
const SHARES = [...EMERGENCY_KINDS.map(() => 0.5 / EMERGENCY_KINDS.length), 0.5];

/** Models by their examples: those of two releases with 27 languages. */
const MOST_TRAINED = 54;
const trained = new LeastRecent<DangerModel>(MOST_TRAINED);

/** The model of one language. A release that changes none of its examples has that of the release before at once. */
export function dangerModelOf(examples: DangerExamples): DangerModel {
  const key = textHash(JSON.stringify(examples));
  const model = trained.get(key) ?? train(examples);
  trained.set(key, model);
  return model;
}

function train(examples: DangerExamples): DangerModel {
  const classes = [...EMERGENCY_KINDS, 'ordinary'] as const;
  const texts = classes.flatMap((kind, label) => examples[kind].map((text) => ({ words: dangerWords(text), label })));
  const known = new Set(texts.flatMap(({ words }) => piecesOf(words)));
  const classify = trainClassifier(
    texts.map(({ words, label }) => ({ features: featuresOf(words), label })),
    { bits: BITS, shares: SHARES, rounds: ROUNDS, seed: SEED },
  );
  return (text) => {
    const words = dangerWords(text);
    const chances = classify(featuresOf(words));
    let best = 0;
    for (let index = 1; index < EMERGENCY_KINDS.length; index += 1) if (chances[index]! > chances[best]!) best = index;
    const ordinary = chances[EMERGENCY_KINDS.length]!;
    const pieces = piecesOf(words);
    const strange = pieces.filter((piece) => !known.has(piece)).length / (pieces.length || 1);
    const odds = Math.log((1 - ordinary + CERTAIN) / (ordinary + CERTAIN)) - STRANGE * strange;
    return { chance: 1 / (1 + Math.exp(-odds)), kind: EMERGENCY_KINDS[best]! };
  };
}

/** Pieces of four letters, of scripts without spaces of two: how many of them stand in an example tells how much is known of a text. */
function piecesOf(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (isUnspaced(word)) return [word + (words[index + 1] ?? '')];
    const framed = `_${word}_`;
    return Array.from({ length: Math.max(1, framed.length - KNOWN_PIECE + 1) }, (_, at) => framed.slice(at, at + KNOWN_PIECE));
  });
}

function dangerWords(text: string): string[] {
  return patternWords(normalise(text)).slice(0, MOST_WORDS).map(plainNumber);
}

function featuresOf(words: readonly string[]): HashedFeatures {
  const buckets: number[] = [];
  const values: number[] = [];
  const add = (feature: string, weight: number): void => {
    buckets.push(bucketOf(feature));
    values.push(weight);
  };
  words.forEach((word, index) => {
    if (isUnspaced(word)) {
      for (const length of RUNS)
        if (index + length <= words.length) add(words.slice(index, index + length).join(''), length === 1 ? PIECE : WORD);
      return;
    }
    add(` ${word}`, WORD);
    if (index > 0) add(` ${words[index - 1]!} ${word}`, PAIR);
    const framed = `_${word}_`;
    for (const length of PIECES) for (let at = 0; at + length <= framed.length; at += 1) add(framed.slice(at, at + length), PIECE);
  });
  return { buckets, values };
}

/** An age of a child tells something; which it is does not. */
function plainNumber(word: string): string {
  if (!/^\d+$/.test(word)) return word;
  return Number(word) >= 5 && Number(word) < 18 ? '#child' : '#';
}

/** FNV-1a. */
function bucketOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at += 1) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> (32 - BITS);
}

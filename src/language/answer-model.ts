// Ranks topics by their likeness to a question, in one language, with a model that answer-training.ts made of titles, phrasings and
// answer texts. Called by answer-search.ts, which knows about places and dates; this file knows only numbers and groups of texts.
// A question's weighted features (TF-IDF, unit length) are scored by each group's weights, plus the likeness (cosine) to its nearest
// phrasings. The model is plain data, typed arrays for the most part: a worker can hand it over.
import { featuresOf, questionWords, type Features } from './question-features.ts';
import { createSpeller, type Speller } from './speller.ts';

/** For each feature its entries, packed: those of feature f stand from `starts[f]` to before `starts[f + 1]`. */
export interface Table {
  starts: Uint32Array;
  columns: Uint16Array;
  /** Times `scale`: whole numbers in a trained model, which halves what it holds. */
  values: Float32Array | Int16Array;
  scale: number;
}

/** A trained model of one language. */
export interface AnswerModel {
  language: string;
  groups: string[];
  /** The group that stands for all that is not our topic; -1 where it was trained without. */
  other: number;
  /** Hashes of the features, sorted: a feature's number is its place. */
  keys: Uint32Array;
  /** How rare each feature is, and one that was never seen. */
  rarity: Float32Array;
  unseen: number;
  /** What any feature says for a group that never has it. */
  base: Float32Array;
  weights: Table;
  /** Which phrasings hold a feature, and the group and version of each phrasing. */
  phrasings: Table;
  groupOf: Uint16Array;
  versionOf: Uint16Array;
  versions: string[];
  /** All words in use and how often, for mending misspelt ones. */
  words: string[];
  counts: Uint16Array;
}

/** A question as the model sees it. */
export interface QuestionVector {
  ids: number[];
  weights: number[];
  /** Share of the question's weight that the model has ever seen. */
  known: number;
}

/** What speaks for each group. */
export interface Ranking {
  /** Numbers of the groups, best first, without what is not our topic. */
  order: number[];
  scores: Float64Array;
  /** Score of what is not our topic; null where the model was trained without. */
  other: number | null;
  known: number;
  /** Likeness of a version's nearest phrasing, 0–1. */
  likeness(version: string): number;
}

/** Ranks questions with a model. */
export type Rank = (question: string) => Ranking;

/** Likeness of the three nearest phrasings counts so much each, beside the weights. */
const NEAREST_WEIGHT = 4;
const NEAREST = 3;
/** Rarity counts by this power. */
const RARITY_POWER = 0.7;

/** How much a feature of `frequency` texts among `texts` weighs. */
export function rarityOf(frequency: number, texts: number): number {
  return Math.log(1 + texts / (frequency + 0.5)) ** RARITY_POWER;
}

/** Makes the function of a model. `smallWords` are those that it was trained with. */
export function createRank(model: AnswerModel, smallWords: ReadonlySet<string>): Rank {
  let speller: Speller | null = null;
  return (question) => {
    speller ??= createSpeller(model.words.map((word, index) => [word, model.counts[index]!]));
    const words = questionWords(question, model.language).map(speller);
    return rankFeatures(model, featuresOf(words, smallWords));
  };
}

/** Ranks a question by its features, as it is spelt. */
export function rankFeatures(model: AnswerModel, features: Features): Ranking {
  return rankVector(model, vectorOf(model, features));
}

/** TF-IDF of unit length over all features, of which only the known ones are kept. */
export function vectorOf({ keys, rarity, unseen }: Pick<AnswerModel, 'keys' | 'rarity' | 'unseen'>, features: Features): QuestionVector {
  const ids: number[] = [];
  const weights: number[] = [];
  let all = 0;
  let known = 0;
  for (const [hash, count] of features) {
    const id = placeOf(keys, hash);
    const weight = Math.sqrt(count) * (id === -1 ? unseen : rarity[id]!);
    all += weight * weight;
    if (id === -1) continue;
    known += weight * weight;
    ids.push(id);
    weights.push(weight);
  }
  const length = Math.sqrt(all) || 1;
  for (let at = 0; at < weights.length; at += 1) weights[at]! /= length;
  return { ids, weights, known: all === 0 ? 0 : known / all };
}

function placeOf(keys: Uint32Array, key: number): number {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = keys[middle]!;
    if (value === key) return middle;
    if (value < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Adds up what the features say for each group. */
export function scoreGroups(
  { base, weights: { starts, columns, values, scale } }: Pick<AnswerModel, 'base' | 'weights'>,
  vector: QuestionVector,
): Float64Array {
  let all = 0;
  for (const weight of vector.weights) all += weight;
  const scores = new Float64Array(base.length);
  for (let group = 0; group < base.length; group += 1) scores[group] = base[group]! * all;
  for (let index = 0; index < vector.ids.length; index += 1) {
    const feature = vector.ids[index]!;
    const weight = vector.weights[index]! * scale;
    for (let at = starts[feature]!; at < starts[feature + 1]!; at += 1) scores[columns[at]!]! += weight * values[at]!;
  }
  return scores;
}

function rankVector(model: AnswerModel, vector: QuestionVector): Ranking {
  const { groupOf, versionOf, other } = model;
  const scores = scoreGroups(model, vector);
  const likeness = likenessOf(model, vector);
  const best = new Float64Array(model.groups.length * NEAREST);
  for (let text = 0; text < likeness.length; text += 1) keepBest(best, groupOf[text]! * NEAREST, likeness[text]!);
  for (let at = 0; at < best.length; at += 1) scores[Math.floor(at / NEAREST)]! += NEAREST_WEIGHT * best[at]!;
  const order = model.groups.flatMap((_, group) => (group === other ? [] : [group])).sort((a, b) => scores[b]! - scores[a]!);
  return {
    order,
    scores,
    other: other === -1 ? null : scores[other]!,
    known: vector.known,
    likeness(version) {
      const wanted = model.versions.indexOf(version);
      let most = 0;
      for (let text = 0; text < likeness.length; text += 1)
        if (versionOf[text] === wanted && likeness[text]! > most) most = likeness[text]!;
      return most;
    },
  };
}

/** Cosine with every phrasing. */
function likenessOf(
  { phrasings: { starts, columns, values, scale }, groupOf }: AnswerModel,
  { ids, weights }: QuestionVector,
): Float64Array {
  const likeness = new Float64Array(groupOf.length);
  for (let index = 0; index < ids.length; index += 1) {
    const feature = ids[index]!;
    const weight = weights[index]! * scale;
    for (let at = starts[feature]!; at < starts[feature + 1]!; at += 1) likeness[columns[at]!]! += weight * values[at]!;
  }
  return likeness;
}

/** Keeps the largest values, best first, in the places from `from`. */
function keepBest(best: Float64Array, from: number, value: number): void {
  for (let at = from; at < from + NEAREST; at += 1) {
    const known = best[at]!;
    if (value <= known) continue;
    best[at] = value;
    value = known;
  }
}

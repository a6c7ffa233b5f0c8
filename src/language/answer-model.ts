// Ranks topics by their likeness to a question, in one language. Trained once per release from titles, phrasings and answer texts.
// Called by answer-search.ts, which knows about places and dates; this file knows only texts and groups of texts.
// A question's weighted features (TF-IDF, unit length) are scored by each group's log-odds, as BM25 weighs rare words,
// plus the likeness (cosine) to its nearest phrasings. Measured beside logistic regression it loses 1–3 points and trains 15 times faster.
import { featuresOf, questionWords, type Features } from './question-features.ts';
import { createSpeller } from './speller.ts';

/** One text that belongs to a group (an answer with its local versions), and to one version of it. */
export interface TrainingText {
  group: string;
  version: string;
  text: string;
  /** Answers' own texts weigh less than questions. */
  kind: 'question' | 'answer';
}

/** A group with what speaks for it. */
export interface RankedGroup {
  group: string;
  score: number;
  /** Likeness of the nearest phrasing of each version, 0–1. */
  likeness: Map<string, number>;
}

/** A trained model. */
export interface AnswerModel {
  /** All groups, best first, and the share of the question's weight that the model has ever seen. */
  rank(question: string): { groups: RankedGroup[]; known: number };
}

interface Document {
  group: number;
  version: string;
  kind: TrainingText['kind'];
  vector: [feature: number, weight: number][];
}

const ANSWER_WEIGHT = 0.5;
/** Smoothing: how many average texts each group is credited with. */
const PRIOR = 10;
const NEAREST_WEIGHTS = [6, 3, 1.5];

/** Trains a model. Groups keep the order in which they first appear. */
export function trainAnswerModel(texts: TrainingText[], language: string, smallWords: ReadonlySet<string>): AnswerModel {
  const words = texts.map((text) => questionWords(text.text, language));
  const raw = words.map((each) => featuresOf(each, smallWords));
  const spell = createSpeller([...words.flat(), ...smallWords]);
  const ids = new Map<string, number>();
  const frequencies: number[] = [];
  for (const features of raw) {
    for (const feature of features.keys()) {
      const id = ids.get(feature) ?? ids.size;
      ids.set(feature, id);
      frequencies[id] = (frequencies[id] ?? 0) + 1;
    }
  }
  const rarity = frequencies.map((frequency) => Math.log(1 + texts.length / (frequency + 0.5)));
  const unseen = Math.log(1 + texts.length / 0.5);
  const groups = [...new Set(texts.map((text) => text.group))];
  const indexOf = new Map(groups.map((group, index) => [group, index]));
  const documents = raw.map((features, index) => {
    const { group, version, kind } = texts[index]!;
    return { group: indexOf.get(group)!, version, kind, vector: vectorOf(features, ids, rarity, unseen).vector };
  });
  const odds = learnOdds(documents, ids.size, groups.length);
  const postings = postQuestions(documents, ids.size);

  return {
    rank(question) {
      const { vector, known } = vectorOf(featuresOf(questionWords(question, language).map(spell), smallWords), ids, rarity, unseen);
      const scores = new Float64Array(groups.length);
      for (const [feature, weight] of vector) {
        const row = odds[feature]!;
        for (let group = 0; group < scores.length; group += 1) scores[group]! += weight * row[group]!;
      }
      const nearest = nearestPhrasings(vector, documents, postings, groups.length);
      const ranked = groups.map((group, index) => ({
        group,
        score: scores[index]! + nearest[index]!.best.reduce((sum, likeness, place) => sum + likeness * NEAREST_WEIGHTS[place]!, 0),
        likeness: nearest[index]!.byVersion,
      }));
      return { groups: ranked.sort((a, b) => b.score - a.score), known };
    },
  };
}

/** TF-IDF of unit length over all features, of which only the known ones are kept; `known` is their share of the weight. */
function vectorOf(
  features: Features,
  ids: Map<string, number>,
  rarity: number[],
  unseen: number,
): { vector: Document['vector']; known: number } {
  const vector: Document['vector'] = [];
  let all = 0;
  let known = 0;
  for (const [feature, count] of features) {
    const id = ids.get(feature);
    const weight = Math.sqrt(count) * (id === undefined ? unseen : rarity[id]!);
    all += weight * weight;
    if (id === undefined) continue;
    known += weight * weight;
    vector.push([id, weight]);
  }
  const length = Math.sqrt(all) || 1;
  for (const entry of vector) entry[1] /= length;
  return { vector, known: all === 0 ? 0 : known / all };
}

/** For each feature and group: how much more frequent it is there than anywhere, as a logarithm. */
function learnOdds(documents: Document[], features: number, groups: number): Float32Array[] {
  const odds = Array.from({ length: features }, () => new Float32Array(groups));
  const groupTotals = new Float64Array(groups);
  const totals = new Float64Array(features);
  let total = 0;
  for (const { group, kind, vector } of documents) {
    const factor = kind === 'answer' ? ANSWER_WEIGHT : 1;
    for (const [feature, weight] of vector) {
      odds[feature]![group]! += weight * factor;
      groupTotals[group]! += weight * factor;
      totals[feature]! += weight * factor;
      total += weight * factor;
    }
  }
  for (const [feature, row] of odds.entries()) {
    const expected = totals[feature]! / total;
    for (let group = 0; group < groups; group += 1) {
      row[group] = Math.log((row[group]! / expected + PRIOR) / (groupTotals[group]! + PRIOR));
    }
  }
  return odds;
}

/** Which questions hold a feature. */
function postQuestions(documents: Document[], features: number): [document: number, weight: number][][] {
  const postings: [number, number][][] = Array.from({ length: features }, () => []);
  for (const [index, { kind, vector }] of documents.entries()) {
    if (kind === 'question') for (const [feature, weight] of vector) postings[feature]!.push([index, weight]);
  }
  return postings;
}

/** The likeness of each group's nearest phrasings, best three first, and of each version's nearest. */
function nearestPhrasings(vector: Document['vector'], documents: Document[], postings: [number, number][][], groups: number) {
  const likeness = new Float64Array(documents.length);
  for (const [feature, weight] of vector) for (const [document, other] of postings[feature]!) likeness[document]! += weight * other;
  const nearest = Array.from({ length: groups }, () => ({ best: [0, 0, 0], byVersion: new Map<string, number>() }));
  for (const [index, { group, version }] of documents.entries()) {
    const value = likeness[index]!;
    if (value === 0) continue;
    const { best, byVersion } = nearest[group]!;
    if (value > (byVersion.get(version) ?? 0)) byVersion.set(version, value);
    const place = best.findIndex((other) => value > other);
    if (place === -1) continue;
    best.splice(place, 0, value);
    best.pop();
  }
  return nearest;
}

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

/** A text as numbers, while training. */
interface Document {
  group: number;
  version: string;
  kind: TrainingText['kind'];
  vector: [feature: number, weight: number][];
}

/** For each feature its entries, packed: those of feature f stand from `starts[f]` to before `starts[f + 1]`. */
interface Table {
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float32Array;
}

/** What a feature says for a group, beyond `base`, which is the same for every feature that the group never has. */
interface Odds {
  base: Float64Array;
  extra: Table;
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

  const sources = documents.map(({ group, version }) => ({ group, version }));

  return {
    rank(question) {
      const { vector, known } = vectorOf(featuresOf(questionWords(question, language).map(spell), smallWords), ids, rarity, unseen);
      const scores = scoreGroups(vector, odds);
      const nearest = nearestPhrasings(vector, sources, postings, groups.length);
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

/** Packs the entries of each feature; `rows[f]` are pairs of column and value. */
function pack(rows: Map<number, number>[]): Table {
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, feature) => (starts[feature + 1] = starts[feature]! + row.size));
  const columns = new Uint32Array(starts[rows.length]!);
  const values = new Float32Array(columns.length);
  let at = 0;
  for (const row of rows) {
    for (const [column, value] of row) {
      columns[at] = column;
      values[at] = value;
      at += 1;
    }
  }
  return { starts, columns, values };
}

/** For each feature and group: how much more frequent it is there than anywhere, as a logarithm. */
function learnOdds(documents: Document[], features: number, groups: number): Odds {
  const rows = Array.from({ length: features }, () => new Map<number, number>());
  const groupTotals = new Float64Array(groups);
  const totals = new Float64Array(features);
  let total = 0;
  for (const { group, kind, vector } of documents) {
    const factor = kind === 'answer' ? ANSWER_WEIGHT : 1;
    for (const [feature, weight] of vector) {
      const row = rows[feature]!;
      row.set(group, (row.get(group) ?? 0) + weight * factor);
      groupTotals[group]! += weight * factor;
      totals[feature]! += weight * factor;
      total += weight * factor;
    }
  }
  const base = groupTotals.map((groupTotal) => Math.log(PRIOR / (groupTotal + PRIOR)));
  for (const [feature, row] of rows.entries()) {
    const expected = totals[feature]! / total;
    // log((count / expected + PRIOR) / (groupTotal + PRIOR)), less the base of the group.
    for (const [group, count] of row) row.set(group, Math.log((count / expected + PRIOR) / PRIOR));
  }
  return { base, extra: pack(rows) };
}

function scoreGroups(vector: Document['vector'], { base, extra }: Odds): Float64Array {
  const all = vector.reduce((sum, [, weight]) => sum + weight, 0);
  const scores = base.map((value) => value * all);
  for (const [feature, weight] of vector) {
    for (let at = extra.starts[feature]!; at < extra.starts[feature + 1]!; at += 1)
      scores[extra.columns[at]!]! += weight * extra.values[at]!;
  }
  return scores;
}

/** Which questions hold a feature. */
function postQuestions(documents: Document[], features: number): Table {
  const rows = Array.from({ length: features }, () => new Map<number, number>());
  for (const [index, { kind, vector }] of documents.entries()) {
    if (kind === 'question') for (const [feature, weight] of vector) rows[feature]!.set(index, weight);
  }
  return pack(rows);
}

/** The likeness of each group's nearest phrasings, best three first, and of each version's nearest. */
function nearestPhrasings(vector: Document['vector'], sources: Pick<Document, 'group' | 'version'>[], postings: Table, groups: number) {
  const { starts, columns, values } = postings;
  const likeness = new Float64Array(sources.length);
  for (const [feature, weight] of vector) {
    for (let at = starts[feature]!; at < starts[feature + 1]!; at += 1) likeness[columns[at]!]! += weight * values[at]!;
  }
  const nearest = Array.from({ length: groups }, () => ({ best: [0, 0, 0], byVersion: new Map<string, number>() }));
  for (const [index, { group, version }] of sources.entries()) {
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

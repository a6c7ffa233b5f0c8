// Trains the ranking of one language from titles, phrasings and answer texts. Called by answer-search.ts and the worker of content/.
// Each group's log-odds (as BM25 weighs rare words) and a logistic regression of the groups against each other, both only for features that
// the group has: added up they are better than either, and small. Tried and left out (2026-11, four languages): pieces of 5 letters, other
// weights of small words and of answer texts, dropout, rarity as plain TF-IDF; each less than half a point or a loss.
import { featuresOf, questionWords, type Features } from './question-features.ts';
import { rarityOf, scoreGroups, vectorOf, type AnswerModel, type QuestionVector, type Table } from './answer-model.ts';
import { createRandom } from './identification/random.ts';

/** One text that belongs to a group (an answer with its local versions), and to one version of it. */
export interface TrainingText {
  group: string;
  version: string;
  text: string;
  /** Answers' own texts weigh less than questions; `other` is what is not our topic. */
  kind: 'question' | 'answer' | 'other';
}

/** A text as numbers. */
interface Document {
  group: number;
  version: number;
  kind: TrainingText['kind'];
  vector: QuestionVector;
}

/** Name of the group of what is not our topic; no answer has it. */
export const OTHER_GROUP = '';

const ANSWER_WEIGHT = 0.5;
/** Smoothing: how many average texts each group is credited with. */
const PRIOR = 10;
/** What the logistic regression counts beside the log-odds. */
const LEARNT = 3;
const ROUNDS = 4;
const RATE = 0.5;
/** Each text learns against so many other groups: those that the log-odds rank first. */
const CANDIDATES = 6;
/** Features that more of the groups have than this share tell nothing worth learning. */
const WIDE = 0.3;
const FEW_GROUPS = 20;
/** An example that is right but for so much teaches nothing more; slopes below the other move nothing. */
const LEARNT_ENOUGH = 0.1;
const LEAST_SLOPE = 0.0005;
const SEED = 7;
const LARGEST = 32_767;

/** A text with what it is made of: worked out once, however often it is trained with. */
export interface PreparedText extends TrainingText {
  words: string[];
  features: Features;
}

/** Takes texts apart. */
export function prepareTexts(texts: TrainingText[], language: string, smallWords: ReadonlySet<string>): PreparedText[] {
  return texts.map((text) => {
    const words = questionWords(text.text, language);
    return { ...text, words, features: featuresOf(words, smallWords) };
  });
}

/** Trains a model. Groups keep the order in which they first appear. */
export function trainAnswerModel(texts: PreparedText[], language: string, smallWords: ReadonlySet<string>): AnswerModel {
  const seen = countFeatures(texts);
  const groups = [...new Set(texts.map(({ group }) => group))];
  const versions = [...new Set(texts.map(({ version }) => version))];
  const groupNumbers = new Map(groups.map((group, index) => [group, index]));
  const versionNumbers = new Map(versions.map((version, index) => [version, index]));
  const documents = texts.map(({ group, version, kind, features }): Document => {
    return { group: groupNumbers.get(group)!, version: versionNumbers.get(version)!, kind, vector: vectorOf(seen, features) };
  });
  const { base, weights } = learnOdds(documents, seen.keys.length, groups.length);
  addLearnt(documents, { base, weights });
  const questions = documents.filter(({ kind }) => kind !== 'answer');
  const counts = new Map<string, number>();
  for (const word of texts.flatMap(({ words }) => words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const word of smallWords) counts.set(word, (counts.get(word) ?? 0) + 1);
  return {
    language,
    groups,
    other: groups.indexOf(OTHER_GROUP),
    ...seen,
    base,
    weights: coarsen(weights),
    phrasings: coarsen(
      packTable(
        seen.keys.length,
        questions.map(({ vector }, index) => ({ column: index, vector })),
      ),
    ),
    groupOf: Uint16Array.from(questions, ({ group }) => group),
    versionOf: Uint16Array.from(questions, ({ version }) => version),
    versions,
    words: [...counts.keys()],
    counts: Uint16Array.from(counts.values()),
  };
}

function countFeatures(texts: PreparedText[]): Pick<AnswerModel, 'keys' | 'rarity' | 'unseen'> {
  const frequencies = new Map<number, number>();
  for (const { features } of texts) for (const hash of features.keys()) frequencies.set(hash, (frequencies.get(hash) ?? 0) + 1);
  const keys = Uint32Array.from(frequencies.keys()).sort();
  return {
    keys,
    rarity: Float32Array.from(keys, (key) => rarityOf(frequencies.get(key)!, texts.length)),
    unseen: rarityOf(0, texts.length),
  };
}

/** Packs vectors by feature. */
function packTable(features: number, rows: { column: number; vector: Pick<QuestionVector, 'ids' | 'weights'> }[]): Table {
  const starts = new Uint32Array(features + 1);
  for (const { vector } of rows) for (const id of vector.ids) starts[id + 1]! += 1;
  for (let id = 0; id < features; id += 1) starts[id + 1]! += starts[id]!;
  const next = starts.slice();
  const columns = new Uint16Array(starts[features]!);
  const values = new Float32Array(columns.length);
  for (const { column, vector } of rows) {
    vector.ids.forEach((id, index) => {
      const at = next[id]!++;
      columns[at] = column;
      values[at] = vector.weights[index]!;
    });
  }
  return { starts, columns, values, scale: 1 };
}

/** Values as whole numbers of 16 bits. */
function coarsen({ starts, columns, values }: Table): Table {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  const scale = (most || 1) / LARGEST;
  return { starts, columns, values: Int16Array.from(values, (value) => Math.round(value / scale)), scale };
}

function importanceOf({ kind }: Document): number {
  return kind === 'answer' ? ANSWER_WEIGHT : 1;
}

/** For each feature and group that has it: how much more frequent it is there than anywhere, as a logarithm, less the base of the group. */
function learnOdds(documents: Document[], features: number, groups: number): Pick<AnswerModel, 'base' | 'weights'> {
  const sums = Array.from({ length: groups }, () => new Map<number, number>());
  const totals = new Float64Array(features);
  const groupTotals = new Float64Array(groups);
  let total = 0;
  for (const document of documents) {
    const { ids, weights } = document.vector;
    const row = sums[document.group]!;
    ids.forEach((id, index) => {
      const amount = weights[index]! * importanceOf(document);
      row.set(id, (row.get(id) ?? 0) + amount);
      totals[id]! += amount;
      groupTotals[document.group]! += amount;
      total += amount;
    });
  }
  const table = packTable(
    features,
    sums.map((row, column) => ({ column, vector: { ids: [...row.keys()], weights: [...row.values()] } })),
  );
  for (let id = 0; id < features; id += 1) {
    const expected = totals[id]! / total;
    for (let at = table.starts[id]!; at < table.starts[id + 1]!; at += 1)
      table.values[at] = Math.log((table.values[at]! / expected + PRIOR) / PRIOR);
  }
  return { base: Float32Array.from(groupTotals, (groupTotal) => Math.log(PRIOR / (groupTotal + PRIOR))), weights: table };
}

/** One text against the groups that it is most easily taken for: which weights meet in it. */
interface Example {
  importance: number;
  /** Places in the table, with the candidate and the text's weight that each belongs to. The right group is candidate 0. */
  places: Uint32Array;
  candidates: Uint8Array;
  amounts: Float32Array;
}

/** Logistic regression by AdaGrad, mean of the later rounds. @see https://jmlr.org/papers/v12/duchi11a.html */
function addLearnt(documents: Document[], odds: Pick<AnswerModel, 'base' | 'weights'>): void {
  const { values } = odds.weights;
  const learnt = new Float32Array(values.length);
  const speeds = new Float32Array(values.length).fill(0.001);
  const mean = new Float32Array(values.length);
  const chances = new Float64Array(CANDIDATES + 1);
  const random = createRandom(SEED);
  const examples = documents.map((document) => exampleOf(document, odds));
  const order = examples.map((_, index) => index);
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, random.below);
    for (const index of order) learnFrom(examples[index]!, learnt, speeds, chances);
    if (round >= ROUNDS / 2) for (let at = 0; at < mean.length; at += 1) mean[at]! += learnt[at]!;
  }
  for (let at = 0; at < values.length; at += 1) values[at]! += (LEARNT * mean[at]!) / (ROUNDS / 2);
}

function exampleOf(document: Document, { base, weights: table }: Pick<AnswerModel, 'base' | 'weights'>): Example {
  const { starts, columns } = table;
  const vector = narrow(document.vector, starts, Math.max(FEW_GROUPS, WIDE * base.length));
  const candidateOf = new Int8Array(base.length).fill(-1);
  candidateOf[document.group] = 0;
  bestOthers(scoreGroups({ base, weights: table }, vector), document.group).forEach((group, index) => (candidateOf[group] = index + 1));
  const places: number[] = [];
  const candidates: number[] = [];
  const amounts: number[] = [];
  for (let index = 0; index < vector.ids.length; index += 1) {
    const feature = vector.ids[index]!;
    for (let at = starts[feature]!; at < starts[feature + 1]!; at += 1) {
      const candidate = candidateOf[columns[at]!]!;
      if (candidate === -1) continue;
      places.push(at);
      candidates.push(candidate);
      amounts.push(vector.weights[index]!);
    }
  }
  return {
    importance: importanceOf(document),
    places: Uint32Array.from(places),
    candidates: Uint8Array.from(candidates),
    amounts: Float32Array.from(amounts),
  };
}

/** Of a vector what no more than `most` groups have. */
function narrow({ ids, weights, known }: QuestionVector, starts: Uint32Array, most: number): QuestionVector {
  const kept: QuestionVector = { ids: [], weights: [], known };
  for (let index = 0; index < ids.length; index += 1) {
    if (starts[ids[index]! + 1]! - starts[ids[index]!]! > most) continue;
    kept.ids.push(ids[index]!);
    kept.weights.push(weights[index]!);
  }
  return kept;
}

/** The groups with the highest scores but the right one, best first. */
function bestOthers(scores: Float64Array, right: number): number[] {
  const best: number[] = [];
  for (let group = 0; group < scores.length; group += 1) {
    if (group === right || (best.length === CANDIDATES && scores[group]! <= scores[best[CANDIDATES - 1]!]!)) continue;
    let place = best.length;
    while (place > 0 && scores[best[place - 1]!]! < scores[group]!) place -= 1;
    best.splice(place, 0, group);
    if (best.length > CANDIDATES) best.pop();
  }
  return best;
}

function learnFrom(
  { importance, places, candidates, amounts }: Example,
  learnt: Float32Array,
  speeds: Float32Array,
  chances: Float64Array,
): void {
  chances.fill(0);
  for (let at = 0; at < places.length; at += 1) chances[candidates[at]!]! += learnt[places[at]!]! * amounts[at]!;
  let all = 0;
  for (let at = 0; at < chances.length; at += 1) all += chances[at] = Math.exp(chances[at]!);
  for (let at = 0; at < chances.length; at += 1) chances[at]! /= all;
  chances[0]! -= 1;
  if (chances[0]! > -LEARNT_ENOUGH) return;
  for (let at = 0; at < places.length; at += 1) {
    const slope = chances[candidates[at]!]! * amounts[at]! * importance;
    if (slope < LEAST_SLOPE && slope > -LEAST_SLOPE) continue;
    const place = places[at]!;
    speeds[place]! += slope * slope;
    learnt[place]! -= (RATE * slope) / Math.sqrt(speeds[place]!);
  }
}

/** Mixes a list in place. */
export function shuffle(list: number[], below: (limit: number) => number): void {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = below(index + 1);
    [list[index], list[other]] = [list[other]!, list[index]!];
  }
}

// How good the answer search is on questions whose entry is known, by leaving them out of training. Called by `ventanilla measure-answers`.
// Pure: the time is told by the caller.
import { trainLanguageAnswers, type LanguageTraining } from './answer-calibration.ts';
import { createRank } from './answer-model.ts';
import { chanceOf, evidenceOf } from './answer-chance.ts';
import { ANSWER_FROM, CHOOSE_FROM } from './answer-search.ts';
import { shuffle, type TrainingText } from './answer-training.ts';
import { createRandom } from './identification/random.ts';
import { otherTopicsOf } from './other-topics.ts';
import { questionWords } from './question-features.ts';

/** Questions of one language with the entries that answer them. */
export interface MeasuredLanguage {
  language: string;
  smallWords: string[];
  /** Phrasings by entry. */
  phrasings: Map<string, string[]>;
  /** What is trained with beside phrasings: titles and answers. */
  texts: TrainingText[];
  /** Questions by entry that are asked in place of phrasings left out of training. */
  questions?: Map<string, string[]>;
  /** Questions that no entry answers; where empty, parts of the list of other topics that ships are left out of training in turn. */
  offTopic: string[];
}

export interface MeasureOptions {
  /** Most phrasings of an entry that are trained with. */
  phrasings: number;
  folds?: number;
  /** Milliseconds from any point. */
  clock: () => number;
}

/** Questions by outcome, and how many of them were right: an answer is, a choice holds it. Right for `none` is that there was no entry. */
export type Outcomes = Record<'answer' | 'choose' | 'none', { texts: number; right: number }>;

export interface AnswerReport {
  language: string;
  entries: number;
  texts: number;
  /** Shares of questions whose entry came first, and among the first three, 0–1. */
  first: number;
  three: number;
  /** How well the chance parts questions that have an entry from others: 0.5 is blind, 1 is perfect. Null where there are none. */
  far: number | null;
  near: number | null;
  /** In tenths of the chance given to the first entry: how many, and how many of them right. */
  calibration: { from: number; texts: number; right: number }[];
  /** Outcomes of questions that have an entry, of those whose entry was left out, and of those of other domains. */
  outcomes: { known: Outcomes; near: Outcomes; far: Outcomes };
  trainingMs: number;
  answerMs: number;
}

interface Asked {
  kind: 'known' | 'near' | 'far';
  place: number;
  best: number;
  three: number;
}

const FOLDS = 4;
const SEED = 23;
const TENTHS = 10;

/** Measures one language: trained on all entries for the accuracy, and without a part of them in turn for what is not to be answered. */
export function measureAnswers(measured: MeasuredLanguage, { phrasings, folds = FOLDS, clock }: MeasureOptions): AnswerReport {
  const entries = [...measured.phrasings.keys()];
  const order = entries.map((_, index) => index);
  shuffle(order, createRandom(SEED).below);
  const whole: Asked[] = [];
  const parted: Asked[] = [];
  let trainingMs = 0;
  let answerMs = 0;
  const run = (fold: number, leftOut: ReadonlySet<string>): Asked[] => {
    const { train, ask } = splitPhrasings(measured, phrasings, fold, leftOut);
    const shipped = otherTopicsOf(measured.language);
    const isAsked = (_: string, index: number): boolean => measured.offTopic.length === 0 && index % folds === fold;
    ask.push(...[...measured.offTopic, ...shipped.filter(isAsked)].map((text) => ({ entry: null, text })));
    const began = clock();
    const answer = prepare({ ...measured, texts: train, otherTopics: shipped.filter((text, index) => !isAsked(text, index)) });
    const trained = clock();
    const asked = ask.map((each) => answer(each.text, each.entry, leftOut));
    trainingMs += trained - began;
    answerMs += clock() - trained;
    return asked;
  };
  for (let fold = 0; fold < folds; fold += 1) {
    whole.push(...run(fold, new Set()).filter(({ kind }) => kind === 'known'));
    parted.push(...run(fold, new Set(entries.filter((_, index) => order[index]! % folds === fold))));
  }
  const of = (kind: Asked['kind']): Asked[] => parted.filter((each) => each.kind === kind);
  const separate = (kind: Asked['kind']): number | null =>
    areaUnderCurve(
      of('known').map(({ three }) => three),
      of(kind).map(({ three }) => three),
    );
  return {
    language: measured.language,
    entries: entries.length,
    texts: whole.length,
    first: share(whole, ({ place }) => place === 0),
    three: share(whole, ({ place }) => place >= 0 && place < 3),
    far: separate('far'),
    near: separate('near'),
    calibration: calibrationOf(whole),
    outcomes: { known: outcomesOf(whole), near: outcomesOf(of('near')), far: outcomesOf(of('far')) },
    trainingMs: trainingMs / (2 * folds),
    answerMs: answerMs / Math.max(1, whole.length + parted.length),
  };
}

/** Up to so many phrasings of each entry to train with, chosen anew in each fold; the rest is asked, and at least one of each where it has two. */
function splitPhrasings({ phrasings, texts, questions }: MeasuredLanguage, most: number, fold: number, leftOut: ReadonlySet<string>) {
  const train = texts.filter(({ group }) => !leftOut.has(group));
  const ask: { entry: string | null; text: string }[] = [...(questions ?? [])].flatMap(([entry, list]) =>
    list.map((text) => ({ entry, text })),
  );
  for (const [entry, list] of phrasings) {
    const order = list.map((_, index) => index);
    shuffle(order, createRandom(SEED + fold).below);
    const kept = Math.min(most, questions === undefined ? Math.max(1, list.length - 1) : list.length);
    order.forEach((index, place) => {
      const text = list[index]!;
      if (place >= kept) {
        if (questions === undefined) ask.push({ entry, text });
      } else if (!leftOut.has(entry)) train.push({ group: entry, version: entry, text, kind: 'question' });
    });
  }
  return { train, ask };
}

function prepare(training: LanguageTraining): (text: string, entry: string | null, leftOut: ReadonlySet<string>) => Asked {
  const { language, smallWords } = training;
  const { model, chances } = trainLanguageAnswers(training);
  const small = new Set(smallWords);
  const rank = createRank(model, small);
  return (text, entry, leftOut) => {
    const ranking = rank(text);
    const content = questionWords(text, language).filter((word) => !small.has(word)).length;
    const evidence = evidenceOf(ranking, ranking.order, content);
    return {
      kind: entry === null ? 'far' : leftOut.has(entry) ? 'near' : 'known',
      place: entry === null ? -1 : ranking.order.findIndex((group) => model.groups[group] === entry),
      best: chanceOf(chances.best, evidence),
      three: chanceOf(chances.three, evidence),
    };
  };
}

function outcomesOf(asked: Asked[]): Outcomes {
  const outcomes: Outcomes = { answer: { texts: 0, right: 0 }, choose: { texts: 0, right: 0 }, none: { texts: 0, right: 0 } };
  for (const { kind, place, best, three } of asked) {
    const outcome = best >= ANSWER_FROM ? 'answer' : Math.max(best, three) >= CHOOSE_FROM ? 'choose' : 'none';
    const right = outcome === 'none' ? kind !== 'known' : place >= 0 && place < (outcome === 'answer' ? 1 : 3);
    outcomes[outcome].texts += 1;
    outcomes[outcome].right += Number(right);
  }
  return outcomes;
}

function calibrationOf(asked: Asked[]): AnswerReport['calibration'] {
  const tenths = Array.from({ length: TENTHS }, (_, tenth) => ({ from: tenth / TENTHS, texts: 0, right: 0 }));
  for (const { best, place } of asked) {
    const tenth = tenths[Math.min(TENTHS - 1, Math.floor(best * TENTHS))]!;
    tenth.texts += 1;
    tenth.right += Number(place === 0);
  }
  return tenths;
}

function share<T>(things: T[], is: (thing: T) => boolean): number {
  return things.filter(is).length / Math.max(1, things.length);
}

/** Chance that one of the first is above one of the others; null where one of the two is empty. */
export function areaUnderCurve(above: number[], below: number[]): number | null {
  if (above.length === 0 || below.length === 0) return null;
  const sorted = below.toSorted((a, b) => a - b);
  let won = 0;
  for (const value of above) won += (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2;
  return won / (above.length * below.length);
}

function countBelow(sorted: number[], value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value || (orEqual && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Leaves of each entry's phrasings only those whose words are not mostly those of an earlier one. */
export function withoutNearDuplicates(phrasings: Map<string, string[]>, language: string): Map<string, string[]> {
  return new Map(
    [...phrasings].map(([entry, list]) => {
      const kept: { text: string; words: Set<string> }[] = [];
      for (const text of list) {
        const words = new Set(questionWords(text, language));
        if (!kept.some((other) => isMostly(words, other.words))) kept.push({ text, words });
      }
      return [entry, kept.map(({ text }) => text)];
    }),
  );
}

const MOSTLY = 0.7;

function isMostly(a: Set<string>, b: Set<string>): boolean {
  const shared = a.intersection(b).size;
  return shared / Math.max(1, a.union(b).size) >= MOSTLY;
}

// The answer search of one language: trained when its first question comes, or before that by somebody who hands the result over. Called by
// answer-search.ts. Languages whose texts are the same share it, so that a new release trains only what has changed.
import { trainLanguageAnswers, type LanguageTraining, type TrainedAnswers } from './answer-calibration.ts';
import type { AnswerChances } from './answer-chance.ts';
import { createRank, type Rank } from './answer-model.ts';

/** What answers in one language, ready to rank. */
export interface ReadyAnswers {
  groups: string[];
  rank: Rank;
  chances: AnswerChances;
}

/** One language of the search. */
export interface LanguageAnswers {
  training: LanguageTraining;
  smallWords: ReadonlySet<string>;
  /** Whether it is trained already. */
  isReady(): boolean;
  /** Trains it now unless it is. */
  ready(): ReadyAnswers;
  /** Takes what was trained elsewhere from the same texts. */
  take(trained: TrainedAnswers): void;
}

/** Prepares a language; nothing is trained yet. */
export function createLanguageAnswers(training: LanguageTraining): LanguageAnswers {
  const smallWords = new Set(training.smallWords);
  let made: ReadyAnswers | null = null;
  const take = ({ model, chances }: TrainedAnswers): ReadyAnswers =>
    (made = { groups: model.groups, rank: createRank(model, smallWords), chances });
  return {
    training,
    smallWords,
    isReady: () => made !== null,
    ready: () => made ?? take(trainLanguageAnswers(training)),
    take: (trained) => void take(trained),
  };
}

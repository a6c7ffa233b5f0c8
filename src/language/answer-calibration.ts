// Trains everything that answering in one language needs: the ranking, and the chances that it is right, fitted on phrasings that were left
// out in turn. Called by answer-search.ts when the first question comes, or by the worker of content/ before that. Pure: the same texts
// give the same numbers. Questions of left-out entries, chat and bare small words teach what has no answer.
import { evidenceOf, fitChance, POOLED_CHANCES, type AnswerChances, type ChanceExample } from './answer-chance.ts';
import { rankFeatures, type AnswerModel } from './answer-model.ts';
import { OTHER_GROUP, prepareTexts, shuffle, trainAnswerModel, type PreparedText, type TrainingText } from './answer-training.ts';
import { createRandom } from './identification/random.ts';
import { otherTopicsOf } from './other-topics.ts';

/** What training one language needs. Plain data: a worker can be given it. */
export interface LanguageTraining {
  language: string;
  texts: TrainingText[];
  /** Normalised words without content. */
  smallWords: string[];
  /** What is not our topic; the list that ships when not given. */
  otherTopics?: readonly string[];
}

/** What comes of it. Plain data, too. */
export interface TrainedAnswers {
  model: AnswerModel;
  chances: AnswerChances;
}

const FOLDS = 3;
/** So many questions are enough: further folds are not trained, and no more are asked of one. */
const ENOUGH_EXAMPLES = 600;
const SEED = 11;
/** With fewer phrasings left out than this the pooled chances are better than one's own. */
const LEAST_EXAMPLES = 60;
/** Of what is not our topic each counts so often: there are few. */
const OTHER_TIMES = 2;
const BARE_TEXTS = 24;

/** Trains one language. */
export function trainLanguageAnswers({
  language,
  texts,
  smallWords,
  otherTopics = otherTopicsOf(language),
}: LanguageTraining): TrainedAnswers {
  const small = new Set(smallWords);
  const prepared = prepareTexts([...texts, ...otherTexts(otherTopics, smallWords)], language, small);
  const { best, three } = leaveOut(prepared, language, small);
  const chances =
    best.length < LEAST_EXAMPLES
      ? POOLED_CHANCES
      : { best: fitChance(best, POOLED_CHANCES.best), three: fitChance(three, POOLED_CHANCES.three) };
  return { model: trainAnswerModel(prepared, language, small), chances };
}

/** What is not our topic: chat of the language, and questions of nothing but small words. */
function otherTexts(otherTopics: readonly string[], smallWords: string[]): TrainingText[] {
  const random = createRandom(SEED);
  const bare =
    smallWords.length === 0
      ? []
      : Array.from({ length: BARE_TEXTS }, (_, index) =>
          Array.from({ length: 1 + (index % 4) }, () => smallWords[random.below(smallWords.length)]!).join(' '),
        );
  return [...otherTopics, ...bare].map((text) => ({ group: OTHER_GROUP, version: OTHER_GROUP, text, kind: 'other' }));
}

/** Leaves a part of the entries and of the phrasings out, in turn, and sees how the rest answers them. */
function leaveOut(texts: PreparedText[], language: string, small: ReadonlySet<string>): { best: ChanceExample[]; three: ChanceExample[] } {
  const foldOfGroup = assignFolds([...new Set(texts.map(({ group }) => group))]);
  const foldOfText = assignFolds(texts);
  const best: ChanceExample[] = [];
  const three: ChanceExample[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const isLeftOut = ({ group, kind }: PreparedText): boolean => kind !== 'other' && foldOfGroup.get(group) === fold;
    const isAsked = (text: PreparedText): boolean => text.kind !== 'answer' && foldOfText.get(text) === fold;
    const learnt = texts.filter((text) => !isLeftOut(text) && !isAsked(text));
    if (learnt.length === 0 || best.length >= ENOUGH_EXAMPLES) continue;
    const model = trainAnswerModel(learnt, language, small);
    const asked = texts.filter(isAsked);
    const step = Math.max(1, Math.floor(asked.length / ENOUGH_EXAMPLES));
    for (const text of asked.filter((_, index) => index % step === 0)) {
      const ranking = rankFeatures(model, text.features);
      if (ranking.order.length === 0) continue;
      const content = text.words.filter((word) => !small.has(word)).length;
      const evidence = evidenceOf(ranking, ranking.order, content);
      const place = ranking.order.slice(0, 3).findIndex((group) => model.groups[group] === text.group);
      for (let times = text.kind === 'other' ? OTHER_TIMES : 1; times > 0; times -= 1) {
        best.push({ evidence, right: place === 0 });
        three.push({ evidence, right: place !== -1 });
      }
    }
  }
  return { best, three };
}

function assignFolds<T>(things: T[]): Map<T, number> {
  const order = things.map((_, index) => index);
  shuffle(order, createRandom(SEED).below);
  return new Map(order.map((index, place) => [things[index]!, place % FOLDS]));
}

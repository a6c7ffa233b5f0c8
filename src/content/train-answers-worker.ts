// The worker of train-answers.ts: trains the languages that it is given and sends each as soon as it is done. Knows nothing else.
import { parentPort, workerData } from 'node:worker_threads';
import { trainLanguageAnswers } from '../language/answer-calibration.ts';
import type { TrainingOrder, TrainingResult } from './train-answers.ts';

const { trainings } = workerData as TrainingOrder;
for (const training of trainings) {
  const result: TrainingResult = { language: training.language, trained: trainLanguageAnswers(training) };
  parentPort?.postMessage(result, numbersOf(result));
}

/** The numbers of a model are handed over, not copied. */
function numbersOf({ trained: { model } }: TrainingResult): ArrayBuffer[] {
  const { keys, rarity, base, weights, phrasings, groupOf, versionOf, counts } = model;
  const tables = [weights, phrasings].flatMap(({ starts, columns, values }) => [starts, columns, values]);
  return [keys, rarity, base, groupOf, versionOf, counts, ...tables].map(({ buffer }) => buffer as ArrayBuffer);
}

// Trains the answer search of several languages in a worker, so that the service goes on answering meanwhile. Called by
// runtime/releases.ts before a new release is taken up. The worker ends when it is done; its memory goes with it.
import { Worker } from 'node:worker_threads';
import type { LanguageTraining, TrainedAnswers } from '../language/answer-calibration.ts';
import { trainLanguageAnswers } from '../language/answer-calibration.ts';

/** What the worker is given: one language after the other. */
export interface TrainingOrder {
  trainings: LanguageTraining[];
}

/** What it sends for each of them. */
export interface TrainingResult {
  language: string;
  trained: TrainedAnswers;
}

/** Trains languages one after the other, beside what runs. Where no worker can be had, here and now: late is better than not at all. */
export async function trainAnswersInWorker(trainings: LanguageTraining[]): Promise<TrainingResult[]> {
  if (trainings.length === 0) return [];
  const results = await train({ trainings }).catch((): TrainingResult[] => []);
  const done = new Set(results.map(({ language }) => language));
  const missing = trainings.filter(({ language }) => !done.has(language));
  return [...results, ...missing.map((training) => ({ language: training.language, trained: trainLanguageAnswers(training) }))];
}

function train(order: TrainingOrder): Promise<TrainingResult[]> {
  return new Promise((resolve, reject) => {
    const results: TrainingResult[] = [];
    const worker = new Worker(new URL('train-answers-worker.ts', import.meta.url), { workerData: order });
    worker.on('message', (result: TrainingResult) => results.push(result));
    worker.once('error', reject);
    worker.once('exit', () => resolve(results));
  });
}

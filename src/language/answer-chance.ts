// How likely the best entries are right: chances that can be believed, from what the ranking shows. Called by answer-search.ts for every
// question and by answer-calibration.ts, which fits the weights of each language.
import type { Ranking } from './answer-model.ts';

/** Weights of the evidence: a constant first, then one for each sign. */
export type ChanceWeights = readonly number[];

/** Chances that the best entry is right, and that one of the first three is. */
export interface AnswerChances {
  best: ChanceWeights;
  three: ChanceWeights;
}

/** One question whose answer is known. */
export interface ChanceExample {
  evidence: number[];
  right: boolean;
}

/**
 * Weights for a language whose own phrasings are too few to fit them, and from which all languages begin. Fitted 2026-11 on the phrasings
 * of es, en, fr and ar together, each left out of training in turn, with questions of left-out entries and off-topic chat as negatives.
 * Tried and left out: likeness of the nearest phrasing, share of the words that the entry holds, length, chance of the softmax.
 */
export const POOLED_CHANCES: AnswerChances = {
  best: [-2.6, 0.85, 0.18, 0.07, 0.4, 0.25, -2, -0.95],
  three: [-2.5, 0.9, 0, 0.16, 0.7, 0.8, -2.1, -0.8],
};

const MUCH_CONTENT = 6;
const FOURTH = 3;
/** So strongly a language's weights are held near the pooled ones: like so many examples. */
const HELD = 4;
const STEPS = 12;

/**
 * What the ranking shows of the entries that may be given.
 * @param eligible numbers of their groups, best first
 * @param content number of the question's words with content
 */
export function evidenceOf(ranking: Ranking, eligible: readonly number[], content: number): number[] {
  const score = (place: number): number => (eligible[place] === undefined ? 0 : ranking.scores[eligible[place]]!);
  const best = score(0);
  return [
    best / 10,
    (best - score(1)) / 3,
    (best - score(FOURTH)) / 3,
    ranking.known,
    Math.min(content, MUCH_CONTENT) / MUCH_CONTENT,
    1 / (1 + content),
    ranking.other === null ? 0 : 1 / (1 + Math.exp(best - ranking.other)),
  ];
}

/** The chance, 0–1. */
export function chanceOf(weights: ChanceWeights, evidence: readonly number[]): number {
  let sum = weights[0]!;
  for (let index = 0; index < evidence.length; index += 1) sum += weights[index + 1]! * evidence[index]!;
  return 1 / (1 + Math.exp(-sum));
}

/** Logistic regression by Newton's method, held near the pooled weights: the fewer the examples, the nearer. */
export function fitChance(examples: readonly ChanceExample[], pooled: ChanceWeights): ChanceWeights {
  const weights = [...pooled];
  for (let round = 0; round < STEPS; round += 1) {
    const slopes = weights.map((weight, index) => HELD * (pooled[index]! - weight));
    const bends = weights.map((_, row) => weights.map((__, column) => (row === column ? HELD : 0)));
    for (const { evidence, right } of examples) {
      const chance = chanceOf(weights, evidence);
      const sign = (index: number): number => (index === 0 ? 1 : evidence[index - 1]!);
      for (let row = 0; row < weights.length; row += 1) {
        slopes[row]! += (Number(right) - chance) * sign(row);
        for (let column = 0; column < weights.length; column += 1) bends[row]![column]! += chance * (1 - chance) * sign(row) * sign(column);
      }
    }
    solve(bends, slopes).forEach((move, index) => (weights[index]! += Math.max(-2, Math.min(2, move))));
  }
  return weights;
}

/** Solves a small system of equations by elimination; the matrix is positive definite. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  for (let pivot = 0; pivot < size; pivot += 1) {
    for (let row = 0; row < size; row += 1) {
      if (row === pivot) continue;
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column <= size; column += 1) rows[row]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  return rows.map((row, index) => row[size]! / row[index]!);
}

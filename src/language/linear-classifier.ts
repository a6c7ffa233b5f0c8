// Sorts texts into a few classes by what they are made of: multinomial logistic regression over hashed features, trained by AdaGrad.
// Called by danger-model.ts. Pure and the same every time; a few hundred examples take some tens of milliseconds.
// @see https://jmlr.org/papers/v12/duchi11a.html (AdaGrad)
import { createRandom } from './identification/random.ts';

/** What a text is made of: numbers of features, below 2^bits, with their weights. */
export interface HashedFeatures {
  buckets: number[];
  values: number[];
}

export interface Example {
  features: HashedFeatures;
  /** Index of its class. */
  label: number;
}

/** Chances of all classes, adding up to 1. */
export type Classify = (features: HashedFeatures) => Float64Array;

export interface ClassifierOptions {
  bits: number;
  /** How much each class counts, however many examples it has; adding up to 1. At most eight classes. */
  shares: number[];
  rounds: number;
  seed: number;
}

interface Row {
  buckets: Uint32Array;
  values: Float32Array;
  label: number;
  /** How much this example counts. */
  weight: number;
  /** Rounds for which it is left alone: it was right without doubt. */
  rests: number;
}

const RATE = 0.5;
const BIAS_RATE = 0.02;
/** An example that is right with so little doubt teaches nothing more. */
const LEAST_SLOPE = 0.01;
/** For so many rounds such an example is not looked at again: half of the time goes into what is known already. */
const REST = 5;
/** Places of a feature's weights: one a class, so that a score needs no loop over classes. */
const MOST_CLASSES = 8;
/** Pull of all weights towards nothing, by step. */
const SHRINK = 3e-3;

/** Trains a classifier. @throws RangeError for more than eight classes */
export function trainClassifier(examples: Example[], { bits, shares, rounds, seed }: ClassifierOptions): Classify {
  const classes = shares.length;
  if (classes > MOST_CLASSES) throw new RangeError(`A classifier tells ${MOST_CLASSES} classes apart at most, not ${classes}.`);
  const counts = shares.map((_, label) => examples.filter((example) => example.label === label).length);
  const rows: Row[] = examples.map(({ features, label }) => ({
    ...unitLength(features),
    label,
    weight: (examples.length * shares[label]!) / counts[label]!,
    rests: 0,
  }));
  const weights = new Float32Array(MOST_CLASSES << bits);
  const bias = Float32Array.from(shares, (share) => Math.log(share));
  const speeds = new Float32Array(weights.length).fill(1e-2);
  const random = createRandom(seed);
  const sums = new Float64Array(classes);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(rows, random.below);
    for (const row of rows) {
      if (row.rests > 0) row.rests -= 1;
      else if (!learn(row, score(row, weights, bias, sums), weights, speeds, bias)) row.rests = REST;
    }
  }
  return (features) => score(unitLength(features), weights, bias, new Float64Array(classes));
}

/** Returns whether there was anything to learn. */
function learn(
  { buckets, values, label, weight }: Row,
  chances: Float64Array,
  weights: Float32Array,
  speeds: Float32Array,
  bias: Float32Array,
): boolean {
  const classes = bias.length;
  let learnt = false;
  for (let each = 0; each < classes; each += 1) {
    const slope = (chances[each]! - (each === label ? 1 : 0)) * weight;
    if (slope < LEAST_SLOPE && slope > -LEAST_SLOPE) continue;
    learnt = true;
    bias[each]! -= BIAS_RATE * slope;
    for (let at = 0; at < buckets.length; at += 1) {
      const place = buckets[at]! * MOST_CLASSES + each;
      const step = slope * values[at]! + SHRINK * weights[place]!;
      speeds[place]! += step * step;
      weights[place]! -= (RATE * step) / Math.sqrt(speeds[place]!);
    }
  }
  return learnt;
}

/** So that long texts do not outweigh short ones. */
function unitLength({ buckets, values }: HashedFeatures): Pick<Row, 'buckets' | 'values'> {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return { buckets: Uint32Array.from(buckets), values: Float32Array.from(values, (value) => value / length) };
}

/** Chances of all classes, in `sums`. */
function score(
  { buckets, values }: Pick<Row, 'buckets' | 'values'>,
  weights: Float32Array,
  bias: Float32Array,
  sums: Float64Array,
): Float64Array {
  const classes = bias.length;
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let at = 0; at < buckets.length; at += 1) {
    const base = buckets[at]! * MOST_CLASSES;
    const value = values[at]!;
    s0 += weights[base]! * value;
    s1 += weights[base + 1]! * value;
    s2 += weights[base + 2]! * value;
    s3 += weights[base + 3]! * value;
    s4 += weights[base + 4]! * value;
    s5 += weights[base + 5]! * value;
    s6 += weights[base + 6]! * value;
    s7 += weights[base + 7]! * value;
  }
  const all8 = [s0, s1, s2, s3, s4, s5, s6, s7];
  let most = -Infinity;
  for (let each = 0; each < classes; each += 1) {
    sums[each] = bias[each]! + all8[each]!;
    if (sums[each]! > most) most = sums[each]!;
  }
  let all = 0;
  for (let each = 0; each < classes; each += 1) all += sums[each] = Math.exp(sums[each]! - most);
  for (let each = 0; each < classes; each += 1) sums[each]! /= all;
  return sums;
}

function shuffle(rows: Row[], below: (limit: number) => number): void {
  for (let index = rows.length - 1; index > 0; index -= 1) {
    const other = below(index + 1);
    [rows[index], rows[other]] = [rows[other]!, rows[index]!];
  }
}

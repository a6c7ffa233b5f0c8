// Which language a text is in, among all that the trained model knows: probabilities that can be believed. Pure.
// Built by content/language-model.ts from the trained file, called by guess.ts and `ventanilla measure-language`.
// One small linear model a script: the script is certain, and leaves few languages to choose from.
import { readFeatures } from './features.ts';
import type { Script } from './letters.ts';

/** One class of a script's model. */
export interface LanguageClass {
  /** BCP 47; with a script for languages written in another than their own: hi-Latn. */
  tag: string;
  /** Not one of the supported languages: only there so that it is not taken for one. */
  other: boolean;
}

/** The model of one script; weights are kept by bucket, only those that are not nothing. */
export interface ScriptModel {
  script: Script;
  bits: number;
  classes: LanguageClass[];
  /** Log-odds of each class where nothing is known. */
  bias: Float32Array;
  /** What a weight of 1 stands for, by class. */
  scale: Float32Array;
  /** By how much to divide the sums: of texts of one word, two, three to six, and more. */
  temperature: [number, number, number, number];
  /** Entries of bucket b are at `starts[b]` to before `starts[b + 1]`. */
  starts: Uint32Array;
  /** The class in the upper half, the weight as a signed byte in the lower: one look into memory for both. */
  entries: Uint16Array;
}

/** A language with its chance, 0–1. */
export interface LanguageChance {
  language: string;
  chance: number;
}

/** What the model says of a text. */
export interface Identification {
  script: Script | null;
  words: number;
  /** Supported languages of this script, best first. */
  languages: LanguageChance[];
  /** Languages that are not supported, and romanised ones, best first. */
  others: LanguageChance[];
}

export interface IdentifyOptions {
  /** How much likelier than usual a language is here: 1 is as usual, 0 never. */
  prior?: (tag: string) => number;
}

export type Identify = (text: string, options?: IdentifyOptions) => Identification;

/** Languages with less are not told. */
const NO_CHANCE = 1e-4;
/** Smallest table, of a script that the model does not know. */
const NO_BITS = 1;

/** Makes the function from the models of all scripts. */
export function createIdentify(models: ScriptModel[]): Identify {
  const byScript = new Map(models.map((model) => [model.script, model]));
  const bits = (script: Script): number => byScript.get(script)?.bits ?? NO_BITS;
  return (text, options = {}) => {
    const features = readFeatures(text, bits);
    const { script, words } = features;
    const model = script === null ? undefined : byScript.get(script);
    if (model === undefined) return { script, words, languages: [], others: [] };
    const sums = addUp(model, features.buckets, features.count);
    const chances = toChances(model, sums, words, options.prior);
    const languages: LanguageChance[] = [];
    const others: LanguageChance[] = [];
    for (let index = 0; index < chances.length; index += 1) {
      const chance = chances[index]!;
      if (chance < NO_CHANCE) continue;
      const { tag, other } = model.classes[index]!;
      (other ? others : languages).push({ language: tag, chance });
    }
    return { script, words, languages: sorted(languages), others: sorted(others) };
  };
}

const MOST_CLASSES = 256;
const whole = new Int32Array(MOST_CLASSES);

/** Sums of all classes; each feature counts by the root of their number, as in training. */
function addUp(model: ScriptModel, buckets: Uint32Array, count: number): Float64Array {
  const { starts, entries, scale, bias } = model;
  whole.fill(0);
  for (let index = 0; index < count; index += 1) {
    const bucket = buckets[index]!;
    const end = starts[bucket + 1]!;
    for (let at = starts[bucket]!; at < end; at += 1) {
      const entry = entries[at]!;
      whole[entry >> 8]! += (entry << 24) >> 24;
    }
  }
  const factor = 1 / Math.sqrt(count || 1);
  const sums = new Float64Array(bias.length);
  for (let index = 0; index < sums.length; index += 1) sums[index] = bias[index]! + whole[index]! * scale[index]! * factor;
  return sums;
}

/** An entry of a class with its weight, -127 to 127. */
export function entryOf(column: number, weight: number): number {
  return (column << 8) | (weight & 0xff);
}

/** Which temperature belongs to a text of so many words. */
export function lengthClass(words: number): 0 | 1 | 2 | 3 {
  if (words <= 1) return 0;
  if (words === 2) return 1;
  return words <= 6 ? 2 : 3;
}

function toChances(model: ScriptModel, sums: Float64Array, words: number, prior: IdentifyOptions['prior']): Float64Array {
  const temperature = model.temperature[lengthClass(words)];
  let most = -Infinity;
  for (let index = 0; index < sums.length; index += 1) {
    const factor = prior === undefined ? 1 : prior(model.classes[index]!.tag);
    const value = factor === 0 ? -Infinity : sums[index]! / temperature + Math.log(factor);
    sums[index] = value;
    if (value > most) most = value;
  }
  if (most === -Infinity) return sums.fill(0);
  let all = 0;
  for (let index = 0; index < sums.length; index += 1) all += sums[index] = Math.exp(sums[index]! - most);
  for (let index = 0; index < sums.length; index += 1) sums[index]! /= all;
  return sums;
}

function sorted(chances: LanguageChance[]): LanguageChance[] {
  return chances.sort((a, b) => b.chance - a.chance);
}

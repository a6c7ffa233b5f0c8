// Trains the language identification: one multinomial logistic regression a script, by AdaGrad over crops of texts and over word lists.
// Called by `ventanilla train-language`; the same texts give the same model, bit by bit. Pure: texts come in, models go out.
// @see https://jmlr.org/papers/v12/duchi11a.html (AdaGrad)
import { readFeatures } from './features.ts';
import type { Script } from './letters.ts';
import { entryOf, lengthClass, type LanguageClass, type ScriptModel } from './model.ts';
import { createRandom, type Random } from './random.ts';

/** Texts of one language in one script. */
export interface TrainingLanguage {
  tag: string;
  script: Script;
  /** Neighbours of one family make one class; null for a supported language, which is a class of its own. */
  family: string | null;
  /** By source: sentences are cropped, words are taken as they are. */
  sources: { name: string; sentences: string[]; words: string[] }[];
}

export interface TrainingOptions {
  /** Rounds over all classes. */
  rounds: number;
  /** Samples of a supported language a round; others get a share of it. */
  samples: number;
  seed: number;
  progress?: (text: string) => void;
}

/** Sizes of the tables: more languages need more room. */
const BITS: Partial<Record<Script, number>> = {
  Latn: 18,
  Cyrl: 16,
  Arab: 17,
  Deva: 16,
  Ethi: 15,
  Beng: 15,
  Hani: 15,
  Mymr: 14,
  Thai: 13,
  Khmr: 13,
};
const OTHER_SHARE = 0.2;
const LEARNING_RATE = 0.5;
const DECAY = 0.72;
/** Weights below this share of the class's largest are left out. */
const SHRINK = 2e-6;
/** Running text against lists of words, where a language has both. */
const RUNNING_SHARE = 0.65;
/** Crops: one word, two, three to six, the whole sentence. */
const CROPS = [0.3, 0.55, 0.87];
/** Share of samples from which the accents are taken, as people write on old phones. */
const PLAIN_SHARE = 0.3;
/** Of each source so much is kept apart to fit the temperatures. */
const HELD_OUT = 0.04;
const ACCENTS = /[\u0300-\u036f]/g;
const STROKES: Record<string, string> = {
  đ: 'd',
  ı: 'i',
  ø: 'o',
  ł: 'l',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ĳ: 'ij',
  Đ: 'D',
  Ø: 'O',
  Ł: 'L',
  Æ: 'AE',
  Œ: 'OE',
};
const STROKED = /[đıøłßæœĳĐØŁÆŒ]/g;

/** Takes accents of Latin letters away, and nothing else. */
export function withoutAccents(text: string): string {
  return text
    .normalize('NFD')
    .replace(ACCENTS, '')
    .replace(STROKED, (letter) => STROKES[letter]!)
    .normalize('NFC');
}

/** Trains the models of all scripts. */
export function trainLanguageModels(languages: TrainingLanguage[], options: TrainingOptions): ScriptModel[] {
  const byScript = Map.groupBy(languages, ({ script }) => script);
  return [...byScript].map(([script, members]) => trainScript(script, members, options));
}

interface Split {
  train: TrainingLanguage[];
  dev: { text: string; label: number }[];
}

/** Keeps a part of every language's sentences apart. */
function split(members: TrainingLanguage[], labels: number[], random: Random): Split {
  const dev: Split['dev'] = [];
  const train = members.map((member, index) => ({
    ...member,
    sources: member.sources.map((source) => {
      if (source.sentences.length < 100) return source;
      const kept: string[] = [];
      for (const sentence of source.sentences) {
        if (random.next() < HELD_OUT) dev.push({ text: crop(sentence, random), label: labels[index]! });
        else kept.push(sentence);
      }
      return { ...source, sentences: kept };
    }),
  }));
  return { train, dev };
}

function trainScript(script: Script, members: TrainingLanguage[], options: TrainingOptions): ScriptModel {
  const random = createRandom(options.seed);
  const bits = BITS[script] ?? 12;
  const names = [...new Set(members.map(classOf))];
  const classes: LanguageClass[] = names.map((tag) => ({ tag, other: members.some((member) => member.family === tag) }));
  const labels = members.map((member) => names.indexOf(classOf(member)));
  const { train, dev } = split(members, labels, random);
  const learner = createLearner(classes.length, 1 << bits);
  for (let round = 0; round < options.rounds; round += 1) {
    const rate = LEARNING_RATE * DECAY ** round;
    let right = 0;
    const order = shuffledClasses(train, options.samples, random);
    for (const index of order) {
      const { buckets, count } = readFeatures(drawSample(train[index]!, random), () => bits);
      if (count > 0 && learner.learn(buckets, count, labels[index]!, rate)) right += 1;
    }
    options.progress?.(
      `${script} round ${round + 1} of ${options.rounds}: ${((100 * right) / order.length).toFixed(1)}% right while learning`,
    );
  }
  const model = pack(script, bits, classes, learner);
  model.temperature = fitTemperatures(model, learner, dev, bits);
  return model;
}

function classOf({ tag, family }: TrainingLanguage): string {
  return family ?? tag;
}

/** Each class as often as it is to be seen, in a mixed order. */
function shuffledClasses(members: TrainingLanguage[], samples: number, random: Random): Uint8Array {
  const counts = members.map(({ family }) => Math.round(samples * (family === null ? 1 : OTHER_SHARE)));
  const order = new Uint8Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  counts.forEach((count, index) => {
    order.fill(index, at, at + count);
    at += count;
  });
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  return order;
}

/** One text of a language: a crop of a sentence, or a word or two of a list; of any of its sources. */
function drawSample(member: TrainingLanguage, random: Random): string {
  const running = member.sources.filter(({ sentences }) => sentences.length > 0);
  const lists = member.sources.filter(({ words }) => words.length > 0);
  const fromRunning = lists.length === 0 || (running.length > 0 && random.next() < RUNNING_SHARE);
  const source = fromRunning ? running[random.below(running.length)]! : lists[random.below(lists.length)]!;
  const text = fromRunning ? crop(source.sentences[random.below(source.sentences.length)]!, random) : wordsOf(source.words, random);
  return random.next() < PLAIN_SHARE ? withoutAccents(text) : text;
}

function wordsOf(list: string[], random: Random): string {
  const word = list[random.below(list.length)]!;
  return random.next() < 0.6 ? word : `${word} ${list[random.below(list.length)]!}`;
}

/** Part of a sentence, of random length and place. Where no spaces part words, so many letters. */
export function crop(sentence: string, random: Random): string {
  const words = sentence.split(/\s+/).filter(Boolean);
  const draw = random.next();
  const wanted = draw < CROPS[0]! ? 1 : draw < CROPS[1]! ? 2 : draw < CROPS[2]! ? 3 + random.below(4) : words.length;
  if (wanted >= words.length) return sentence;
  const start = random.below(words.length - wanted + 1);
  return words.slice(start, start + wanted).join(' ');
}

interface Learner {
  weights: Float32Array;
  bias: Float32Array;
  /** Learns from one sample; whether it was right before. */
  learn(buckets: Uint32Array, count: number, index: number, rate: number): boolean;
}

function createLearner(classes: number, size: number): Learner {
  const weights = new Float32Array(size * classes);
  const speeds = new Float32Array(size * classes).fill(1e-4);
  const bias = new Float32Array(classes);
  const sums = new Float64Array(classes);
  return {
    weights,
    bias,
    learn(buckets, count, index, rate) {
      const value = 1 / Math.sqrt(count);
      sums.fill(0);
      for (let feature = 0; feature < count; feature += 1) {
        const base = buckets[feature]! * classes;
        for (let each = 0; each < classes; each += 1) sums[each]! += weights[base + each]!;
      }
      let best = 0;
      let most = -Infinity;
      for (let each = 0; each < classes; each += 1) {
        sums[each] = sums[each]! * value + bias[each]!;
        if (sums[each]! > most) [best, most] = [each, sums[each]!];
      }
      let all = 0;
      for (let each = 0; each < classes; each += 1) all += sums[each] = Math.exp(sums[each]! - most);
      for (let each = 0; each < classes; each += 1) sums[each] = sums[each]! / all - (each === index ? 1 : 0);
      for (let each = 0; each < classes; each += 1) {
        const slope = sums[each]!;
        if (slope < 0.002 && slope > -0.002) continue;
        bias[each]! -= 0.01 * rate * slope;
        const step = slope * value;
        for (let feature = 0; feature < count; feature += 1) {
          const at = buckets[feature]! * classes + each;
          const speed = (speeds[at]! += step * step);
          const moved = weights[at]! - (rate * step) / Math.sqrt(speed);
          weights[at] = moved > SHRINK ? moved - SHRINK : moved < -SHRINK ? moved + SHRINK : 0;
        }
      }
      return best === index;
    },
  };
}

/** Weights as whole numbers from -127 to 127, only those that count. */
function pack(script: Script, bits: number, classes: LanguageClass[], learner: Learner): ScriptModel {
  const size = 1 << bits;
  const amount = classes.length;
  const scale = new Float32Array(amount);
  for (let at = 0; at < learner.weights.length; at += 1) {
    const magnitude = Math.abs(learner.weights[at]!);
    const index = at % amount;
    if (magnitude > scale[index]!) scale[index] = magnitude;
  }
  for (let index = 0; index < amount; index += 1) scale[index] = Math.min(scale[index]!, LARGEST_WEIGHT) / 127;
  const starts = new Uint32Array(size + 1);
  const entries: number[] = [];
  for (let bucket = 0; bucket < size; bucket += 1) {
    for (let index = 0; index < amount; index += 1) {
      const whole = Math.round(learner.weights[bucket * amount + index]! / scale[index]!);
      if (whole === 0) continue;
      entries.push(entryOf(index, Math.max(-127, Math.min(127, whole))));
    }
    starts[bucket + 1] = entries.length;
  }
  return {
    script,
    bits,
    classes,
    bias: learner.bias,
    scale,
    temperature: [1, 1, 1, 1],
    starts,
    entries: Uint16Array.from(entries),
  };
}

/** A weight beyond this is cut off. */
const LARGEST_WEIGHT = 12;

/** Divisors with which the chances of held-out texts are nearest to how often they are right, by length of text. */
function fitTemperatures(model: ScriptModel, learner: Learner, dev: Split['dev'], bits: number): ScriptModel['temperature'] {
  const classes = model.classes.length;
  const byLength: { sums: Float64Array; label: number }[][] = [[], [], [], []];
  for (const { text, label } of dev) {
    const { buckets, count, words } = readFeatures(text, () => bits);
    if (count === 0) continue;
    const sums = new Float64Array(classes);
    for (let feature = 0; feature < count; feature += 1) {
      for (let each = 0; each < classes; each += 1) sums[each]! += learner.weights[buckets[feature]! * classes + each]!;
    }
    byLength[lengthClass(words)]!.push({ sums: sums.map((sum, each) => sum / Math.sqrt(count) + learner.bias[each]!), label });
  }
  return byLength.map(bestTemperature) as ScriptModel['temperature'];
}

const TEMPERATURES = Array.from({ length: 40 }, (_, step) => 0.3 + step * 0.05);

function bestTemperature(samples: { sums: Float64Array; label: number }[]): number {
  if (samples.length < 50) return 1;
  const losses = TEMPERATURES.map((temperature) =>
    samples.reduce((loss, sample) => loss + surprise(sample.sums, sample.label, temperature), 0),
  );
  return TEMPERATURES[losses.indexOf(Math.min(...losses))]!;
}

function surprise(sums: Float64Array, label: number, temperature: number): number {
  const most = Math.max(...sums) / temperature;
  let all = 0;
  for (const sum of sums) all += Math.exp(sum / temperature - most);
  return Math.log(all) + most - sums[label]! / temperature;
}

// The trained models as bytes, and back: what stands in the file of the language identification. Pure; called by
// content/language-model.ts and by training. Weights are made coarser and the least of them left out: that halves the file and costs nothing
// that could be measured.
import { SCRIPTS, type Script } from './letters.ts';
import { entryOf, type LanguageClass, type ScriptModel } from './model.ts';

/** What is told of each model before its numbers. */
interface Head {
  script: Script;
  bits: number;
  classes: LanguageClass[];
  bias: number[];
  scale: number[];
  temperature: number[];
  entries: number;
}

const FORMAT = 1;
/** Weights smaller than this are left out; the others are rounded to a multiple of STEP. Of 127. */
const LEAST = 9;
const STEP = 6;

/** Leaves out the least weights and rounds the others. */
export function coarsen(model: ScriptModel): ScriptModel {
  const starts = new Uint32Array(model.starts.length);
  const entries: number[] = [];
  for (let bucket = 0; bucket + 1 < starts.length; bucket += 1) {
    for (let at = model.starts[bucket]!; at < model.starts[bucket + 1]!; at += 1) {
      const entry = model.entries[at]!;
      const weight = (entry << 24) >> 24;
      if (Math.abs(weight) >= LEAST) entries.push(entryOf(entry >> 8, Math.round(weight / STEP)));
    }
    starts[bucket + 1] = entries.length;
  }
  return { ...model, scale: model.scale.map((scale) => scale * STEP), starts, entries: Uint16Array.from(entries) };
}

/** All models as bytes: a length, a head in JSON, then for each model the numbers of entries a bucket, their classes and their weights. */
export function packModels(models: ScriptModel[]): Uint8Array {
  const heads: Head[] = models.map(({ script, bits, classes, bias, scale, temperature, entries }) => ({
    script,
    bits,
    classes,
    bias: [...bias],
    scale: [...scale],
    temperature,
    entries: entries.length,
  }));
  const head = new TextEncoder().encode(JSON.stringify({ format: FORMAT, models: heads }));
  const size = models.reduce((sum, { bits, entries }) => sum + (1 << bits) + 2 * entries.length, 4 + head.length);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const { bits, starts, entries } of models) {
    for (let bucket = 0; bucket < 1 << bits; bucket += 1) bytes[at++] = starts[bucket + 1]! - starts[bucket]!;
    // Classes and weights apart: like beside like is packed better.
    for (const entry of entries) bytes[at++] = entry >> 8;
    for (const entry of entries) bytes[at++] = entry & 0xff;
  }
  return bytes;
}

/**
 * Reads what packModels wrote.
 * @throws RangeError or SyntaxError when the bytes are something else
 */
export function unpackModels(bytes: Uint8Array): ScriptModel[] {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const { format, models } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as { format: number; models: Head[] };
  if (format !== FORMAT || !models.every(({ script }) => SCRIPTS.includes(script)))
    throw new RangeError('This language model was made by another version; train it again: ventanilla train-language.');
  let at = 4 + length;
  return models.map(({ script, bits, classes, bias, scale, temperature, entries: count }) => {
    const starts = new Uint32Array((1 << bits) + 1);
    for (let bucket = 0; bucket < 1 << bits; bucket += 1) starts[bucket + 1] = starts[bucket]! + bytes[at++]!;
    const entries = new Uint16Array(count);
    for (let index = 0; index < count; index += 1) entries[index] = (bytes[at + index]! << 8) | bytes[at + count + index]!;
    at += 2 * count;
    return {
      script,
      bits,
      classes,
      bias: Float32Array.from(bias),
      scale: Float32Array.from(scale),
      temperature: temperature as ScriptModel['temperature'],
      starts,
      entries,
    };
  });
}

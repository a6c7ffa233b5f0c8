// `ventanilla train-language`: trains the language identification anew from public texts and one's own, and writes the model.
// With --held-out a source is kept from training and the table shows how good the model is on it; nothing is written then.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { projectFolder } from '../../app.ts';
import { AppError } from '../../domain/errors.ts';
import { readCorpus } from '../../content/language-corpus.ts';
import { MODEL_FILE } from '../../content/language-model.ts';
import { cropSentences } from '../../language/identification/crops.ts';
import { measureIdentification } from '../../language/identification/measure.ts';
import { createIdentify } from '../../language/identification/model.ts';
import { coarsen, packModels } from '../../language/identification/pack.ts';
import { trainLanguageModels, type TrainingLanguage } from '../../language/identification/train.ts';
import type { Command } from '../command.ts';
import { languageTable } from '../language-table.ts';

/** What a full training takes: about two minutes on one core. */
const ROUNDS = 6;
const SAMPLES = 12_000;
const SEED = 7;
/** Cuts of each kind and language that a held-out source is measured on. */
const MEASURED = 500;

export const trainLanguage: Command = {
  name: 'train-language',
  summary: 'train the language identification from public texts and your own',
  usage: 'train-language [--udhr DIR] [--annotations DIR] [--word-lists DIR] [--texts DIR …] [--held-out SOURCE] [--out FILE] [--list]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        udhr: { type: 'string' },
        annotations: { type: 'string' },
        'word-lists': { type: 'string' },
        texts: { type: 'string', multiple: true, default: [] },
        'held-out': { type: 'string' },
        out: { type: 'string', default: MODEL_FILE },
        rounds: { type: 'string', default: String(ROUNDS) },
        samples: { type: 'string', default: String(SAMPLES) },
        list: { type: 'boolean', default: false },
      },
    });
    const corpus = readCorpus({
      ...(values.udhr === undefined ? {} : { udhr: values.udhr }),
      ...(values.annotations === undefined ? {} : { annotations: values.annotations }),
      ...(values['word-lists'] === undefined ? {} : { wordLists: values['word-lists'] }),
      locales: path.join(projectFolder, 'locales'),
      texts: values.texts,
    });
    if (corpus.length === 0) throw new AppError('cli.usage', `There is no text to learn from. Usage: ventanilla ${trainLanguage.usage}`);
    if (values.list) return list(corpus);
    const heldOut = values['held-out'];
    const learned = heldOut === undefined ? corpus : without(corpus, heldOut);
    const models = trainLanguageModels(learned, {
      rounds: Number(values.rounds),
      samples: Number(values.samples),
      seed: SEED,
      progress: (text) => console.error(text),
    }).map(coarsen);
    if (heldOut !== undefined) {
      for (const line of languageTable(measureHeldOut(corpus, heldOut, createIdentify(models)))) console.log(line);
      return 0;
    }
    const bytes = compress(packModels(models));
    mkdirSync(path.dirname(values.out), { recursive: true });
    writeFileSync(values.out, bytes);
    console.log(`${values.out}: ${(bytes.length / 1e6).toFixed(2)} MB, ${corpus.length} languages, ${models.length} scripts.`);
    return 0;
  },
};

function list(corpus: TrainingLanguage[]): number {
  for (const { tag, script, family, sources } of corpus) {
    const of = sources.map(({ name, sentences, words }) => `${name} ${sentences.length || words.length}`);
    console.log(`${tag}\t${script}\t${family ?? 'supported'}\t${of.join(', ')}`);
  }
  return 0;
}

function without(corpus: TrainingLanguage[], source: string): TrainingLanguage[] {
  return corpus
    .map((language) => ({ ...language, sources: language.sources.filter(({ name }) => name !== source) }))
    .filter(({ sources }) => sources.length > 0);
}

function measureHeldOut(corpus: TrainingLanguage[], source: string, identify: ReturnType<typeof createIdentify>) {
  const supported = corpus.filter(({ family }) => family === null);
  const texts = corpus.flatMap(({ tag, sources }, index) =>
    cropSentences(tag, sources.find(({ name }) => name === source)?.sentences ?? [], MEASURED, index + 1),
  );
  return measureIdentification(identify, texts, new Set(supported.map(({ tag }) => tag)));
}

function compress(bytes: Uint8Array): Buffer {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

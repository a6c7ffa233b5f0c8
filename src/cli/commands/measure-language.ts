// `ventanilla measure-language [FILE]`: how good the language identification is on texts of one's own, a line each: language, kind, text.
// Without a file on the messages of test/language/messages, whole and cut into one, two, and three to six words.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../app.ts';
import { AppError } from '../../domain/errors.ts';
import { identifyLanguage } from '../../content/language-model.ts';
import { LANGUAGE_SOURCES } from '../../content/language-sources.ts';
import { cropSentences } from '../../language/identification/crops.ts';
import { measureIdentification, type MeasuredText } from '../../language/identification/measure.ts';
import type { Command } from '../command.ts';
import { languageTable } from '../language-table.ts';

const WARM_UP = 20_000;
/** Cuts of each kind and language. */
const CUTS = 500;
const MESSAGES = path.join(projectFolder, 'test', 'language', 'messages');

export const measureLanguage: Command = {
  name: 'measure-language',
  summary: 'measure the language identification on a file of language, kind and text',
  usage: 'measure-language [FILE.tsv …] [--languages es,en,fr] [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { languages: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const texts = positionals.length === 0 ? ownMessages() : positionals.flatMap(readRows);
    const only = values.languages === undefined ? null : new Set(values.languages.split(','));
    const supported = new Set(LANGUAGE_SOURCES.filter(({ family }) => family === null).map(({ tag }) => tag));
    const options = only === null ? undefined : { prior: (tag: string) => (!supported.has(tag) || only.has(tag) ? 1 : 0) };
    const report = measureIdentification(identifyLanguage, texts, supported, options);
    const speed = measureSpeed(texts);
    if (values.json)
      console.log(JSON.stringify({ ...report, scores: undefined, macro: Object.fromEntries(report.macro), textsASecond: speed }));
    else
      for (const line of [...languageTable(report), `speed: ${speed.toLocaleString('en')} texts a second on one core`]) console.log(line);
    return 0;
  },
};

/** @throws AppError cli.usage when a line has not three columns */
function readRows(file: string): MeasuredText[] {
  const rows = readFileSync(file, 'utf8').split('\n');
  return rows.flatMap((row, index) => {
    if (row.trim() === '') return [];
    const [language, kind, ...text] = row.split('\t');
    if (language === undefined || kind === undefined || text.length === 0) {
      throw new AppError('cli.usage', `${file}:${index + 1}: a line has three columns with tabs between them: language, kind, text.`);
    }
    return [{ language, kind, text: text.join(' ') }];
  });
}

/** Messages that training never saw, one file a language with kind and text. */
function ownMessages(): MeasuredText[] {
  return readdirSync(MESSAGES)
    .filter((file) => file.endsWith('.tsv'))
    .flatMap((file, index) => {
      const language = file.replace('.tsv', '');
      const lines = readFileSync(path.join(MESSAGES, file), 'utf8').trim().split('\n');
      return cropSentences(
        language,
        lines.map((line) => line.split('\t')[1] ?? ''),
        CUTS,
        index + 1,
      );
    });
}

function measureSpeed(texts: MeasuredText[]): number {
  const sample = Array.from({ length: WARM_UP }, (_, index) => texts[index % texts.length]!.text);
  for (const text of sample) identifyLanguage(text);
  const began = performance.now();
  for (const text of sample) identifyLanguage(text);
  return Math.round((sample.length / (performance.now() - began)) * 1000);
}

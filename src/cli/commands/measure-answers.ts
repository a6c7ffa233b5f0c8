// `ventanilla measure-answers [FILE]`: how good the answer search is, on questions of one's own or on the phrasings of this folder's content.
// A line of the file is entry, language, text; `-` for an entry is a question that none answers. Questions are left out of training in turn;
// with --of-content the content is trained with its own phrasings, and the file only asks.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../app.ts';
import { identifyLanguage } from '../../content/language-model.ts';
import { loadFiles } from '../../content/load-files.ts';
import { AppError } from '../../domain/errors.ts';
import type { LanguageTraining } from '../../language/answer-calibration.ts';
import { measureAnswers, withoutNearDuplicates, type MeasuredLanguage } from '../../language/answer-measure.ts';
import { untrainedLanguages } from '../../language/answer-search.ts';
import { compileRelease } from '../../release/compile.ts';
import { answersTable } from '../answers-table.ts';
import type { Command } from '../command.ts';

const NO_ENTRY = '-';

interface Row {
  entry: string;
  language: string;
  text: string;
}

export const measureAnswersCommand: Command = {
  name: 'measure-answers',
  summary: 'measure the answer search, on a file of entry, language and text or on the content',
  usage: 'measure-answers [FILE.tsv [--of-content]] [--phrasings 10] [--distinct] [--languages es,en] [--folder DIR] [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        phrasings: { type: 'string', default: '10' },
        'of-content': { type: 'boolean', default: false },
        distinct: { type: 'boolean', default: false },
        languages: { type: 'string' },
        folder: { type: 'string', default: projectFolder },
        json: { type: 'boolean', default: false },
      },
    });
    const phrasings = Number(values.phrasings);
    if (!Number.isInteger(phrasings) || phrasings < 1 || positionals.length > 1)
      throw new AppError('cli.usage', `Usage: ventanilla ${measureAnswersCommand.usage}`);
    const content = await readContent(values.folder);
    const file = positionals[0];
    const ofContent = content.map(fromContent);
    const ofFile = file === undefined ? [] : fromRows(readRows(file), content);
    const all = file === undefined ? ofContent : values['of-content'] ? ofFile.flatMap((asked) => askContent(asked, ofContent)) : ofFile;
    const only = values.languages?.split(',');
    const measured = all.filter(({ language }) => only === undefined || only.includes(language));
    const reports = measured.map((each) => {
      const asked = values.distinct ? { ...each, phrasings: withoutNearDuplicates(each.phrasings, each.language) } : each;
      return measureAnswers(asked, { phrasings, clock: () => performance.now() });
    });
    if (values.json) console.log(JSON.stringify({ phrasings, reports }));
    else for (const line of answersTable(reports)) console.log(line);
    return 0;
  },
};

/** What the search of a folder's content is trained from. */
async function readContent(folder: string): Promise<LanguageTraining[]> {
  const { release } = compileRelease(await loadFiles(folder), { identify: identifyLanguage, checked: true });
  if (!release) throw new AppError('content.invalid', `The content of ${folder} has mistakes: npm run ventanilla -- check tells them.`);
  return untrainedLanguages(release.answerIndex);
}

/** Titles and answers are always trained with; phrasings are asked. */
function fromContent({ language, texts, smallWords }: LanguageTraining): MeasuredLanguage {
  const questions = texts.filter(({ kind }) => kind === 'question');
  // The first question of a version is its title.
  const isTitle = new Set([...Map.groupBy(questions, ({ version }) => version).values()].map(([title]) => title));
  const phrasings = Map.groupBy(
    questions.filter((text) => !isTitle.has(text)),
    ({ group }) => group,
  );
  return {
    language,
    smallWords,
    texts: texts.filter((text) => text.kind === 'answer' || isTitle.has(text)),
    phrasings: new Map([...phrasings].map(([group, list]) => [group, list.map(({ text }) => text)])),
    offTopic: [],
  };
}

/** The questions of a file, asked of what the content is trained with. */
function askContent(asked: MeasuredLanguage, content: MeasuredLanguage[]): MeasuredLanguage[] {
  const known = content.find(({ language }) => language === asked.language);
  return known === undefined ? [] : [{ ...known, questions: asked.phrasings, offTopic: asked.offTopic }];
}

/** Small words are the content's, where it has the language. */
function fromRows(rows: Row[], content: LanguageTraining[]): MeasuredLanguage[] {
  return [...Map.groupBy(rows, ({ language }) => language)].map(([language, list]) => {
    const byEntry = Map.groupBy(list, ({ entry }) => entry);
    const textsOf = (entry: string): string[] => (byEntry.get(entry) ?? []).map(({ text }) => text);
    return {
      language,
      smallWords: content.find((each) => each.language === language)?.smallWords ?? [],
      texts: [],
      phrasings: new Map([...byEntry.keys()].filter((entry) => entry !== NO_ENTRY).map((entry) => [entry, textsOf(entry)])),
      offTopic: textsOf(NO_ENTRY),
    };
  });
}

/** @throws AppError cli.usage when a line has not three columns */
function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const [entry, language, ...text] = line.split('\t');
      if (entry === undefined || language === undefined || text.length === 0)
        throw new AppError('cli.usage', `${file}:${index + 1}: a line has three columns with tabs between them: entry, language, text.`);
      return [{ entry, language, text: text.join(' ') }];
    });
}

// `ventanilla import`: takes files in. A folder with flows/ and locales/ becomes the next release, after every check; what others write
// (translations, directories, flows of RapidPro) becomes a draft, which people look at, approve and publish.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hashTexts } from '../../content/release-archive.ts';
import { AppError } from '../../domain/errors.ts';
import { loadEditor } from '../../runtime/content/load-editor.ts';
import type { ImportRequest } from '../../runtime/content/import-content.ts';
import type { Command } from '../command.ts';
import { compileOrReport } from '../compile-or-report.ts';
import { OPERATOR, withContent } from '../open-content.ts';
import { runTranscripts } from '../run-transcripts.ts';

const FORMATS = ['po', 'xliff', 'i18next', 'hsds', 'rapidpro'] as const;
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_NOTES = 200;

export const importCommand: Command = {
  name: 'import',
  summary: 'take content in: import release FOLDER, import po FILE, import rapidpro FILE …',
  usage:
    'import release FOLDER | import po|xliff|i18next|hsds|rapidpro FILE … [--language TAG] [--locality CODE] [--topic CODE] [--overwrite-reviewed] [--dry-run]',
  run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        language: { type: 'string' },
        locality: { type: 'string' },
        topic: { type: 'string' },
        'overwrite-reviewed': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
      },
    });
    const [what, ...places] = positionals;
    const format = FORMATS.find((one) => one === what);
    if (places.length === 0 || (what !== 'release' && format === undefined))
      throw new AppError('cli.usage', `Usage: ventanilla ${importCommand.usage}`);
    if (format === undefined) return importRelease(places[0] ?? '');
    const request = {
      format,
      files: places.map(readGiven),
      language: values.language ?? null,
      locality: values.locality ?? null,
      topic: values.topic ?? null,
      overwriteReviewed: values['overwrite-reviewed'],
    };
    return importFiles(request, values['dry-run']);
  },
};

async function importRelease(folder: string): Promise<number> {
  const compiled = await compileOrReport(folder);
  if (!compiled || !runTranscripts(compiled.release, folder, { update: false, quiet: false })) {
    console.error('Nothing was taken in.');
    return 1;
  }
  return withContent(async ({ releases }) => {
    if (releases.currentHash() === hashTexts(compiled.source.texts))
      console.log(`Release ${releases.current().number} already holds these files.`);
    else
      console.log(
        `Release ${await releases.publish(compiled.source, Date.now())} is in place. A running service takes it up within seconds.`,
      );
    return 0;
  });
}

function importFiles(request: Omit<ImportRequest, 'today'>, dryRun: boolean): Promise<number> {
  return withContent(async ({ store, content, releases, find }) => {
    const title = `Import of ${request.files.map(({ name }) => name).join(', ')}`.slice(0, 120);
    // Looked at first: a file of which nothing comes leaves no draft behind.
    const editor = await loadEditor(store, OPERATOR);
    const today = new Date().toISOString().slice(0, 10);
    const { plan, notes } = await content.workshop.ask('import', await find('current'), { request: { ...request, today }, editor });
    for (const { severity, message, where } of notes.slice(0, MAX_NOTES))
      console.log(`${severity}: ${where === null ? '' : `${where}: `}${message}`);
    if (notes.length > MAX_NOTES) console.log(`… and ${notes.length - MAX_NOTES} more notes.`);
    if (!plan.ok) throw new AppError('content.refused', `${plan.address}: ${plan.reason}`);
    if (plan.edits.length === 0 || dryRun) {
      console.log(
        plan.edits.length === 0
          ? 'Nothing would change.'
          : `${plan.edits.length} entries would change in release ${releases.current().number}.`,
      );
      return notes.some(({ severity }) => severity === 'error') ? 1 : 0;
    }
    const id = await content.drafts.create(OPERATOR, title);
    await content.drafts.import(OPERATOR, id, request, false);
    console.log(
      `${plan.edits.length} entries are changed in the draft ${id}. Look at it in the console, and have it approved; or: ventanilla publish ${id}`,
    );
    return 0;
  });
}

function readGiven(file: string): { name: string; bytes: Uint8Array } {
  try {
    if (statSync(file).size > MAX_BYTES) throw new AppError('cli.usage', `${path.basename(file)} is over 10 MB: split it.`);
    return { name: path.basename(file), bytes: new Uint8Array(readFileSync(file)) };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('cli.usage', `${path.basename(file)} cannot be read. Is the path right?`, { cause });
  }
}

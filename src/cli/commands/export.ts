// `ventanilla export`: the request log as CSV; texts for translators, the directory for others, or a whole release as files again.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../domain/errors.ts';
import { parseArchive } from '../../content/release-archive.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../runtime/content/export-content.ts';
import { loadRelease } from '../../store/releases.ts';
import type { Command } from '../command.ts';
import { exportRequestLog } from '../export-request-log.ts';
import { withContent } from '../open-content.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'write the request log, texts for translators, the directory, or a release as files',
  usage:
    'export requests --from 2026-11-01 --to 2026-11-30 [--totals] [--out FILE] | export release [NUMBER] --out FOLDER | export po|xliff|i18next --language TAG [--source DRAFT] [--out FOLDER] | export hsds|hsds-csv [--out FOLDER]',
  run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        out: { type: 'string' },
        totals: { type: 'boolean', default: false },
        language: { type: 'string' },
        source: { type: 'string', default: 'current' },
      },
    });
    const [what = '', number] = positionals;
    if (what === 'requests') return exportRequestLog(values);
    if (what === 'release') return exportRelease(number ?? 'current', values.out);
    const wanted = what === 'hsds' ? 'hsds_json' : what.replace('-', '_');
    const format = EXPORT_FORMATS.find((one) => one === wanted);
    if (format === undefined) throw new AppError('cli.usage', `What should be exported? Usage: ventanilla ${exportCommand.usage}`);
    return exportFiles(format, values.language ?? null, values.source, values.out ?? '.');
  },
};

/** What did not change since it was taken in is written exactly as it was. */
function exportRelease(source: string, folder: string | undefined): Promise<number> {
  if (folder === undefined)
    throw new AppError(
      'cli.usage',
      'Say where to: ventanilla export release --out FOLDER. Files of the same names there are written over.',
    );
  return withContent(async ({ store, find }) => {
    const { release } = await find(source);
    const stored = await store.read((reader) => loadRelease(reader, release));
    if (!stored) throw new AppError('store.not_found', `There is no release ${release}.`);
    const files = Object.entries((await parseArchive(stored.archive)).files);
    for (const [name, text] of files) writeBelow(folder, name, text);
    console.log(`Release ${release}: ${files.length} files in ${folder}`);
    return 0;
  });
}

function exportFiles(format: ExportFormat, language: string | null, source: string, folder: string): Promise<number> {
  return withContent(async ({ content, find }) => {
    const files = await content.workshop.ask('export', await find(source), { format, language });
    for (const { name, text } of files) {
      writeBelow(folder, name, text);
      console.log(path.join(folder, name));
    }
    return 0;
  });
}

function writeBelow(folder: string, name: string, text: string): void {
  const place = path.join(folder, name);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
}

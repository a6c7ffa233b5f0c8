// `ventanilla check`: every check of the content that publishing makes, and every transcript. Each finding says where and how to mend.
// With --links it also asks the web whether every linked page is still there.
import { parseArgs } from 'node:util';
import { projectFolder } from '../../app.ts';
import { identifyLanguage } from '../../content/language-model.ts';
import { loadFiles } from '../../content/load-files.ts';
import { compileRelease } from '../../release/compile.ts';
import { findLinks } from '../../release/find-links.ts';
import { formatProblem } from '../../release/problem.ts';
import type { Command } from '../command.ts';
import { checkLinks } from '../check-links.ts';
import { runTranscripts } from '../run-transcripts.ts';

export const check: Command = {
  name: 'check',
  summary: 'check flows, texts, answers and places, and play all transcripts',
  usage: 'check [--folder DIR] [--links] [--warnings] [--json]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        folder: { type: 'string', default: projectFolder },
        links: { type: 'boolean', default: false },
        warnings: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const source = await loadFiles(values.folder);
    const { release, problems: found } = compileRelease(source, { identify: identifyLanguage });
    const problems = values.links ? [...found, ...(await checkLinks(findLinks(source.texts)))] : found;
    const errors = problems.filter((problem) => problem.severity === 'error');
    const shown = values.warnings ? problems : problems.filter(({ severity, code }) => severity === 'error' || code === 'link.unsure');
    for (const problem of shown) console.log(values.json ? JSON.stringify(problem) : formatProblem(problem));
    if (!values.json) {
      const warnings = problems.length - errors.length;
      console.log(`${errors.length} errors, ${warnings} warnings${warnings > 0 && !values.warnings ? ' (--warnings shows them)' : ''}`);
    }
    if (errors.length > 0 || !release) return 1;
    return runTranscripts(release, values.folder, { update: false, quiet: values.json }) ? 0 : 1;
  },
};

// `ventanilla test-flows`: plays the transcripts under test/flows. `--update` writes down what the line says now.
import { parseArgs } from 'node:util';
import { projectFolder } from '../../app.ts';
import type { Command } from '../command.ts';
import { compileOrReport } from '../compile-or-report.ts';
import { runTranscripts } from '../run-transcripts.ts';

export const testFlows: Command = {
  name: 'test-flows',
  summary: 'play the transcripts of test/flows (--update writes them anew)',
  usage: 'test-flows [--update] [--folder DIR]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { update: { type: 'boolean', default: false }, folder: { type: 'string', default: projectFolder } },
    });
    const compiled = await compileOrReport(values.folder);
    return compiled && runTranscripts(compiled.release, values.folder, { update: values.update, quiet: false }) ? 0 : 1;
  },
};

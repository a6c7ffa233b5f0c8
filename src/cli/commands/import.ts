// `ventanilla import release`: takes the files of a folder in as the next release, after every check.
import { parseArgs } from 'node:util';
import { hashSource } from '../../content/release-archive.ts';
import { AppError } from '../../domain/errors.ts';
import { openReleases } from '../../runtime/releases.ts';
import type { Command } from '../command.ts';
import { compileOrReport } from '../compile-or-report.ts';
import { openStoreBeside } from '../open-store-beside.ts';
import { runTranscripts } from '../run-transcripts.ts';

export const importCommand: Command = {
  name: 'import',
  summary: 'take changed flows and texts in as the next release: import release FOLDER',
  usage: 'import release FOLDER',
  async run(args) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    const [what, folder] = positionals;
    if (what !== 'release' || !folder) throw new AppError('cli.usage', `Usage: ventanilla ${importCommand.usage}`);
    const compiled = await compileOrReport(folder);
    if (!compiled || !runTranscripts(compiled.release, folder, { update: false, quiet: false })) {
      console.error('Nothing was taken in.');
      return 1;
    }
    const store = await openStoreBeside();
    try {
      const releases = await openReleases(store, () => Promise.resolve(compiled.source), Date.now(), { training: false });
      if (releases.currentHash() === hashSource(compiled.source))
        console.log(`Release ${releases.current().number} already holds these files.`);
      else
        console.log(
          `Release ${await releases.publish(compiled.source, Date.now())} is in place. A running service takes it up within seconds.`,
        );
      return 0;
    } finally {
      await store.close();
    }
  },
};

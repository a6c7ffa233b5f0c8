// `ventanilla backup FILE`: an encrypted copy of the main database while the service runs. Keys are never in it.
import { parseArgs } from 'node:util';
import { AppError } from '../../domain/errors.ts';
import { backupTo } from '../../store/backup.ts';
import type { Command } from '../command.ts';
import { openStoreBeside } from '../open-store-beside.ts';
import { programVersion } from '../program-version.ts';
import { progressLine } from '../progress-line.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'copy the database while the service runs: backup FILE (encrypted; keys are not in it)',
  usage: 'backup FILE [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
    const [file] = positionals;
    if (!file) throw new AppError('cli.usage', `Usage: ventanilla ${backup.usage}`);
    const store = await openStoreBeside();
    const line = progressLine();
    try {
      const rows = await backupTo(store, file, { program: programVersion(), progress: (count) => line.show(`${count} rows …`) });
      line.done();
      if (values.json) console.log(JSON.stringify({ file, rows }));
      else
        console.log(
          `The backup is complete: ${rows} rows. It is useless without the key store and the secret key file: keep only the newest copy of those, elsewhere.`,
        );
      return 0;
    } finally {
      line.done();
      await store.close();
    }
  },
};

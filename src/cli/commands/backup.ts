// `ventanilla backup FILE`: a copy of the SQLite database while the service runs. Keys are never in it.
import { AppError } from '../../domain/errors.ts';
import { backupTo } from '../../store/backup.ts';
import type { Command } from '../command.ts';
import { openStoreBeside } from '../open-store-beside.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'copy the database while the service runs: backup FILE (keys are not in it)',
  usage: 'backup FILE',
  async run([file]) {
    if (!file) throw new AppError('cli.usage', `Usage: ventanilla ${backup.usage}`);
    const store = await openStoreBeside();
    try {
      await backupTo(store, file);
      console.log(
        'The copy is complete. It is useless without the key store and the secret key file: keep only the newest copy of those, elsewhere.',
      );
      return 0;
    } finally {
      await store.close();
    }
  },
};

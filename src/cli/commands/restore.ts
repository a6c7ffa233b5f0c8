// `ventanilla restore FILE`: puts a copy back and erases again everyone who was erased since. The service must be stopped.
import { AppError } from '../../domain/errors.ts';
import { projectFolder } from '../../app.ts';
import { parseSettings, readEnvironment } from '../../runtime/settings.ts';
import { restoreFrom } from '../../store/backup.ts';
import { systemClock } from '../../util/clock.ts';
import type { Command } from '../command.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'put a copy of the database back: restore FILE (stop the service first)',
  usage: 'restore FILE',
  async run([file]) {
    if (!file) throw new AppError('cli.usage', `Usage: ventanilla ${restore.usage}`);
    const { databaseUrl, keyDatabaseUrl, secretKeyFile } = parseSettings(readEnvironment(projectFolder), projectFolder);
    const erased = await restoreFrom({ databaseUrl, keyDatabaseUrl, secretKeyFile, now: systemClock }, file);
    console.log(`Restored. ${erased} people who had asked for erasure since the copy were erased again.`);
    return 0;
  },
};

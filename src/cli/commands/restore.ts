// `ventanilla restore FILE`: puts a backup back and erases again everyone who was erased since. The service must be stopped.
// From SQLite to PostgreSQL, or back: restore the one's backup with DATABASE_URL set to the other.
import { parseArgs } from 'node:util';
import { AppError } from '../../domain/errors.ts';
import { projectFolder } from '../../app.ts';
import { parseSettings, readEnvironment } from '../../runtime/settings.ts';
import { restoreFrom } from '../../store/backup.ts';
import { systemClock } from '../../util/clock.ts';
import type { Command } from '../command.ts';
import { progressLine } from '../progress-line.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'put a backup back, into SQLite or PostgreSQL: restore FILE (stop the service first)',
  usage: 'restore FILE [--replace] [--json]',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { replace: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    });
    const [file] = positionals;
    if (!file) throw new AppError('cli.usage', `Usage: ventanilla ${restore.usage}`);
    const { databaseUrl, keyDatabaseUrl, secretKeyFile } = parseSettings(readEnvironment(projectFolder), projectFolder);
    const line = progressLine();
    try {
      const erased = await restoreFrom({ databaseUrl, keyDatabaseUrl, secretKeyFile, now: systemClock }, file, {
        replace: values.replace,
        progress: (step, rows) => line.show(`${step}: ${rows} rows …`),
        onHeader: ({ createdAt, program }) => {
          if (!values.json) console.log(`Backup of ${new Date(createdAt).toISOString()}, made by version ${program}.`);
        },
      });
      line.done();
      if (values.json) console.log(JSON.stringify({ restored: true, erasedAgain: erased }));
      else console.log(`Restored. ${erased} people who had asked for erasure since the backup were erased again.`);
      return 0;
    } finally {
      line.done();
    }
  },
};

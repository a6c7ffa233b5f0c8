// `ventanilla purge`: removes now what has outlived its retention. The running service does the same every ten minutes.
import type { Command } from '../command.ts';
import { openApp, projectFolder } from '../../app.ts';
import { purge as purgeNow } from '../../runtime/housekeeping.ts';
import { readEnvironment } from '../../runtime/settings.ts';

export const purge: Command = {
  name: 'purge',
  summary: 'remove now what has outlived its retention',
  usage: 'purge',
  async run() {
    // The role `web` answers nothing and runs no loop; the command does its one thing and ends.
    const app = await openApp({
      folder: projectFolder,
      environment: { ...readEnvironment(projectFolder), NODE_ROLE: 'web', LOG_LEVEL: 'error' },
      modules: [],
      service: false,
    });
    try {
      for (const [kind, count] of Object.entries(await purgeNow(app.service.services))) console.log(`${kind}: ${count}`);
      return 0;
    } finally {
      await app.close();
    }
  },
};

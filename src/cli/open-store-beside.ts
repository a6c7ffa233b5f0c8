// Opens the store for a command that runs beside the service.
import { projectFolder } from '../app.ts';
import { parseSettings, readEnvironment } from '../runtime/settings.ts';
import { openStore, type Store } from '../store/store.ts';
import { systemClock } from '../util/clock.ts';

/** The store of this installation, without claiming it as the service. */
export function openStoreBeside(): Promise<Store> {
  const { databaseUrl, keyDatabaseUrl, secretKeyFile } = parseSettings(readEnvironment(projectFolder), projectFolder);
  return openStore({ databaseUrl, keyDatabaseUrl, secretKeyFile, now: systemClock });
}

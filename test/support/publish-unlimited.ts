// Publishes the project's content without its daily ceilings as the first release of a place: what is measured is a hotline
// that answers everybody, not one that has fallen silent for the day. Called before a service of a benchmark or a trial starts.
import { projectFolder } from '../../src/app.ts';
import { folderSource, type FileSource } from '../../src/content/file-source.ts';
import { loadFiles } from '../../src/content/load-files.ts';
import { openReleases } from '../../src/runtime/releases.ts';
import { parseSettings } from '../../src/runtime/settings.ts';
import { openStore } from '../../src/store/store.ts';

const SETTINGS = 'flows/settings/hotline.yaml';
const CEILINGS = /channel_daily_segments: .*/;

/** Does nothing where there is a release already. */
export async function publishUnlimited(place: Record<string, string>): Promise<void> {
  const { databaseUrl, keyDatabaseUrl, secretKeyFile } = parseSettings(place, projectFolder);
  const store = await openStore({ databaseUrl, keyDatabaseUrl, secretKeyFile, now: Date.now });
  await openReleases(store, () => loadFiles(unlimited(folderSource(projectFolder))), Date.now());
  await store.close();
}

function unlimited(files: FileSource): FileSource {
  return {
    list: () => files.list(),
    async read(path) {
      const bytes = await files.read(path);
      if (path !== SETTINGS) return bytes;
      const text = Buffer.from(bytes).toString();
      if (!CEILINGS.test(text)) throw new Error(`${SETTINGS} has no ceilings to take away.`);
      return Buffer.from(text.replace(CEILINGS, 'channel_daily_segments: {}'));
    },
  };
}

// Tells when content files change, for `npm run dev`. Several changes within a moment (an editor's save) count as one.
import { existsSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { CONTENT_FOLDERS } from './file-source.ts';

const QUIET_MS = 150;

/**
 * Calls back after flows/ or locales/ below `root` changed and have been quiet for a moment.
 * @returns a function that stops watching
 */
export function watchFiles(root: string, onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
    timer.unref();
  };
  const watchers: FSWatcher[] = CONTENT_FOLDERS.filter((folder) => existsSync(join(root, folder))).map((folder) =>
    watch(join(root, folder), { recursive: true }, changed),
  );
  for (const watcher of watchers) watcher.on('error', changed);
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

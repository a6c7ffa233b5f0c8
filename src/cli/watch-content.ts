// `npm run dev`: takes flows and texts in on save. What does not pass the checks is printed, and the good release stays.
import type { App } from '../app.ts';
import { hashTexts } from '../content/release-archive.ts';
import { watchFiles } from '../content/watch-files.ts';
import { compileOrReport } from './compile-or-report.ts';

/** Watches the folder until the returned function is called. */
export function watchContent(folder: string, app: App): () => void {
  const { releases, clock } = app.service.services;
  const takeIn = async (): Promise<void> => {
    const compiled = await compileOrReport(folder);
    if (!compiled || hashTexts(compiled.source.texts) === releases.currentHash()) return;
    console.log(`Release ${await releases.publish(compiled.source, clock())} taken in.`);
  };
  return watchFiles(folder, () => {
    takeIn().catch((error: unknown) => console.error(error instanceof Error ? error.message : 'The files could not be taken in.'));
  });
}

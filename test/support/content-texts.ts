// The project's own content as raw files, flows/, locales/ and the transcripts under test/flows/. Used by tests of entries.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Path below the content root → raw text. */
export function contentTexts(): Record<string, string> {
  const found = ['flows', 'locales', 'test/flows'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return Object.fromEntries(found.map((file) => [path.relative(root, file).split(path.sep).join('/'), readFileSync(file, 'utf8')]));
}

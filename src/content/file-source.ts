// Where content files come from: a folder on disk or a map in memory (an archived release, a test). Used by load-files.ts.
// Reads flows/, locales/ and test/flows/ only; follows no links and skips hidden files.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';

/** The folders that hold content. */
export const CONTENT_FOLDERS = ['flows', 'locales', 'test/flows'] as const;

/** A hotline may have no transcripts; it cannot be without the others. */
const OPTIONAL = 'test/flows';

/** A set of files with `/`-separated paths below the content root. */
export interface FileSource {
  /** All files, sorted by path, with their size in bytes. */
  list(): Promise<{ path: string; bytes: number }[]>;
  /** Bytes, or a text that was decoded before. */
  read(path: string): Promise<Uint8Array | string>;
}

/**
 * The content files of a folder.
 * @throws content.invalid when the folder has no flows/ or cannot be read
 */
export function folderSource(root: string): FileSource {
  return {
    async list() {
      const files: { path: string; bytes: number }[] = [];
      for (const folder of CONTENT_FOLDERS) files.push(...(await listFolder(root, folder)));
      return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    },
    read: (path) => readFile(join(root, path)),
  };
}

/** Files held in memory, path → text. */
export function memorySource(files: Record<string, string | Uint8Array>): FileSource {
  return {
    list: () =>
      Promise.resolve(
        Object.keys(files)
          .toSorted()
          .map((path) => ({ path, bytes: Buffer.byteLength(files[path] ?? '') })),
      ),
    read: (path) => Promise.resolve(files[path] ?? ''),
  };
}

async function listFolder(root: string, folder: string): Promise<{ path: string; bytes: number }[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
    return await Promise.all(
      files.map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const relative = path.slice(join(root, '/').length).replaceAll('\\', '/');
        return { path: relative, bytes: (await stat(path)).size };
      }),
    );
  } catch (cause) {
    if (folder === OPTIONAL) return [];
    throw new AppError('content.invalid', `The content folder "${folder}" cannot be read; it belongs beside package.json.`, { cause });
  }
}

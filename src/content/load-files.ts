// Reads the files of a release, from a folder or an archive, and sorts them into a ReleaseSource with positions.
// Called at start, by `check` and `import`, in the workshop and when a release is published or taken up. A file that cannot be read becomes
// a problem, never an exception, unless it is said to be known;
// what the files mean is release/compile.ts's business.
import { createPace } from '../util/pace.ts';
import { errorAt, warningAt } from '../release/problem.ts';
import type { Problem } from '../release/problem.ts';
import type { ReleaseSource, SourceFile } from '../release/source.ts';
import { FileMemory } from './file-memory.ts';
import { folderSource } from './file-source.ts';
import type { FileSource } from './file-source.ts';

/** A content file may be this long; texts of a whole language fit many times. */
export const MAX_FILE_BYTES = 1_000_000;

const IGNORED = /(^flows\/schema\.json$|\.md$)/;

export interface LoadOptions {
  number?: number;
  /** The very same files were read before. */
  known?: boolean;
  /** What was read last; it is kept up to date. */
  memory?: FileMemory;
  /** Nobody else is to be served meanwhile: a transaction is open. */
  atOnce?: boolean;
}

/**
 * The release that stands in a folder (the one that holds flows/ and locales/) or in another source of files.
 * @throws content.invalid when the folder cannot be read at all
 */
export async function loadFiles(from: string | FileSource, options: LoadOptions = {}): Promise<ReleaseSource> {
  const { known = false, memory = new FileMemory() } = options;
  const source = emptySource(options.number ?? 1);
  // A service reads the files of a new release while people write to it.
  const pace = options.atOnce ? null : createPace();
  for await (const { path, text, put } of readFiles(from, source)) {
    await pace?.();
    // Transcripts are played, not compiled: their form is looked at when they are.
    if (path.startsWith('test/')) continue;
    const parsed = memory.parse(path, text, known);
    if ('file' in parsed) put(parsed.file);
    else source.problems.push(...parsed.problems);
  }
  memory.keepOnly(new Set(Object.keys(source.texts)));
  noteMissing(source);
  return source;
}

/**
 * The texts of a release's files alone, by path: what they are compared by.
 * @throws content.invalid when the folder cannot be read at all
 */
export async function readTexts(folder: string): Promise<Readonly<Record<string, string>>> {
  const source = emptySource(1);
  for await (const _ of readFiles(folder, source));
  return source.texts;
}

interface ReadFile {
  path: string;
  text: string;
  put: (file: SourceFile) => void;
}

/** Each file that belongs to a release; its text goes into the source, and so does what is wrong with the others. */
async function* readFiles(from: string | FileSource, source: ReleaseSource): AsyncGenerator<ReadFile> {
  const files = typeof from === 'string' ? folderSource(from) : from;
  for (const { path, bytes } of await files.list()) {
    if (IGNORED.test(path)) continue;
    const put = placeOf(path, source);
    if (typeof put === 'string') {
      source.problems.push(warningAt(startOf(path), 'file.ignored', put));
      continue;
    }
    if (bytes > MAX_FILE_BYTES) {
      source.problems.push(errorAt(startOf(path), 'file.too_large', 'This file is over 1 MB; split it or shorten it.'));
      continue;
    }
    const text = decode(await files.read(path));
    if (text === null) {
      source.problems.push(errorAt(startOf(path), 'file.encoding', 'This file is not UTF-8 text; save it again with the encoding UTF-8.'));
      continue;
    }
    source.texts[path] = text;
    yield { path, text, put };
  }
}

function emptySource(number: number): ReleaseSource {
  return {
    number,
    texts: {},
    flows: [],
    answers: [],
    places: [],
    hotline: null,
    topics: null,
    localities: null,
    languages: null,
    glossary: null,
    locales: [],
    reviews: [],
    vocabularies: [],
    dangers: [],
    problems: [],
  };
}

/** Where a file belongs in the source, or why it belongs nowhere. */
function placeOf(path: string, source: ReleaseSource): ((file: SourceFile) => void) | string {
  const parts = path.split('/');
  const [top, second, third] = parts;
  const name = parts.at(-1) ?? '';
  if (top === 'flows') {
    if (!name.endsWith('.yaml')) return 'This file is ignored: content under flows/ is in files that end in .yaml.';
    const stem = name.slice(0, -'.yaml'.length);
    if (parts.length === 2) return (file) => source.flows.push({ id: stem, file });
    if (parts.length === 3 && second === 'answers') return (file) => source.answers.push(file);
    if (parts.length === 3 && second === 'directory') return (file) => source.places.push(file);
    if (parts.length === 3 && second === 'settings' && (stem === 'hotline' || stem === 'topics' || stem === 'localities')) {
      return (file) => (source[stem] = file);
    }
    return 'This file is ignored: flows/ holds flows, answers/, directory/ and settings/ (hotline, topics, localities).';
  }
  if (top === 'test') {
    if (parts.length === 3 && second === 'flows' && name.endsWith('.yaml')) return () => undefined;
    return 'This file is ignored: transcripts are in test/flows/<name>.yaml.';
  }
  if (path === 'locales/languages.yaml') return (file) => (source.languages = file);
  if (path === 'locales/glossary.yaml') return (file) => (source.glossary = file);
  if (parts.length !== 3 || second === undefined || third === undefined || !third.endsWith('.json')) {
    return 'This file is ignored: texts are in locales/<language>/<name>.json.';
  }
  const namespace = third.slice(0, -'.json'.length);
  if (namespace === 'review') return (file) => source.reviews.push({ language: second, file });
  if (namespace === 'danger') return (file) => source.dangers.push({ language: second, file });
  if (namespace === 'language') return (file) => source.vocabularies.push({ language: second, file });
  return (file) => source.locales.push({ language: second, namespace, file });
}

function noteMissing(source: ReleaseSource): void {
  const needed = {
    hotline: 'flows/settings/hotline.yaml',
    topics: 'flows/settings/topics.yaml',
    localities: 'flows/settings/localities.yaml',
    languages: 'locales/languages.yaml',
  } as const;
  const unread = new Set(source.problems.map((problem: Problem) => problem.file));
  for (const [name, path] of Object.entries(needed) as [keyof typeof needed, string][]) {
    if (source[name] === null && !unread.has(path)) {
      source.problems.push(errorAt(startOf(path), 'file.missing', 'This file is missing; a release cannot do without it.'));
    }
  }
}

function startOf(file: string): { file: string; line: number; column: number } {
  return { file, line: 1, column: 1 };
}

/** A text that is decoded already may still begin with a byte order mark. */
function decode(content: Uint8Array | string): string | null {
  if (typeof content === 'string') return content.replace(/^\uFEFF/, '');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

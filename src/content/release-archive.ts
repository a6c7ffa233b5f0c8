// A release as one string for the store: the very files it was made of, in a fixed order, and a hash of them.
// Reading an archive goes through the same loader as reading a folder, so that release 1 stays the same release for ever.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { constants, createGzip, gunzip } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { ReleaseSource } from '../release/source.ts';
import { memorySource } from './file-source.ts';
import { loadFiles, type LoadOptions } from './load-files.ts';

const Archive = z.strictObject({ number: z.int().positive(), files: z.record(z.string(), z.string()) });
/** Before the compressed form, in base64; an archive without it is the plain JSON of earlier stores. */
const PACKED = 'gzip:';
const gunzipAsync = promisify(gunzip);

/** The archive of a release and the SHA-256 of its files (hex); equal files give equal hashes. Others are served meanwhile. */
export async function writeArchive({ number, texts }: ReleaseSource): Promise<{ archive: string; hash: string }> {
  const hash = createHash('sha256');
  function* json(): Generator<string> {
    yield `{"number":${number},"files":`;
    for (const part of partsOf(texts)) {
      hash.update(part);
      yield part;
    }
    yield '}';
  }
  const packed = await buffer(Readable.from(json()).pipe(createGzip({ level: constants.Z_BEST_SPEED })));
  return { archive: PACKED + packed.toString('base64'), hash: hash.digest('hex') };
}

/**
 * The source that an archive was written from.
 * @throws content.invalid when the string is no archive
 */
export async function readArchive(archive: string, options: Pick<LoadOptions, 'memory' | 'atOnce'> = {}): Promise<ReleaseSource> {
  const { number, files } = await parseArchive(archive);
  return loadFiles(memorySource(files), { ...options, number, known: true });
}

/** Hash of a release's files without its number: tells whether files on disk differ from a stored release. */
export function hashTexts(texts: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const part of partsOf(texts)) hash.update(part);
  return hash.digest('hex');
}

/**
 * Number and files of an archive.
 * @throws content.invalid when the string is no archive
 */
export async function parseArchive(archive: string): Promise<z.infer<typeof Archive>> {
  try {
    const json = archive.startsWith(PACKED) ? await gunzipAsync(Buffer.from(archive.slice(PACKED.length), 'base64')) : archive;
    return Archive.parse(JSON.parse(json.toString()));
  } catch (cause) {
    throw new AppError('content.invalid', 'A stored release cannot be read: its archive is damaged.', { cause });
  }
}

/** The files as one JSON object, in the order of their paths, a file a part. */
function* partsOf(texts: Readonly<Record<string, string>>): Generator<string> {
  let before = '{';
  for (const [path, text] of Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    yield `${before}${JSON.stringify(path)}:${JSON.stringify(text)}`;
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

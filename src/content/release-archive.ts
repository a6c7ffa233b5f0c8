// A release as one string for the store: the very files it was made of, in a fixed order, and a hash of them.
// Reading an archive goes through the same loader as reading a folder, so that release 1 stays the same release for ever.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { ReleaseSource } from '../release/source.ts';
import { memorySource } from './file-source.ts';
import { loadFiles } from './load-files.ts';

const Archive = z.strictObject({ number: z.int().positive(), files: z.record(z.string(), z.string()) });

/** The archive of a release and the SHA-256 of its files (hex); equal files give equal strings and hashes. */
export function writeArchive(source: ReleaseSource): { archive: string; hash: string } {
  const files = sortKeys(source.texts);
  return { archive: JSON.stringify({ number: source.number, files }), hash: hashFiles(files) };
}

/**
 * The source that an archive was written from.
 * @throws content.invalid when the string is no archive
 */
export async function readArchive(archive: string): Promise<ReleaseSource> {
  const { number, files } = parseArchive(archive);
  return loadFiles(memorySource(files), { number, known: true });
}

/** Hash of a source's files without its number: tells whether files on disk differ from a stored release. */
export function hashSource(source: ReleaseSource): string {
  return hashFiles(sortKeys(source.texts));
}

/**
 * Number and files of an archive.
 * @throws content.invalid when the string is no archive
 */
export function parseArchive(archive: string): z.infer<typeof Archive> {
  try {
    return Archive.parse(JSON.parse(archive));
  } catch (cause) {
    throw new AppError('content.invalid', 'A stored release cannot be read: its archive is damaged.', { cause });
  }
}

function hashFiles(files: Record<string, string>): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
}

function sortKeys(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

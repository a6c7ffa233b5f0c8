// What stands in a backup: a header that anybody may read, then rows as JSON lines, packed and encrypted (see container.ts).
// `ventanilla-backup 1`, the header as one line of JSON, chunks. The same for both databases: either can take the other's.
import { randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { badBackup, decryptChunks, encryptChunks, fileKey } from './container.ts';
import type { Row } from './snapshot.ts';

const FIRST_LINE = 'ventanilla-backup 1\n';
const MAX_HEAD_BYTES = 64 * 1024;

const Header = z.object({
  /** Version of the program that wrote it. */
  program: z.string(),
  createdAt: z.number(),
  /** Id of the key store that its records were sealed with. */
  keyStore: z.string().min(1),
  /** Version of the secret that this file is encrypted under. */
  keyVersion: z.int().positive(),
  /** Migrations of the database that it is of. */
  migrations: z.array(z.string()).min(1),
  salt: z.base64(),
});

/** What can be known of a backup without a key. */
export type BackupHeader = z.infer<typeof Header>;

/** A line of a backup: a table begins, a row of it, or the end with the number of rows of each table. */
const Line = z.union([
  z.array(z.unknown()),
  z.object({ table: z.string(), columns: z.array(z.string()) }),
  z.object({ end: z.record(z.string(), z.int()) }),
]);
export type BackupLine = { table: string; columns: string[] } | { end: Record<string, number> } | unknown[];

/** Key material for backups, by version of the secret. */
export type KeyOf = (version: number) => Uint8Array;

/** The bytes of a backup file. */
export async function* writeArchive(
  header: Omit<BackupHeader, 'salt'>,
  keyOf: KeyOf,
  lines: AsyncIterable<string>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(32);
  const head = Buffer.from(`${FIRST_LINE}${JSON.stringify({ ...header, salt: salt.toString('base64') })}\n`);
  yield head;
  const text = Readable.from(lines);
  const packed = createGzip({ level: 1 });
  text.on('error', (error) => packed.destroy(error));
  yield* encryptChunks(text.pipe(packed), fileKey(keyOf(header.keyVersion), salt, head));
}

/** An open backup file. */
export interface Archive {
  header: BackupHeader;
  /** Its lines, from the beginning each time. */
  lines(keyOf: KeyOf): AsyncGenerator<BackupLine>;
  close(): Promise<void>;
}

/**
 * Opens a backup and reads its header.
 * @throws AppError cli.usage when there is no such file, store.bad_backup when it is no backup of Ventanilla.
 */
export async function openArchive(place: string): Promise<Archive> {
  const file = await open(place, 'r').catch((error: unknown) => {
    throw new AppError('cli.usage', 'The file to restore does not exist or cannot be read. Check its name.', { cause: error });
  });
  try {
    const { header, head } = await readHead(file);
    return {
      header,
      async *lines(keyOf) {
        const key = fileKey(keyOf(header.keyVersion), Buffer.from(header.salt, 'base64'), head);
        const chunks = Readable.from(decryptChunks(file, head.length, key));
        const text = createGunzip();
        chunks.on('error', (error) => text.destroy(error));
        yield* readLines(chunks.pipe(text).setEncoding('utf8'));
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A row as a line; blobs as `{"b":"<base64>"}`. */
export function writeRow(row: Row, columns: string[]): string {
  return JSON.stringify(
    columns.map((column) => {
      const value = row[column];
      if (value === null || typeof value === 'string' || typeof value === 'number') return value;
      if (value instanceof Uint8Array) return { b: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
      throw new AppError('store.unavailable', `The column ${column} holds a value that backups do not know. Report it.`);
    }),
  );
}

/** A line's values as a row. */
export function readRow(values: unknown[], columns: string[]): Row {
  if (values.length !== columns.length) throw badBackup();
  return Object.fromEntries(
    columns.map((column, index) => {
      const value = values[index];
      const blob = typeof value === 'object' && value !== null && 'b' in value ? Buffer.from(String(value.b), 'base64') : null;
      return [column, blob ?? value];
    }),
  );
}

async function readHead(file: FileHandle): Promise<{ header: BackupHeader; head: Buffer }> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_HEAD_BYTES), 0, MAX_HEAD_BYTES, 0);
  const start = buffer.subarray(0, bytesRead);
  const first = start.subarray(0, FIRST_LINE.length).toString('latin1');
  if (first !== FIRST_LINE) {
    throw new AppError(
      'store.bad_backup',
      first.startsWith('ventanilla-backup ')
        ? 'This backup was made by a newer version of Ventanilla. Restore it with that version.'
        : 'This file is no backup of Ventanilla. Name a file that `ventanilla backup` wrote.',
    );
  }
  const end = start.indexOf('\n', FIRST_LINE.length) + 1;
  const parsed = Header.safeParse(parseLine(start.subarray(FIRST_LINE.length, end).toString('utf8')));
  if (end === 0 || !parsed.success) throw badBackup();
  return { header: parsed.data, head: Buffer.from(start.subarray(0, end)) };
}

async function* readLines(text: AsyncIterable<string>): AsyncGenerator<BackupLine> {
  let rest = '';
  try {
    for await (const part of text) {
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield Line.parse(parseLine(line));
    }
  } catch (error) {
    // Whatever stands in the way of reading, the file is not what was written.
    throw error instanceof AppError ? error : badBackup(error);
  }
  if (rest !== '') throw badBackup();
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    throw badBackup(error);
  }
}

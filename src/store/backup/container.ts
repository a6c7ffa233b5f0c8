// The file of a backup: a plain header, then chunks of AES-256-GCM. Called by archive.ts; knows nothing of tables.
// Every chunk is bound to the header, to its number and to whether it is the last: a file that was cut, reordered, joined
// or changed is found out. The key is the file's own, so that a counter may serve as nonce.
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';

const CHUNK_BYTES = 64 * 1024;
const LENGTH_BYTES = 4;
const TAG_BYTES = 16;
const LAST = 0x8000_0000;

/** A key for one file, and what its chunks are bound to. */
export interface FileKey {
  bytes: Uint8Array;
  /** Hash of everything before the first chunk. */
  head: Buffer;
}

/**
 * The key of one file.
 * @param backupKey derived from the secret key for backups
 * @param salt random bytes of this file's header
 * @param head everything before the first chunk
 */
export function fileKey(backupKey: Uint8Array, salt: Buffer, head: Buffer): FileKey {
  return {
    bytes: new Uint8Array(hkdfSync('sha256', backupKey, salt, 'ventanilla backup file', 32)),
    head: createHash('sha256').update(head).digest(),
  };
}

/** Encrypts a stream, chunk by chunk. */
export async function* encryptChunks(plain: AsyncIterable<Buffer>, key: FileKey): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0);
  let counter = 0;
  for await (const part of plain) {
    waiting = Buffer.concat([waiting, part]);
    // The last chunk is the one that is held back: it alone is marked.
    while (waiting.length > CHUNK_BYTES) {
      yield encryptChunk(key, counter++, false, waiting.subarray(0, CHUNK_BYTES));
      waiting = waiting.subarray(CHUNK_BYTES);
    }
  }
  yield encryptChunk(key, counter, true, waiting);
}

/**
 * Decrypts the chunks of a file.
 * @param start where they begin
 * @throws AppError store.bad_backup when the file is not whole and unchanged
 */
export async function* decryptChunks(file: FileHandle, start: number, key: FileKey): AsyncGenerator<Buffer> {
  let position = start;
  for (let counter = 0; ; counter++) {
    const length = (await readExactly(file, position, LENGTH_BYTES)).readUInt32BE();
    const last = length >= LAST;
    const size = last ? length - LAST : length;
    if (size > CHUNK_BYTES) throw badBackup();
    const sealed = await readExactly(file, position + LENGTH_BYTES, size + TAG_BYTES);
    yield decryptChunk(key, counter, last, sealed);
    position += LENGTH_BYTES + sealed.length;
    if (!last) continue;
    if ((await file.stat()).size !== position) throw badBackup();
    return;
  }
}

/** The one fault of a file that is not what was written. */
export function badBackup(cause?: unknown): AppError {
  return new AppError(
    'store.bad_backup',
    'The backup is damaged, incomplete, or was not made with this secret key. Nothing was changed. Use another backup, or the secret key file of its day.',
    { cause },
  );
}

function encryptChunk(key: FileKey, counter: number, last: boolean, plain: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(last ? plain.length + LAST : plain.length);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonceOf(counter, last)).setAAD(key.head);
  return Buffer.concat([length, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decryptChunk(key: FileKey, counter: number, last: boolean, sealed: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, nonceOf(counter, last))
      .setAAD(key.head)
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw badBackup(error);
  }
}

function nonceOf(counter: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(last ? 1 : 0);
  nonce.writeBigUInt64BE(BigInt(counter), 4);
  return nonce;
}

async function readExactly(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, position);
  if (bytesRead !== bytes) throw badBackup();
  return buffer;
}

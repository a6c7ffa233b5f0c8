// A sealed record: version, key id, nonce, ciphertext, tag. AES-256-GCM; the additional data is table, row and column,
// so that a record cannot be moved to another place. Used by the vault only.
//
// 2026-11-21: texts are filled up to whole blocks before they are sealed (version 2). The length of a record would tell a
// thief which of our published answers somebody got, and how long a number is.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { AppError } from '../domain/errors.ts';
import { randomPart } from '../util/random-part.ts';

/** Where a sealed record stands. */
export interface Place {
  table: string;
  row: string;
  column: string;
}

/** An unwrapped data key. */
export interface DataKey {
  id: string;
  bytes: Buffer;
}

export const KEY_ID_BYTES = 12;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const RECORD_VERSION = 2;
/** Records without filling, as they stand in older databases and backups. */
const UNFILLED_VERSION = 1;
/** Texts are filled up to a multiple of this. */
const BLOCK_BYTES = 128;
/** Ends the text; zeros follow. @see ISO/IEC 7816-4 */
const END_OF_TEXT = 0x80;
const HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

/** Id of the key that sealed a record. */
export function keyIdOf(record: Uint8Array): string {
  return Buffer.from(record.buffer, record.byteOffset + 1, KEY_ID_BYTES).toString('base64url');
}

/** Seals a text for one place. */
export function encrypt(key: DataKey, place: Place, text: string): Buffer {
  const nonce = randomPart(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(context(place, RECORD_VERSION));
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head[0] = RECORD_VERSION;
  head.write(key.id, 1, KEY_ID_BYTES, 'base64url');
  nonce.copy(head, 1 + KEY_ID_BYTES);
  return Buffer.concat([head, cipher.update(fill(text)), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens a record.
 * @throws AppError store.tampered when it is not what was sealed with this key for this place.
 */
export function decrypt(key: Buffer, place: Place, record: Uint8Array): string {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  try {
    const version = bytes[0];
    if ((version !== RECORD_VERSION && version !== UNFILLED_VERSION) || bytes.length < HEAD_BYTES + TAG_BYTES)
      throw new Error('not a record');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1 + KEY_ID_BYTES, HEAD_BYTES))
      .setAAD(context(place, version))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const filled = Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]);
    return filled.toString('utf8', 0, version === RECORD_VERSION ? filled.lastIndexOf(END_OF_TEXT) : filled.length);
  } catch (error) {
    throw new AppError('store.tampered', `A record in ${place.table} is not what was sealed there.`, { cause: error });
  }
}

function fill(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const filled = Buffer.alloc(Math.ceil((length + 1) / BLOCK_BYTES) * BLOCK_BYTES);
  filled.write(text);
  filled[length] = END_OF_TEXT;
  return filled;
}

/** The version is part of it: nobody can turn one into the other. */
function context(place: Place, version: number): Buffer {
  return Buffer.from(`${version === UNFILLED_VERSION ? '' : `${version}|`}${place.table}|${place.row}|${place.column}`);
}

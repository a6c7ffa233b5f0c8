// A sealed record: version, key id, nonce, ciphertext, tag. AES-256-GCM; the additional data is table, row and column,
// so that a record cannot be moved to another place. Used by the vault only.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { AppError } from '../domain/errors.ts';
import { randomPart } from './random-part.ts';

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
const RECORD_VERSION = 1;
const HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

/** Id of the key that sealed a record. */
export function keyIdOf(record: Uint8Array): string {
  return Buffer.from(record.buffer, record.byteOffset + 1, KEY_ID_BYTES).toString('base64url');
}

/** Seals a text for one place. */
export function encrypt(key: DataKey, place: Place, text: string): Buffer {
  const nonce = randomPart(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(context(place));
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head[0] = RECORD_VERSION;
  head.write(key.id, 1, KEY_ID_BYTES, 'base64url');
  nonce.copy(head, 1 + KEY_ID_BYTES);
  return Buffer.concat([head, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Opens a record.
 * @throws AppError store.tampered when it is not what was sealed with this key for this place.
 */
export function decrypt(key: Buffer, place: Place, record: Uint8Array): string {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  try {
    if (bytes[0] !== RECORD_VERSION || bytes.length < HEAD_BYTES + TAG_BYTES) throw new Error('not a record');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1 + KEY_ID_BYTES, HEAD_BYTES))
      .setAAD(context(place))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return decipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw new AppError('store.tampered', `A record in ${place.table} is not what was sealed there.`, { cause: error });
  }
}

function context(place: Place): Buffer {
  return Buffer.from(`${place.table}|${place.row}|${place.column}`);
}

// Identifiers made of names, so that the same directory goes out with the same identifiers every time.
// Called by place-record.ts.
import { createHash } from 'node:crypto';

/** The namespace of all our identifiers: any fixed UUID will do, but it must never change. */
const NAMESPACE = Buffer.from('6f0c6d6a1f5b4c6a9d0e5b7a2f3c8d41', 'hex');

/**
 * A UUID of version 5 for a kind of record and its name; the kind keeps a phone and a place of one name apart.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
export function idOf(kind: string, name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(`${kind}:${name}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

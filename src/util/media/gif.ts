// GIF without what it tells of people: comments, texts and application blocks go, but for the one that says how often it repeats.
// Called by clean-media.ts; pure. @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt
import { bytesOf, join, latin1 } from './reader.ts';

const HEAD_BYTES = 13;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const CONTROL = 0xf9;
const APPLICATION = 0xff;

/** The picture alone; null when it is no whole GIF. */
export function cleanGif(bytes: Uint8Array): Uint8Array | null {
  if (!/^GIF8[79]a$/.test(latin1(bytes, 0, 6)) || bytes.length < HEAD_BYTES) return null;
  let at = HEAD_BYTES + tableBytes(bytes[10] ?? 0);
  const kept = [bytes.subarray(0, at)];
  for (;;) {
    const kind = bytes[at];
    if (kind === TRAILER) return join([...kept, Uint8Array.of(TRAILER)]);
    const from = at;
    const data = kind === IMAGE ? startOfImage(bytes, at) : kind === EXTENSION ? at + 2 : Number.POSITIVE_INFINITY;
    const end = endOfBlocks(bytes, data);
    if (end === null) return null;
    at = end;
    if (kind === IMAGE || bytes[from + 1] === CONTROL) kept.push(bytes.subarray(from, end));
    else if (bytes[from + 1] === APPLICATION) kept.push(...repetition(bytes.subarray(from, end)));
  }
}

/** Bytes of the colour table that a packed field announces. */
function tableBytes(packed: number): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

/** Where the blocks of an image begin: after its head, its colours and the size of its codes. */
function startOfImage(bytes: Uint8Array, at: number): number {
  return at + 10 + tableBytes(bytes[at + 9] ?? 0) + 1;
}

/** Where a row of blocks ends, its empty last block included; null when it does not. */
function endOfBlocks(bytes: Uint8Array, from: number): number | null {
  for (let at = from; at < bytes.length;) {
    const size = bytes[at] ?? 0;
    at += 1 + size;
    if (size === 0) return at;
  }
  return null;
}

/** How often an animation repeats, and nothing else that an application has left. */
function repetition(extension: Uint8Array): Uint8Array[] {
  const name = latin1(extension, 3, 11);
  if (extension[2] !== 11 || (name !== 'NETSCAPE2.0' && name !== 'ANIMEXTS1.0')) return [];
  if (extension[14] !== 3 || extension[15] !== 1 || extension.length < 19) return [];
  return [Uint8Array.of(EXTENSION, APPLICATION, 11, ...bytesOf(name), 3, 1, extension[16] ?? 0, extension[17] ?? 0, 0)];
}

// Ogg with Opus or Vorbis, without what it tells of people: the comment header becomes an empty one, and only one stream of sound stays.
// Called by clean-media.ts; pure. @see RFC 3533 (pages), RFC 7845 (Opus), https://xiph.org/vorbis/doc/Vorbis_I_spec.html
import { bytesOf, join, latin1, viewOf } from './reader.ts';

interface Page {
  bytes: Uint8Array;
  flags: number;
  serial: number;
  lacing: Uint8Array;
  data: Uint8Array;
}

const HEAD_BYTES = 27;
const FIRST = 0x02;
const LAST = 0x04;
/** The comment header as it may be: nobody named, nothing said. And how many headers follow the first in all. */
const KINDS = [
  { head: 'OpusHead', comment: 'OpusTags', empty: bytesOf('OpusTags\0\0\0\0\0\0\0\0'), headers: 1 },
  { head: '\x01vorbis', comment: '\x03vorbis', empty: bytesOf('\x03vorbis\0\0\0\0\0\0\0\0\x01'), headers: 2 },
] as const;

/** The sound alone; null when it is no Opus or Vorbis in Ogg. */
export function cleanOgg(bytes: Uint8Array): Uint8Array | null {
  const all = readPages(bytes);
  const first = all[0];
  const kind = first && KINDS.find(({ head }) => latin1(first.data, 0, head.length) === head);
  if (!kind || (first.flags & FIRST) === 0) return null;
  // A stream that begins beside or after this one has comments of its own.
  const pages = all.filter((page) => page.serial === first.serial);
  if (pages.some((page, index) => index > 0 && (page.flags & FIRST) !== 0)) return null;
  const last = pages.findIndex((page) => (page.flags & LAST) !== 0);
  const own = last === -1 ? pages : pages.slice(0, last + 1);
  const headers = readPackets(own.slice(1), kind.headers);
  const [comment, ...others] = headers?.packets ?? [];
  if (!headers || !comment || latin1(comment, 0, kind.comment.length) !== kind.comment || comment.length < kind.empty.length) return null;
  const header = writePage([kind.empty, ...others], first.serial);
  if (header === null) return null;
  return join([first.bytes, header, ...own.slice(1 + headers.pages).map((page) => page.bytes)].map((page, index) => number(page, index)));
}

/** Pages that stand one after another from the beginning. */
function readPages(bytes: Uint8Array): Page[] {
  const view = viewOf(bytes);
  const pages: Page[] = [];
  for (let at = 0; at + HEAD_BYTES <= bytes.length && latin1(bytes, at, 4) === 'OggS';) {
    const start = at + HEAD_BYTES + (bytes[at + 26] ?? 0);
    const lacing = bytes.subarray(at + HEAD_BYTES, start);
    const end = start + lacing.reduce((sum, length) => sum + length, 0);
    if (end > bytes.length) break;
    const data = bytes.subarray(start, end);
    pages.push({ bytes: bytes.subarray(at, end), flags: bytes[at + 5] ?? 0, serial: view.getUint32(at + 14, true), lacing, data });
    at = end;
  }
  return pages;
}

/** The first packets of some pages, and how many pages they take; null when they do not end where a page ends. */
function readPackets(pages: Page[], count: number): { packets: Uint8Array[]; pages: number } | null {
  const packets: Uint8Array[] = [];
  let parts: Uint8Array[] = [];
  for (const [index, { lacing, data }] of pages.entries()) {
    let at = 0;
    for (const length of lacing) {
      if (packets.length === count) return null;
      parts.push(data.subarray(at, at + length));
      at += length;
      if (length === 255) continue;
      packets.push(join(parts));
      parts = [];
    }
    if (packets.length === count) return { packets, pages: index + 1 };
  }
  return null;
}

/** One page with these packets; null when they need more. Its number and checksum are still to be set. */
function writePage(packets: readonly Uint8Array[], serial: number): Uint8Array | null {
  const lacing = packets.flatMap(({ length }) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255]);
  if (lacing.length > 255) return null;
  const head = new Uint8Array(HEAD_BYTES);
  head.set(bytesOf('OggS'));
  viewOf(head).setUint32(14, serial, true);
  head[26] = lacing.length;
  return join([head, Uint8Array.from(lacing), ...packets]);
}

/** A copy of a page with another number, and the checksum that belongs to it. */
function number(page: Uint8Array, sequence: number): Uint8Array {
  const copy = new Uint8Array(page);
  const view = viewOf(copy);
  view.setUint32(18, sequence, true);
  view.setUint32(22, 0, true);
  let sum = 0;
  for (const byte of copy) sum = ((sum << 8) ^ (CHECKSUMS[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  view.setUint32(22, sum, true);
  return copy;
}

const CHECKSUMS = Uint32Array.from({ length: 256 }, (_, index) => {
  let sum = index << 24;
  for (let bit = 0; bit < 8; bit++) sum = sum & 0x8000_0000 ? (sum << 1) ^ 0x04c1_1db7 : sum << 1;
  return sum >>> 0;
});

// PNG without what it tells of people: only chunks that say how to show it stay; text, Exif, times and unknown chunks go.
// Called by clean-media.ts; pure. @see https://www.w3.org/TR/png-3/
import { join, latin1, viewOf } from './reader.ts';

const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const AROUND = 12;
const SHOWN = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'cICP',
  'mDCV',
  'cLLI',
  'sBIT',
  'bKGD',
  'hIST',
  'pHYs',
  'acTL',
  'fcTL',
  'fdAT',
]);

/** The picture alone; null when it is no whole PNG. */
export function cleanPng(bytes: Uint8Array): Uint8Array | null {
  if (latin1(bytes, 0, SIGNATURE_BYTES) !== '\x89PNG\r\n\x1A\n' || latin1(bytes, 12, 4) !== 'IHDR') return null;
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, SIGNATURE_BYTES)];
  for (let at = SIGNATURE_BYTES; at + AROUND <= bytes.length;) {
    const end = at + AROUND + view.getUint32(at);
    if (end > bytes.length) return null;
    const type = latin1(bytes, at + 4, 4);
    if (SHOWN.has(type)) kept.push(bytes.subarray(at, end));
    // What stands behind the picture is no part of it.
    if (type === 'IEND') return join(kept);
    at = end;
  }
  return null;
}

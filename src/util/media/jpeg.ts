// JPEG without what it tells of people: every application segment and comment goes, and whatever follows the picture.
// What stays is how to show it: which way is up, the colour profile, Adobe's colour transform. Called by clean-media.ts; pure.
// @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf B.1
import { bytesOf, join, latin1, viewOf } from './reader.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const EXIF = 'Exif\0\0';
const ICC = 'ICC_PROFILE\0';
/** Head of an Exif segment that holds one field; what follows is the orientation. */
const ONE_FIELD = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0];
const ORIENTATION = 0x0112;
/** Bytes of an Exif segment's body that holds one field and nothing else: a shorter one is not believed. */
const ONE_FIELD_BYTES = EXIF.length + 26;

/** The picture alone; null when it is no JPEG that can be shown. */
export function cleanJpeg(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null;
  const kept: Uint8Array[] = [];
  let orientation: number | null = null;
  let shown = false;
  for (let at = 2; ;) {
    const marker = nextMarker(bytes, at);
    // A picture that was cut off is shown as far as it goes.
    if (marker === null) break;
    const { code, body } = marker;
    if (code === EOI) {
      kept.push(Uint8Array.of(0xff, EOI));
      break;
    }
    const length = body + 2 <= bytes.length ? viewOf(bytes).getUint16(body) : 0;
    const end = body + length;
    if (length < 2 || end > bytes.length) break;
    const segment = bytes.subarray(body + 2, end);
    if (code === SOS) {
      shown = true;
      at = endOfScan(bytes, end);
      kept.push(Uint8Array.of(0xff, SOS), bytes.subarray(body, at));
      continue;
    }
    if (code === APP0 + 1) orientation ??= readOrientation(segment);
    const rest = keep(code, segment);
    if (rest) kept.push(Uint8Array.of(0xff, code, (rest.length + 2) >> 8, (rest.length + 2) & 0xff), rest);
    at = end;
  }
  return shown ? join([Uint8Array.of(0xff, SOI), ...(orientation === null ? [] : [writeOrientation(orientation)]), ...kept]) : null;
}

/** The next marker and where its body begins; null at the end, and where something else stands. */
function nextMarker(bytes: Uint8Array, from: number): { code: number; body: number } | null {
  if (bytes[from] !== 0xff) return null;
  let at = from;
  while (bytes[at] === 0xff) at += 1;
  const code = bytes[at];
  return code === undefined || code === 0 ? null : { code, body: at + 1 };
}

/** Where the picture's data ends: before the next marker that is not part of it. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    const isData = code === 0 || code === 0xff || (code !== undefined && code >= 0xd0 && code <= 0xd7);
    if (!isData && code !== undefined) return at;
  }
  return bytes.length;
}

/** What stays of a segment; null for nothing. */
function keep(code: number, segment: Uint8Array): Uint8Array | null {
  const isFrame = code >= 0xc0 && code <= 0xcf && code !== 0xc8;
  const isTable = code >= 0xdb && code <= 0xdf;
  if (isFrame || isTable) return segment;
  if (code === APP0 + 2 && latin1(segment, 0, ICC.length) === ICC) return segment;
  // Adobe's version and flags say which program wrote it; the last byte says how colours are meant.
  if (code === APP0 + 14 && segment.length >= 12 && latin1(segment, 0, 5) === 'Adobe')
    return Uint8Array.of(...bytesOf('Adobe'), 0, 100, 0, 0, 0, 0, segment[11] ?? 0);
  return null;
}

/** Which way is up, 2 to 8; null where it is not said or nothing is to be turned. */
function readOrientation(segment: Uint8Array): number | null {
  if (segment.length < ONE_FIELD_BYTES || latin1(segment, 0, EXIF.length) !== EXIF) return null;
  const view = viewOf(segment.subarray(EXIF.length));
  const little = view.getUint16(0) === 0x4949;
  const at = view.getUint32(4, little);
  if (at + 2 > view.byteLength) return null;
  const fields = view.getUint16(at, little);
  for (let field = at + 2; field < at + 2 + fields * 12 && field + 12 <= view.byteLength; field += 12) {
    if (view.getUint16(field, little) !== ORIENTATION) continue;
    const value = view.getUint16(field + 8, little);
    return value >= 2 && value <= 8 ? value : null;
  }
  return null;
}

function writeOrientation(value: number): Uint8Array {
  const body = [...bytesOf(EXIF), ...ONE_FIELD, value, 0, 0, 0, 0, 0, 0];
  return Uint8Array.of(0xff, APP0 + 1, 0, body.length + 2, ...body);
}

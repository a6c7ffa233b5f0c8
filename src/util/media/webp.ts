// WebP without what it tells of people: Exif, XMP and unknown chunks go, inside animation frames too. Called by clean-media.ts; pure.
// @see https://developers.google.com/speed/webp/docs/riff_container
import { join, latin1, viewOf } from './reader.ts';

const HEAD_BYTES = 12;
const SHOWN = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** In a frame of an animation; its own head is this long. */
const IN_FRAME = new Set(['VP8 ', 'VP8L', 'ALPH']);
const FRAME_HEAD_BYTES = 16;
/** Flags of VP8X that announce Exif and XMP. */
const METADATA_FLAGS = 0x0c;

/** The picture alone; null when it is no whole WebP. */
export function cleanWebp(bytes: Uint8Array): Uint8Array | null {
  if (latin1(bytes, 0, 4) !== 'RIFF' || latin1(bytes, 8, 4) !== 'WEBP') return null;
  const end = Math.min(bytes.length, viewOf(bytes).getUint32(4, true) + 8);
  const chunks = cleanChunks(bytes.subarray(HEAD_BYTES, end), SHOWN);
  if (chunks === null || chunks.length === 0) return null;
  const clean = join([bytes.subarray(0, HEAD_BYTES), ...chunks]);
  viewOf(clean).setUint32(4, clean.length - 8, true);
  return clean;
}

/** Those of some chunks that are shown, cleaned; null when they do not fit together. */
function cleanChunks(bytes: Uint8Array, shown: Set<string>): Uint8Array[] | null {
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size;
    if (end > bytes.length) return null;
    const type = latin1(bytes, at, 4);
    const chunk = shown.has(type) ? cleanChunk(type, bytes.subarray(at, end)) : [];
    if (chunk === null) return null;
    // A chunk of odd length is followed by an empty byte, which a cut file may lack.
    if (chunk.length > 0) kept.push(...chunk, ...(size % 2 === 1 && end < bytes.length ? [Uint8Array.of(0)] : []));
    at = end + (size % 2);
  }
  return kept;
}

function cleanChunk(type: string, chunk: Uint8Array): Uint8Array[] | null {
  if (type === 'VP8X' && chunk.length > 8) {
    const copy = new Uint8Array(chunk);
    copy[8] = (copy[8] ?? 0) & ~METADATA_FLAGS;
    return [copy];
  }
  if (type !== 'ANMF') return [chunk];
  if (chunk.length < 8 + FRAME_HEAD_BYTES) return null;
  const inner = cleanChunks(chunk.subarray(8 + FRAME_HEAD_BYTES), IN_FRAME);
  if (inner === null) return null;
  const frame = join([chunk.subarray(0, 8 + FRAME_HEAD_BYTES), ...inner]);
  viewOf(frame).setUint32(4, frame.length - 8, true);
  return frame.length % 2 === 1 && chunk.length % 2 === 0 ? [frame, Uint8Array.of(0)] : [frame];
}

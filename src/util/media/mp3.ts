// MP3 without what it tells of people: the frames of sound stay, one after another; tags before, between and after them go.
// Called by clean-media.ts; pure. @see http://www.mp3-tech.org/programmer/frame_header.html and https://id3.org
import { join, latin1 } from './reader.ts';

/** kbit/s by [MPEG 1 or not][layer 2 or 3][index]. */
const KBITS = {
  one: {
    2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  },
  two: {
    2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    3: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  },
} as const;
const HERTZ = [44_100, 48_000, 32_000] as const;
/** Bits of a head that are the same in all frames of a sound: version, layer, sample rate. */
const SAME = [0xff, 0xfe, 0x0c] as const;
const ID3_HEAD_BYTES = 10;

/** The sound alone; null when there is none. */
export function cleanMp3(bytes: Uint8Array): Uint8Array | null {
  const frames: Uint8Array[] = [];
  let like: Uint8Array | null = null;
  for (let at = 0; at < bytes.length;) {
    const tag = id3Bytes(bytes, at);
    const length = tag > 0 ? 0 : frameBytes(bytes, at, like);
    if (length > 0) {
      const frame = bytes.subarray(at, at + length);
      like ??= frame;
      frames.push(frame);
      at += length;
    } else at = tag > 0 ? at + tag : nextStart(bytes, at + 1);
  }
  return frames.length > 0 ? join(frames) : null;
}

/** Where a frame or a tag may begin next. */
function nextStart(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0xff && bytes[at] !== 0x49) at += 1;
  return at;
}

/** Bytes of an ID3 tag that stands here, its head included; 0 where there is none. */
function id3Bytes(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x49 || latin1(bytes, at, 3) !== 'ID3' || at + ID3_HEAD_BYTES > bytes.length) return 0;
  const size = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + ((bytes[at + index] ?? 0) & 0x7f), 0);
  return ID3_HEAD_BYTES + size + ((bytes[at + 5] ?? 0) & 0x10 ? ID3_HEAD_BYTES : 0);
}

/** Bytes of the frame that stands here; 0 where there is none, or nothing that can follow a frame stands behind it. */
function frameBytes(bytes: Uint8Array, at: number, like: Uint8Array | null): number {
  const length = lengthOf(bytes, at);
  const end = at + length;
  if (length === 0 || end > bytes.length || (like && !isLike(bytes, at, like))) return 0;
  const follows = end === bytes.length || ['ID3', 'TAG', 'APE', 'LYR'].includes(latin1(bytes, end, 3));
  return follows || (lengthOf(bytes, end) > 0 && isLike(bytes, end, bytes.subarray(at, end))) ? length : 0;
}

function isLike(bytes: Uint8Array, at: number, like: Uint8Array): boolean {
  return SAME.every((mask, index) => ((bytes[at + index] ?? 0) & mask) === ((like[index] ?? 0) & mask));
}

/** Length that a frame's head names; 0 for what is no head. */
function lengthOf(bytes: Uint8Array, at: number): number {
  const b0 = bytes[at];
  const b1 = bytes[at + 1] ?? 0;
  const b2 = bytes[at + 2] ?? 0;
  const version = (b1 >> 3) & 3;
  const layer = 4 - ((b1 >> 1) & 3);
  if (b0 !== 0xff || b1 < 0xe0 || version === 1 || (layer !== 2 && layer !== 3)) return 0;
  const one = version === 3;
  const kbits = KBITS[one ? 'one' : 'two'][layer][b2 >> 4] ?? 0;
  const hertz = (HERTZ[(b2 >> 2) & 3] ?? 0) / (one ? 1 : version === 2 ? 2 : 4);
  if (kbits === 0 || hertz === 0) return 0;
  const samples = layer === 3 && !one ? 72_000 : 144_000;
  return Math.floor((samples * kbits) / hertz) + ((b2 >> 1) & 1);
}

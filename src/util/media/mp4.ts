// MP4, M4A and 3GP without what they tell of people: boxes that do not say how to play it are emptied, times and names are zeroed,
// and of the data only what sound and picture are made of stays. Nothing moves, so that places in the file stay right.
// Called by clean-media.ts; pure. @see ISO/IEC 14496-12 and https://developer.apple.com/documentation/quicktime-file-format
import { boxesIn, type Box } from './mp4-boxes.ts';
import { samplesOf, type Range } from './mp4-samples.ts';
import { bytesOf, latin1 } from './reader.ts';

const FREE = bytesOf('free');
/** Boxes that hold boxes, and which of those stay. */
const INSIDE: Record<string, readonly string[]> = {
  '': ['ftyp', 'styp', 'moov', 'mdat', 'moof', 'sidx'],
  moov: ['mvhd', 'trak', 'mvex'],
  trak: ['tkhd', 'edts', 'mdia'],
  edts: ['elst'],
  mdia: ['mdhd', 'hdlr', 'minf'],
  minf: ['vmhd', 'smhd', 'hdlr', 'dinf', 'stbl'],
  stbl: ['stsd', 'stts', 'ctts', 'cslg', 'stsc', 'stsz', 'stco', 'co64', 'stss', 'stps', 'sgpd', 'sbgp', 'sdtp'],
  mvex: ['mehd', 'trex'],
  moof: ['mfhd', 'traf'],
  traf: ['tfhd', 'tfdt', 'trun', 'sgpd', 'sbgp', 'sdtp'],
};
/** Boxes that begin with when something was made and changed. */
const TIMED = new Set(['mvhd', 'tkhd', 'mdhd']);
/** A reference to data in the same file takes no more; one that names another file does. */
const SAME_FILE_BYTES = 36;
/** Where the name of a handler begins in its body, and its type. */
const HANDLER_NAME = 24;
const HANDLER_TYPE = 8;
/** Where the name of the encoder stands in the description of a picture, and how long it is. */
const ENCODER = { at: 50, length: 32 };

/** The sound or film alone; null when it is none that can be played. */
export function cleanMp4(bytes: Uint8Array): { bytes: Uint8Array; video: boolean } | null {
  const copy = new Uint8Array(bytes);
  const top = boxesIn(copy, 0, copy.length);
  if (top === null || top[0]?.type !== 'ftyp') return null;
  const cleaning: Cleaning = { bytes: copy, ranges: [], video: false, tracks: 0, dropped: 0, fragmented: false };
  if (!cleanInside(cleaning, '', top) || cleaning.tracks === 0) return null;
  // Where pieces of a film stand beside others is not said in one place: then nothing may stand there but sound and picture.
  if (cleaning.fragmented && cleaning.dropped > 0) return null;
  if (!cleaning.fragmented) for (const box of top) if (box.type === 'mdat') keepOnly(copy, box, cleaning.ranges);
  return { bytes: copy, video: cleaning.video };
}

interface Cleaning {
  bytes: Uint8Array;
  /** Where the samples of the tracks stand. */
  ranges: Range[];
  video: boolean;
  tracks: number;
  dropped: number;
  fragmented: boolean;
}

/** Cleans the boxes of one that holds them. False when they cannot be read. */
function cleanInside(cleaning: Cleaning, parent: string, boxes: Box[]): boolean {
  return boxes.every((box) => cleanBox(cleaning, parent, box));
}

function cleanBox(cleaning: Cleaning, parent: string, box: Box): boolean {
  const { bytes } = cleaning;
  if (!INSIDE[parent]?.includes(box.type)) empty(bytes, box);
  else if (box.type === 'trak') return cleanTrack(cleaning, box);
  else if (box.type in INSIDE) {
    if (box.type === 'moof') cleaning.fragmented = true;
    const boxes = boxesIn(bytes, box.body, box.end);
    return boxes !== null && cleanInside(cleaning, box.type, boxes);
  } else if (TIMED.has(box.type))
    bytes.fill(0, Math.min(box.body + 4, box.end), Math.min(box.body + (bytes[box.body] === 1 ? 20 : 12), box.end));
  else if (box.type === 'hdlr') bytes.fill(0, Math.min(box.body + HANDLER_NAME, box.end), box.end);
  else if (box.type === 'dinf') return box.end - box.start <= SAME_FILE_BYTES;
  return true;
}

/** A track of sound or picture stays; others (places, times, texts) go with their samples. */
function cleanTrack(cleaning: Cleaning, track: Box): boolean {
  const { bytes } = cleaning;
  const find = (box: Box | undefined, type: string): Box | undefined =>
    box && boxesIn(bytes, box.body, box.end)?.find((one) => one.type === type);
  const media = find(track, 'mdia');
  const handler = find(media, 'hdlr');
  const kind = handler && latin1(bytes, handler.body + HANDLER_TYPE, 4);
  if (kind !== 'soun' && kind !== 'vide') {
    empty(bytes, track);
    cleaning.dropped += 1;
    return true;
  }
  const table = find(find(media, 'minf'), 'stbl');
  const ranges = table && samplesOf(bytes, boxesIn(bytes, table.body, table.end) ?? []);
  const boxes = boxesIn(bytes, track.body, track.end);
  if (!table || !ranges || boxes === null) return false;
  if (kind === 'vide') eraseEncoder(bytes, find(table, 'stsd'));
  cleaning.ranges.push(...ranges);
  cleaning.tracks += 1;
  cleaning.video ||= kind === 'vide';
  return cleanInside(cleaning, 'trak', boxes);
}

function eraseEncoder(bytes: Uint8Array, descriptions: Box | undefined): void {
  if (!descriptions) return;
  for (const entry of boxesIn(bytes, Math.min(descriptions.body + 8, descriptions.end), descriptions.end) ?? []) {
    const from = entry.start + ENCODER.at;
    if (from + ENCODER.length <= entry.end) bytes.fill(0, from, from + ENCODER.length);
  }
}

/** Empties a box in its place. */
function empty(bytes: Uint8Array, box: Box): void {
  bytes.set(FREE, box.start + 4);
  bytes.fill(0, box.body, box.end);
}

/** Zeroes what no sample of a track uses. */
function keepOnly(bytes: Uint8Array, box: Box, ranges: readonly Range[]): void {
  let at = box.body;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start > at) bytes.fill(0, at, Math.min(start, box.end));
    at = Math.max(at, end);
    if (at >= box.end) return;
  }
  bytes.fill(0, at, box.end);
}

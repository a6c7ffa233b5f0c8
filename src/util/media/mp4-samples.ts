// Where the samples of one track of an MP4 stand in the file: its chunks, by their places and the sizes of their samples.
// Called by mp4.ts; pure. @see ISO/IEC 14496-12, 8.7
import type { Box } from './mp4-boxes.ts';
import { viewOf } from './reader.ts';

/** Bytes of a file from `start` until before `end`. */
export interface Range {
  start: number;
  end: number;
}

/** One range a chunk; null when the tables are not there or do not agree. */
export function samplesOf(bytes: Uint8Array, boxes: readonly Box[]): Range[] | null {
  const view = viewOf(bytes);
  const find = (type: string): Box | undefined => boxes.find((box) => box.type === type);
  const sizes = readSizes(view, find('stsz'));
  const runs = readTable(view, find('stsc'), 4, 12);
  const long = find('co64');
  const places = readTable(view, long ?? find('stco'), 4, long ? 8 : 4);
  if (!sizes || !runs || !places) return null;
  const ranges: Range[] = [];
  let sample = 0;
  let run = -1;
  for (let chunk = 0; chunk < places.count; chunk++) {
    while (run + 1 < runs.count && view.getUint32(runs.at(run + 1)) <= chunk + 1) run += 1;
    const count = run < 0 ? 0 : Math.min(view.getUint32(runs.at(run) + 4), sizes.count - sample);
    const start = long ? Number(view.getBigUint64(places.at(chunk))) : view.getUint32(places.at(chunk));
    const length = sizes.sum(sample, count);
    sample += count;
    ranges.push({ start, end: start + length });
  }
  return ranges;
}

interface Table {
  count: number;
  /** Where an entry stands. */
  at(index: number): number;
}

/** A table whose count stands after version and flags; null when it is longer than its box. */
function readTable(view: DataView, box: Box | undefined, head: number, width: number): Table | null {
  if (!box || box.body + head + 4 > box.end) return null;
  const count = view.getUint32(box.body + head);
  const first = box.body + head + 4;
  return first + count * width <= box.end ? { count, at: (index) => first + index * width } : null;
}

/** Sizes of samples: one for all, or one for each. */
function readSizes(view: DataView, box: Box | undefined): { count: number; sum(from: number, count: number): number } | null {
  if (!box || box.body + 12 > box.end) return null;
  const all = view.getUint32(box.body + 4);
  if (all > 0) return { count: view.getUint32(box.body + 8), sum: (_, count) => all * count };
  const table = readTable(view, box, 8, 4);
  if (!table) return null;
  const sum = (from: number, count: number): number => {
    let total = 0;
    for (let index = from; index < from + count; index++) total += view.getUint32(table.at(index));
    return total;
  };
  return { count: table.count, sum };
}

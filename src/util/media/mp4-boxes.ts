// The boxes that a file of ISO's format is made of, one after another and inside each other. Used by mp4.ts and mp4-samples.ts; pure.
// @see ISO/IEC 14496-12, 4.2
import { latin1, viewOf } from './reader.ts';

/** A box: where its body begins and ends. */
export interface Box {
  type: string;
  start: number;
  body: number;
  end: number;
}

/** Boxes one after another; null when they do not fill their place. */
export function boxesIn(bytes: Uint8Array, from: number, to: number): Box[] | null {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = from; at < to;) {
    if (at + 8 > to) return null;
    const size = view.getUint32(at);
    const long = size === 1;
    if (long && at + 16 > to) return null;
    const length = long ? Number(view.getBigUint64(at + 8)) : size === 0 ? to - at : size;
    const body = at + (long ? 16 : 8);
    if (!(at + length >= body) || at + length > to) return null;
    boxes.push({ type: latin1(bytes, at + 4, 4), start: at, body, end: at + length });
    at += length;
  }
  return boxes;
}

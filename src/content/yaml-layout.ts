// Where the parts of a block of YAML stand in its text: each key or list item with its lines, the comments directly above it, and what
// lies between. Called by edit-yaml.ts. Knows nothing of values.
import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';

/** Where one value stands: from behind its colon or dash to its last character. */
export interface Slot {
  from: number;
  to: number;
  /** Of the key or the dash, from 0. */
  column: number;
  behind: 'key' | 'dash';
  node: Node;
}

/** One key with its value, or one item of a list. */
export interface Part {
  slot: Slot;
  /** The key; empty for an item. */
  key: string;
  /** From the key or the dash to behind the last line break. */
  start: number;
  end: number;
  /** Lines of comment directly above. */
  lead: string;
  /** What lies between the part before and `lead`: empty lines, and comments that belong to neither. */
  gap: string;
}

export interface Layout {
  parts: Part[];
  column: number;
  /** True when the first part begins in the middle of a line, behind a dash. */
  inline: boolean;
  /** From the first part's gap to the last part's end. */
  from: number;
  to: number;
}

/**
 * The layout of a block mapping or list that is not empty; null where the text is of a rare form (`? key`, between brackets) that is
 * better replaced as a whole.
 * @param floor where the lines begin that may belong to the first part
 */
export function layoutOf(text: string, node: Node, floor: number): Layout | null {
  if ((!isMap(node) && !isSeq(node)) || node.flow === true || node.items.length === 0) return null;
  const places = isMap(node) ? pairPlaces(node) : itemPlaces(node);
  const first = places?.[0];
  if (places === null || first === undefined) return null;
  const lineStart = text.lastIndexOf('\n', first.start - 1) + 1;
  const column = first.start - lineStart;
  const inline = text.slice(lineStart, first.start).trim() !== '';
  const parts: Part[] = [];
  let above = inline ? first.start : floor;
  for (const [index, { key, start, from, value }] of places.entries()) {
    const to = contentEnd(text, value, from);
    const end = behindComments(text, lineEnd(text, to), column);
    const ownLine = inline && index === 0 ? start : text.lastIndexOf('\n', start - 1) + 1;
    parts.push({
      slot: { from, to, column, behind: isMap(node) ? 'key' : 'dash', node: value },
      key,
      start,
      end,
      ...splitAbove(text.slice(above, ownLine)),
    });
    above = end;
  }
  const top = parts[0];
  if (top !== undefined && floor === 0 && top.gap === '') Object.assign(top, { gap: top.lead, lead: '' });
  return { parts, column, inline, from: inline ? first.start : floor, to: above };
}

/** Behind the line break of the line that an offset is in. */
export function lineEnd(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}

interface PartPlace {
  key: string;
  start: number;
  from: number;
  value: Node;
}

function pairPlaces(map: YAMLMap): PartPlace[] | null {
  const places = map.items.map((pair) => {
    const colon = colonOf(pair);
    const { key, value } = pair as Pair<unknown, Node | null>;
    if (colon === null || !isScalar(key) || key.range == null || key.anchor !== undefined || value === null) return null;
    const name = key.value ?? '';
    if (typeof name !== 'string' && typeof name !== 'number' && typeof name !== 'boolean') return null;
    return { key: String(name), start: key.range[0], from: colon + 1, value };
  });
  return places.every((place) => place !== null) ? places : null;
}

function itemPlaces(seq: YAMLSeq): PartPlace[] | null {
  const dashes = dashesOf(seq);
  if (dashes.length !== seq.items.length) return null;
  return dashes.map((dash, index) => ({ key: '', start: dash, from: dash + 1, value: seq.items[index] as Node }));
}

function colonOf(pair: Pair): number | null {
  const token = pair.srcToken;
  if (token === undefined || ('explicitKey' in token && token.explicitKey === true)) return null;
  return token.sep?.find(({ type }) => type === 'map-value-ind')?.offset ?? null;
}

function dashesOf(seq: YAMLSeq): number[] {
  const token = seq.srcToken;
  if (token?.type !== 'block-seq') return [];
  return token.items.flatMap(({ start }) => start.find(({ type }) => type === 'seq-item-ind')?.offset ?? []);
}

/** Behind the last character of a value; `from` where nothing is written. */
function contentEnd(text: string, node: Node, from: number): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1);
    if (isSeq(node)) return last === undefined ? from : contentEnd(text, last as Node, (dashesOf(node).at(-1) ?? from) + 1);
    const pair = last as Pair<Node, Node | null> | undefined;
    if (pair == null) return from;
    const behind = (colonOf(pair) ?? pair.key.range?.[1] ?? from) + 1;
    return pair.value === null ? behind : contentEnd(text, pair.value, behind);
  }
  const [start, end] = node.range ?? [from, from];
  if (start === end) return from;
  return from + text.slice(from, end).trimEnd().length;
}

/** Comments that are indented deeper than the parts belong to the part above them. */
function behindComments(text: string, from: number, column: number): number {
  let end = from;
  for (;;) {
    const line = text.slice(end, lineEnd(text, end));
    if (!line.trimStart().startsWith('#') || line.length - line.trimStart().length <= column) return end;
    end += line.length;
  }
}

/** Splits what stands above a part: the last lines of comment without an empty line between are its own. */
function splitAbove(above: string): { gap: string; lead: string } {
  const lines = above.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const last = lines.findLastIndex((line) => !line.trimStart().startsWith('#'));
  return { gap: lines.slice(0, last + 1).join(''), lead: lines.slice(last + 1).join('') };
}

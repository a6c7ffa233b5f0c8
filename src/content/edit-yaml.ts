// Changes the text of a YAML file so that it says another value, touching only the lines of what changed: comments, quotes, brackets and
// empty lines of all else stay byte for byte. Called by write-entries.ts. Knows nothing of what the values mean.
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node } from 'yaml';
import { AppError } from '../domain/errors.ts';
import type { Json } from '../release/entry.ts';
import { matchLists, pairLists } from '../release/match-lists.ts';
import { isJsonList, isJsonObject, sameJson } from '../release/same-json.ts';
import type { EditedValue, ItemOrigins } from './edited-value.ts';
import { parseValue } from './parse-value.ts';
import { afterDash, afterKey, block, wholeYaml, writePair } from './write-yaml.ts';
import type { FileStyle, YamlStyle } from './write-yaml.ts';
import { layoutOf, lineEnd } from './yaml-layout.ts';
import type { Layout, Part, Slot } from './yaml-layout.ts';

interface Splice {
  from: number;
  to: number;
  text: string;
}

/** The list that a file is about: which item was which, and how they are written. */
type Items = ItemOrigins & { asBlocks: boolean };

/** What a part becomes: which of the old ones it was, and its value. */
interface Target {
  old: number | null;
  key: string;
  value: Json;
}

/**
 * The text of a file with its value changed.
 * @param before the value that the text says
 * @param edited the new value; its `items` tell which item of the file's list is which, so that one that moved takes its lines along
 * @throws content.invalid when the value cannot be written as YAML at all
 */
export function editYaml(text: string, before: Json, edited: EditedValue & { value: Json }, style: FileStyle): string {
  const { value } = edited;
  if (sameJson(before, value)) return text;
  const windows = text.includes('\r\n') && !/[^\r]\n/.test(text);
  const plain = windows ? text.replaceAll('\r\n', '\n') : text;
  const header = /^(?:[ \t]*#[^\n]*(?:\n|$))*/.exec(plain)?.[0] ?? '';
  const candidates = [() => editRoot(plain, before, edited, style), () => header + wholeYaml(value, style)];
  for (const candidate of candidates) {
    const result = candidate();
    if (sameJson(parseValue('file.yaml', result), value)) return windows ? result.replaceAll('\n', '\r\n') : result;
  }
  throw new AppError('content.invalid', 'A value cannot be written into its file: it holds signs that no text file can.');
}

function editRoot(text: string, before: Json, { value, items }: EditedValue & { value: Json }, style: FileStyle): string {
  const root: Node | null = parseDocument(text, { keepSourceTokens: true, prettyErrors: false }).contents;
  const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const isEmpty = root === null || (isScalar(root) && root.range?.[0] === root.range?.[1]);
  if (isEmpty) return ended + wholeYaml(value, style);
  const layout = layoutOf(text, root, 0);
  const whole = wholeYaml(value, style);
  if (layout === null) return text.slice(0, root.range?.[0]) + whole.trimEnd() + text.slice(root.range?.[1] ?? text.length);
  const splices = editParts(text, layout, before, value, items && { ...items, asBlocks: style.asBlocks });
  if (splices !== null) return applySplices(text, 0, text.length, splices);
  return joinGaps(layout.parts, true) + whole + text.slice(layout.to);
}

/** What to change in a block so that it says another value; null where it must be replaced as a whole. */
function editParts(text: string, layout: Layout, before: Json, after: Json, items?: Items): Splice[] | null {
  const targets = targetsOf(layout, before, after, items?.at === '' ? items.from : undefined);
  if (targets === null || targets.length === 0) return null;
  const inner = items !== undefined && items.at !== '' ? items : undefined;
  const splices = targets.map(({ old, key, value }): Splice[] => {
    const part = old === null ? undefined : layout.parts[old];
    if (part === undefined) return [];
    const was = isJsonList(before) ? before[old ?? 0] : isJsonObject(before) ? before[key] : undefined;
    return editSlot(text, part.slot, was ?? null, value, inner?.at === key ? { ...inner, at: '' } : undefined);
  });
  if (targets.length === layout.parts.length && targets.every(({ old }, index) => old === index)) return splices.flat();
  const bodies = targets.map((target, index) => {
    const part = target.old === null ? undefined : layout.parts[target.old];
    const body = part === undefined ? writePart(target, layout) : applySplices(text, part.start, part.end, splices[index] ?? []);
    return body.endsWith('\n') ? body : `${body}\n`;
  });
  return [{ from: layout.from, to: layout.to, text: rebuild(text, layout, targets, bodies) }];
}

/** The parts that a block will have; null where the value is of another shape. */
function targetsOf({ parts }: Layout, before: Json, after: Json, from?: readonly (number | null)[]): Target[] | null {
  if (isJsonList(before) && isJsonList(after)) {
    const origins = from ?? pairLists(before, after, sameJson);
    return after.map((value, index) => ({ old: origins[index] ?? null, key: '', value }));
  }
  if (!isJsonObject(before) || !isJsonObject(after)) return null;
  const targets = parts.flatMap(({ key }, old): Target[] => (Object.hasOwn(after, key) ? [{ old, key, value: after[key] ?? null }] : []));
  let place = 0;
  for (const [key, value] of Object.entries(after)) {
    const found = targets.findIndex((target) => target.key === key);
    if (found < 0) targets.splice(place, 0, { old: null, key, value });
    place = (found < 0 ? place : found) + 1;
  }
  return targets;
}

/** What to change where one value stands. */
function editSlot(text: string, slot: Slot, before: Json, after: Json, items?: Items): Splice[] {
  if (sameJson(before, after)) return [];
  const layout = layoutOf(text, slot.node, lineEnd(text, slot.from));
  const splices = layout && editParts(text, layout, before, after, items);
  if (splices != null) return splices;
  const { node, column } = slot;
  const followed = text.slice(slot.to, lineEnd(text, slot.to)).trim() !== '';
  const flow = (isMap(node) || isSeq(node)) && node.flow === true && node.items.length > 0;
  const style: YamlStyle = { flow, followed, ...quotesOf(node) };
  const isList = items !== undefined && isJsonList(after) && after.length > 0;
  if (isList) return [{ from: slot.from, to: slot.to, text: `\n${' '.repeat(column + 2)}${block(after, column + 2, items.asBlocks)}` }];
  return [{ from: slot.from, to: slot.to, text: slot.behind === 'key' ? afterKey(after, column, style) : afterDash(after, column, style) }];
}

function quotesOf(node: Node): YamlStyle {
  if (!isScalar(node)) return {};
  return node.type === 'QUOTE_SINGLE' ? { quotes: 'single' } : node.type === 'QUOTE_DOUBLE' ? { quotes: 'double' } : {};
}

/** A part that was not there before, in the manner of the others. */
function writePart({ key, value }: Target, { parts, column }: Layout): string {
  if (parts[0]?.slot.behind === 'key') return writePair(key, value, column);
  const maps = parts.map(({ slot }) => slot.node).filter((node) => isMap(node));
  const flow = maps.length > 0 && maps.every((node) => node.flow === true);
  return `-${afterDash(value, column, { flow, asBlock: maps.length > 0 && !flow })}`;
}

/** Puts the parts together again: those that keep their order keep what lies between them, the others go where they belong. */
function rebuild(text: string, layout: Layout, targets: readonly Target[], bodies: readonly string[]): string {
  const { parts } = layout;
  const moved = targets.flatMap(({ old }) => (old === null ? [] : [old]));
  const stays = new Set(matchLists([...parts.keys()], moved, (a, b) => a === b).map(([index]) => index));
  const between = separator(text, parts);
  const pad = ' '.repeat(layout.column);
  let result = '';
  let last = -1;
  const put = (gap: string, lead: string, body: string): void => {
    if (result === '' && layout.inline) result = lead === '' ? body : `${lead.trimStart()}${pad}${body}`;
    else result += `${gap}${lead}${pad}${body}`;
  };
  let waiting: { lead: string; body: string }[] = [];
  const putWaiting = (firstGap: string): void => {
    for (const [index, { lead, body }] of waiting.entries()) put(index === 0 ? firstGap : between, lead, body);
    waiting = [];
  };
  for (const [index, { old }] of targets.entries()) {
    const lead = (old === null ? undefined : parts[old]?.lead) ?? '';
    const body = bodies[index] ?? '';
    if (old === null || !stays.has(old)) waiting.push({ lead, body });
    else {
      const gap = joinGaps(parts.slice(last + 1, old + 1), last < 0);
      const leads = last < 0 && waiting.length > 0;
      putWaiting(leads ? gap : between);
      put(leads ? between : gap, lead, body);
      last = old;
    }
  }
  const rest = joinGaps(parts.slice(last + 1), last < 0);
  if (last >= 0 && rest.trim() !== '') result += rest;
  putWaiting(last < 0 ? rest : between);
  return result;
}

/** What lay around parts of which only the last stays, or none; empty lines do not add up. `atTop`: the first gap is the block's beginning. */
function joinGaps(parts: readonly Part[], atTop: boolean): string {
  const isBlank = (gap: string): boolean => gap.trim() === '';
  return parts
    .map(({ gap }) => gap)
    .reduce((joined, gap, index) => {
      if (index === 0) return gap;
      if (isBlank(gap)) return isBlank(joined) && !atTop && gap.length > joined.length ? gap : joined;
      return isBlank(joined) && !atTop
        ? gap
        : joined + (/(^|\n)[ \t]*\n$/.test(joined) || joined === '' ? gap.replace(/^([ \t]*\n)+/, '') : gap);
    }, '');
}

/** An empty line where all parts have one between them, or where the only one is long. */
function separator(text: string, parts: readonly Part[]): string {
  const [first, ...others] = parts;
  if (others.length > 0) return others.every(({ gap }) => gap !== '') ? '\n' : '';
  const isItem = first?.slot.behind === 'dash' && first.slot.column === 0;
  return isItem && text.slice(first.start, first.end).split('\n').length > 4 ? '\n' : '';
}

function applySplices(text: string, from: number, to: number, splices: readonly Splice[]): string {
  let result = '';
  let done = from;
  for (const splice of splices.toSorted((a, b) => a.from - b.from)) {
    result += text.slice(done, splice.from) + splice.text;
    done = splice.to;
  }
  return result + text.slice(done, to);
}

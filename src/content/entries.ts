// Reads the files of a release as entries: one text, one answer, one step each. Called by diff, drafts and the console's pages through
// the server. A file that cannot be parsed has no entries here; load-files.ts tells why. What an entry means is not its business.
import { addressOf, kindOf } from '../release/entry.ts';
import type { Entries, Entry, EntryAddress, EntryKind, Json } from '../release/entry.ts';
import { isJsonList, isJsonObject } from '../release/same-json.ts';
import { parseValue } from './parse-value.ts';
import { itemIds, rawStepIds } from './raw-step-ids.ts';

/** Kinds that stand in one list of a file, with the key that names an item. */
export const LIST_IDS: Partial<Record<EntryKind, 'id' | 'code' | 'tag'>> = {
  answer: 'id',
  place: 'id',
  topic: 'code',
  locality: 'code',
  language: 'tag',
  term: 'id',
};

/**
 * All entries of a release, by file and within a file in its order; a flow's head first, then the order of its steps, then its steps.
 * @param texts path below the content root → raw text
 * @param known another release that was read before: of files that are the same in both the entries are taken over
 */
export function readEntries(
  texts: Readonly<Record<string, string>>,
  known: { texts: Readonly<Record<string, string>>; entries: Entries } = { texts: {}, entries: new Map() },
): Entries {
  const knownByFile = Map.groupBy(known.entries.values(), ({ file }) => file);
  const entries = new Map<EntryAddress, Entry>();
  for (const path of Object.keys(texts).toSorted((a, b) => (a < b ? -1 : 1))) {
    const text = texts[path] ?? '';
    const ofFile = known.texts[path] === text ? (knownByFile.get(path) ?? []) : readFileEntries(path, text);
    for (const entry of ofFile) entries.set(addressOf(entry.file, entry.key), entry);
  }
  return entries;
}

/** The entries of one file; none where it holds none or cannot be parsed. */
export function readFileEntries(path: string, text: string): Entry[] {
  const kind = kindOfFile(path);
  const value = kind === null ? undefined : parseValue(path, text);
  if (kind === null || value === undefined) return [];
  const entry = (key: string, inner: Json, of: EntryKind = kind): Entry => ({ kind: of, file: path, key, value: inner });
  if (kind === 'flow_order') return flowEntries(value, entry);
  if (kind === 'transcript') return isJsonList(value) ? [entry('transcript', value)] : [];
  if (kind === 'review') {
    const states = isJsonObject(value) ? value.texts : undefined;
    return [
      ...pairs(value).flatMap(([key, inner]) => (key === 'default' ? [entry(key, inner)] : [])),
      ...pairs(states).map(([key, inner]) => entry(`texts/${key}`, inner)),
    ];
  }
  const idKey = LIST_IDS[kind];
  if (idKey === undefined) return pairs(value).flatMap(([key, inner]) => (key === '' ? [] : [entry(key, inner)]));
  const items = listOf(kind, value) ?? [];
  return itemIds(items, idKey).flatMap((id, index) => (id === null ? [] : [entry(id, items[index] ?? null)]));
}

/**
 * The kind that tells what a file holds: for flows `flow_order`, for review states `review`; null where no entries can stand.
 */
export function kindOfFile(path: string): EntryKind | null {
  if (path.includes('#')) return null;
  for (const key of ['default', 'order', 'transcript']) {
    const kind = kindOf(addressOf(path, key));
    if (kind !== null) return kind;
  }
  return null;
}

/** The list that holds the items of a list file; an empty file is an empty list, undefined is a file of another shape. */
export function listOf(kind: EntryKind, value: Json | undefined): readonly Json[] | undefined {
  if (value == null) return [];
  const list = kind === 'language' ? (isJsonObject(value) ? (value.languages ?? []) : undefined) : value;
  return isJsonList(list) ? list : undefined;
}

function flowEntries(value: Json, entry: (key: string, inner: Json, of?: EntryKind) => Entry): Entry[] {
  const head = pairs(value).filter(([key]) => key !== 'steps' && key !== '');
  const steps = isJsonObject(value) && isJsonList(value.steps) ? value.steps : null;
  const found = head.map(([key, inner]) => entry(`head/${key}`, inner, 'flow_head'));
  if (steps === null) return found;
  const ids = rawStepIds(steps);
  const order = ids.filter((id) => id !== null);
  const entries = ids.flatMap((id, index) => (id === null ? [] : [entry(`steps/${id}`, steps[index] ?? null, 'flow_step')]));
  return [...found, entry('order', order), ...entries];
}

function pairs(value: Json | undefined): [string, Json][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

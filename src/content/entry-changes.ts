// Applies changes of entries to the value of one file; how the value is then written into the file's text is write-entries.ts' business.
// Called by write-entries.ts. Refuses what cannot stand where it is put; whether it makes sense is for the checks of a release.
import { AppError } from '../domain/errors.ts';
import type { EntryKind, Json } from '../release/entry.ts';
import { isJsonList, isJsonObject } from '../release/same-json.ts';
import { LIST_IDS, listOf } from './entries.ts';
import type { EditedValue } from './edited-value.ts';
import { changeFlow } from './flow-changes.ts';
import { itemIds } from './raw-step-ids.ts';

/**
 * The value of a file after the changes of its entries.
 * @param kind what the file holds, as entries.ts tells
 * @param value undefined when there is no such file
 * @param changes key of the entry → new value; undefined takes it away
 * @throws content.invalid when a change does not fit
 */
export function changeFile(
  kind: EntryKind,
  path: string,
  value: Json | undefined,
  changes: ReadonlyMap<string, Json | undefined>,
): EditedValue {
  if (kind === 'flow_order') return changeFlow(path, value, changes);
  if (kind === 'transcript') return changeTranscript(path, value, changes);
  if (value === undefined && [...changes.values()].every((change) => change === undefined)) return { value };
  if (kind === 'review') return { value: changeReview(path, value, changes) };
  const idKey = LIST_IDS[kind];
  if (idKey !== undefined) return changeList(kind, idKey, path, value, changes);
  for (const [key, change] of changes) {
    if (kind === 'text' && change !== undefined && !isText(change)) {
      throw new AppError('content.invalid', `The text "${key}" of ${path} must be a string or a list of strings.`);
    }
  }
  return { value: changeKeys(path, value, changes) };
}

/** An object with some keys changed; new ones come last. */
function changeKeys(path: string, value: Json | undefined, changes: ReadonlyMap<string, Json | undefined>): Json {
  if (value != null && !isJsonObject(value))
    throw new AppError('content.invalid', `The file ${path} is no mapping of keys; mend it first.`);
  const keys = new Map(Object.entries(value ?? {}));
  for (const [key, change] of changes) {
    if (change === undefined) keys.delete(key);
    else keys.set(key, change);
  }
  return Object.fromEntries(keys);
}

function changeReview(path: string, value: Json | undefined, changes: ReadonlyMap<string, Json | undefined>): Json {
  const ofTexts = new Map(
    [...changes].flatMap(([key, change]) => (key.startsWith('texts/') ? [[key.slice('texts/'.length), change] as const] : [])),
  );
  for (const [key, change] of ofTexts) {
    if (key === '' || (change !== undefined && !isJsonObject(change))) {
      throw new AppError('content.invalid', `The review state of "${key}" in ${path} must be a mapping, such as { "state": "drafted" }.`);
    }
  }
  const state = changes.get('default');
  if (state !== undefined && typeof state !== 'string')
    throw new AppError('content.invalid', `The default state in ${path} must be a word.`);
  const before = isJsonObject(value) ? value.texts : undefined;
  const after = new Map<string, Json | undefined>(changes.has('default') ? [['default', state]] : []);
  const touched = isJsonObject(before) ? ofTexts.size > 0 : [...ofTexts.values()].some((change) => change !== undefined);
  if (touched || value === undefined) after.set('texts', changeKeys(path, before, ofTexts));
  return changeKeys(path, value, after);
}

function changeList(
  kind: EntryKind,
  idKey: 'id' | 'code' | 'tag',
  path: string,
  value: Json | undefined,
  changes: ReadonlyMap<string, Json | undefined>,
): EditedValue {
  const list = listOf(kind, value);
  if (list === undefined) throw new AppError('content.invalid', `The file ${path} is not the list that it should be; mend it first.`);
  const ids = itemIds(list, idKey);
  const items: { value: Json; from: number | null }[] = list.flatMap((item, index) => {
    const id = ids[index];
    if (id == null || !changes.has(id)) return [{ value: item, from: index }];
    const change = changes.get(id);
    return change === undefined ? [] : [{ value: change, from: index }];
  });
  for (const [id, change] of changes) {
    if (change === undefined) continue;
    if (!isJsonObject(change) || !Object.hasOwn(change, idKey) || change[idKey] !== id) {
      throw new AppError('content.invalid', `The entry "${id}" of ${path} must be a mapping whose ${idKey} is "${id}".`);
    }
    if (!ids.includes(id)) items.push({ value: change, from: null });
  }
  const values = items.map((item) => item.value);
  const from = items.map((item) => item.from);
  if (kind !== 'language') return { value: values, items: { at: '', from } };
  return { value: { ...(isJsonObject(value) ? value : {}), languages: values }, items: { at: 'languages', from } };
}

function changeTranscript(path: string, value: Json | undefined, changes: ReadonlyMap<string, Json | undefined>): EditedValue {
  if (!changes.has('transcript')) return { value };
  const change = changes.get('transcript');
  if (change !== undefined && !isJsonList(change)) throw new AppError('content.invalid', `The transcript ${path} must be a list.`);
  return { value: change };
}

function isText(value: Json): boolean {
  return typeof value === 'string' || (isJsonList(value) && value.every((item) => typeof item === 'string'));
}

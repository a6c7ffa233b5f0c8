// Plain values by their path: reading one, and making a copy where one is changed. Used by everything that edits a step. Pure.
import type { EntryView } from '../../../api/content-shapes.ts';

/** What an entry of a release may hold. */
export type JsonValue = Exclude<EntryView['value'], undefined>;
export type JsonRecord = { [key: string]: JsonValue };
export type Path = readonly (string | number)[];

export function isRecord(value: JsonValue | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path; undefined where nothing does. */
export function getIn(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  let found = value;
  for (const key of path) {
    if (Array.isArray(found)) found = typeof key === 'number' ? found[key] : undefined;
    else if (isRecord(found)) found = Object.hasOwn(found, key) ? found[key] : undefined;
    else return undefined;
  }
  return found;
}

/**
 * A copy in which a path holds another value. What is missing on the way is made.
 * @param value undefined takes away what stands there
 */
export function setIn(whole: JsonValue | undefined, path: Path, value: JsonValue | undefined): JsonValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const list = Array.isArray(whole) ? [...whole] : [];
    const changed = setIn(list[key], rest, value);
    if (changed === undefined) list.splice(key, 1);
    else list[key] = changed;
    return list;
  }
  const { [key]: before, ...others } = isRecord(whole) ? whole : {};
  const changed = setIn(before, rest, value);
  if (changed === undefined) return others;
  // What was there keeps its place among the keys.
  return before === undefined ? { ...others, [key]: changed } : { ...(whole as JsonRecord), [key]: changed };
}

/** The same for a mapping, which stays one. */
export function setInRecord(whole: JsonRecord, path: Path, value: JsonValue | undefined): JsonRecord {
  const changed = setIn(whole, path, value);
  return isRecord(changed) ? changed : {};
}

/** Whether two paths are the same. */
export function samePath(one: Path, other: Path): boolean {
  return one.length === other.length && beginsWith(one, other);
}

/** Whether a path leads through another. */
export function beginsWith(path: Path, start: Path): boolean {
  return start.every((key, index) => path[index] === key);
}

/** Whether two values say the same, whatever the order of their keys. */
export function sameValue(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => sameValue(item, other[index]));
  if (isRecord(one) && isRecord(other)) {
    const keys = Object.keys(one);
    return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]));
  }
  return one === other;
}

/** A simple value in letters, as fields show it; empty for everything else. */
export function plainText(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

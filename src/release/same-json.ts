// Compares plain JSON values; the order of an object's keys does not count. Called by diff, merge, the telling of differences and
// the writing of entries. Knows nothing of what the values mean.
import type { Json } from './entry.ts';

export type JsonObject = { readonly [key: string]: Json };

export function isJsonList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True when both are the same value, whatever the order of keys; undefined is the same as nothing but itself. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isJsonList(a)) return isJsonList(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}

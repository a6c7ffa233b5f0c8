// Finds which parts of a structured value changed, as deep as they lie. Called by say-difference.ts. Knows nothing of what the parts mean.
import type { Json } from './entry.ts';
import { matchLists, pairLists } from './match-lists.ts';
import { isJsonList, isJsonObject, sameJson } from './same-json.ts';

/** One part that differs; without `before` it was added, without `after` removed. */
export interface FieldChange {
  /** Keys and positions from 0, joined with dots: `hours.0.opens_at`; empty for the whole value. A removed item has its old position. */
  path: string;
  before?: Json;
  after?: Json;
}

/** The smallest parts that differ. Items of lists are found again when others came or went before them. */
export function changedFields(before: Json | undefined, after: Json | undefined, path = ''): FieldChange[] {
  if (sameJson(before, after)) return [];
  const inside = (key: string | number): string => (path === '' ? String(key) : `${path}.${key}`);
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changedFields(own(before, key), own(after, key), inside(key)));
  }
  if (isJsonList(before) && isJsonList(after)) {
    const pairs = pairLists(before, after, sameJson);
    const found = new Set(pairs);
    return [
      ...before.flatMap((item, index) => (found.has(index) ? [] : [{ path: inside(index), before: item }])),
      ...after.flatMap((item, index) => {
        const old = pairs[index];
        return old == null ? [{ path: inside(index), after: item }] : changedFields(before[old], item, inside(index));
      }),
    ];
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** How an order of ids changed: for each id that moved, came or went its position, counted from 1. */
export function movedIds(before: readonly string[], after: readonly string[]): FieldChange[] {
  const stayed = new Set(matchLists(before, after, (a, b) => a === b).map(([index]) => before[index]));
  const ids = [...new Set([...before, ...after])].filter((id) => !stayed.has(id));
  return ids.map((id) => {
    const old = before.indexOf(id);
    const next = after.indexOf(id);
    return { path: id, ...(old >= 0 && { before: old + 1 }), ...(next >= 0 && { after: next + 1 }) };
  });
}

function own(value: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

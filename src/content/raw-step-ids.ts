// The id of a step as its file gives it, before any schema has seen it. Called by entries.ts and entry-changes.ts.
// Follows engine/step-id.ts, so that an entry's address names the very step that a flow's `next` would name.
import { STEPS } from '../engine/steps/index.ts';
import type { Json } from '../release/entry.ts';
import { isJsonObject } from '../release/same-json.ts';

const KINDS = Object.keys(STEPS);

/** The step's own id, else the one it has by its kind and its position from 0; null for what is no step at all. */
function rawStepId(step: Json, index: number): string | null {
  if (!isJsonObject(step)) return null;
  return typeof step.id === 'string' && step.id !== '' ? step.id : defaultRawStepId(step, index);
}

/** The id that a step would have if it gave none. */
export function defaultRawStepId(step: { readonly [key: string]: Json }, index: number): string {
  const kind = KINDS.find((known) => Object.hasOwn(step, known));
  const text = kind === 'say' || kind === 'ask' ? step[kind] : undefined;
  return typeof text === 'string' && text !== '' ? text : `${kind ?? 'step'}_${index + 1}`;
}

/** The ids of a flow's steps; null for what is no step, and for a later step with the same id as one before. */
export function rawStepIds(steps: readonly Json[]): (string | null)[] {
  return uniqueIds(steps.map(rawStepId));
}

/** The ids of a list's items by one of their keys; null where there is none, and where an item before has it. */
export function itemIds(items: readonly Json[], idKey: string): (string | null)[] {
  return uniqueIds(
    items.map((item) => {
      const id = isJsonObject(item) && Object.hasOwn(item, idKey) ? item[idKey] : undefined;
      return typeof id === 'string' && id !== '' ? id : null;
    }),
  );
}

function uniqueIds(ids: (string | null)[]): (string | null)[] {
  const seen = new Set<string>();
  return ids.map((id) => {
    if (id === null || seen.has(id)) return null;
    seen.add(id);
    return id;
  });
}

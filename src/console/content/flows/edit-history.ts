// What somebody saved in the editor since it was opened, so that what they took back can be done again. Taking back is the server's; whether
// it happened is seen by what stands there now. Used by use-flow-saving.ts. Pure.
import { sameValue, type JsonValue } from './json-path.ts';
import type { PlannedEdit } from './plan-step-edits.ts';

export interface SavedEdits {
  edits: readonly PlannedEdit[];
  /** What stood there before, by address. */
  before: ReadonlyMap<string, JsonValue | undefined>;
}

/** As many are kept. */
const MAX_KEPT = 50;

/**
 * How many of the saves still stand: those after them were taken back.
 * @param valueAt what stands at an address now; null where that is not known
 */
export function standing(history: readonly SavedEdits[], valueAt: (address: string) => JsonValue | undefined | null): number {
  for (let count = history.length; count >= 0; count -= 1) {
    if (expected(history, count).every(([address, value]) => matches(valueAt(address), value))) return count;
  }
  // Somebody else changed the same meanwhile: nothing is certain, nothing is done again.
  return history.length;
}

function matches(now: JsonValue | undefined | null, value: JsonValue | undefined): boolean {
  return now === null || sameValue(now, value);
}

/** What would stand at every address that was touched, had only the first saves been made. */
function expected(history: readonly SavedEdits[], count: number): [string, JsonValue | undefined][] {
  const values = new Map<string, JsonValue | undefined>();
  for (const { before } of history.toReversed()) for (const [address, value] of before) values.set(address, value);
  for (const { edits } of history.slice(0, count)) for (const { address, value } of edits) values.set(address, value);
  return [...values];
}

/** The history after another save: what was taken back before can no longer be done again. */
export function withSave(history: readonly SavedEdits[], stand: number, saved: SavedEdits): SavedEdits[] {
  return [...history.slice(0, stand), saved].slice(-MAX_KEPT);
}

// What somebody sees of places. Where a shelter is, only editors know, and the organisation whose place it is; a partner sees no places
// but their own. Called in the workshop before anything leaves it. Pure.
import type { EntryKind, Json } from '../../release/entry.ts';
import { isJsonObject } from '../../release/same-json.ts';

export interface Sight {
  /** Every place with everything. */
  all: boolean;
  /** Places of this organisation with everything. */
  organisation: string;
  /** Of other organisations nothing at all. */
  own: boolean;
}

/** For what the program itself looks at. */
export const SEES_ALL: Sight = { all: true, organisation: '', own: false };

/** Parts of a place that say where it is. */
const WHERE = ['address', 'latitude', 'longitude', 'url'];

/** Whether it is shown at all. */
export function isSeen(kind: EntryKind, values: readonly (Json | undefined)[], sight: Sight): boolean {
  if (kind !== 'place' || sight.all || !sight.own) return true;
  return values.every((value) => value === undefined || organisationOf(value) === sight.organisation);
}

/** The value as this person sees it. */
export function conceal<T extends Json | undefined>(kind: EntryKind, value: T, sight: Sight): T {
  if (kind !== 'place' || sight.all || !isJsonObject(value) || value['protected_address'] !== true) return value;
  if (organisationOf(value) === sight.organisation) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !WHERE.includes(key))) as unknown as T;
}

function organisationOf(value: Json): string | null {
  const organisation = isJsonObject(value) ? value['organization'] : undefined;
  return typeof organisation === 'string' ? organisation : null;
}

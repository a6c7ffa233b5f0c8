// A place of an imported directory on top of the one that is there: what the file says is taken, what it does not know stays.
// An export leaves out what must not go round, such as a protected address: coming back it must not take that away.
import { Place } from '../../domain/content.ts';
import type { Json } from '../../domain/json.ts';
import { sameJson } from '../../release/same-json.ts';

/** What a place has that says nothing of itself. */
const PLAIN = Place.parse({
  id: 'plain',
  name: 'plain',
  topics: ['DOC'],
  locality: '*',
  asks_for_papers: 'unknown',
  shares_with_authorities: 'unknown',
  confirm_locally: true,
  source: 'plain',
  verify_by: '2027-01-01',
}) as unknown as { readonly [key: string]: Json };
const OPTIONAL = new Set(Object.entries(Place.shape).flatMap(([key, field]) => (field.safeParse(undefined).success ? [key] : [])));

/** The entry as it is to be written. @param before the entry as it stands, where there is one */
export function mergePlace(before: Json | undefined, place: Place): Json {
  const wanted = Object.entries(place as unknown as { readonly [key: string]: Json });
  const known = Place.safeParse(before);
  if (!known.success)
    return Object.fromEntries(wanted.filter(([key, value]) => !(OPTIONAL.has(key) && sameJson(value, PLAIN[key] ?? null))));
  const standing = known.data as unknown as { readonly [key: string]: Json };
  const changed = wanted.filter(([key, value]) => standing[key] === undefined || !sameJson(standing[key], value));
  return { ...(before as { readonly [key: string]: Json }), ...Object.fromEntries(changed) };
}

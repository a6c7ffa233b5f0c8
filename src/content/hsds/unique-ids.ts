// Gives each place of an import its id: the one that it brought along, else one made of its name, each only once.
// Called by read-hsds.ts. The same directory gives the same ids every time.
import { createHash } from 'node:crypto';
import { Place } from '../../domain/content.ts';
import { normalise } from '../../language/normalise.ts';
import type { FoundPlace } from './place-of-service.ts';
import type { Report } from './report.ts';

const MAX_ID = 40;

/** The places with their ids. Ids that were brought along are kept where two places would have the same. */
export function withIds(found: FoundPlace[], report: Report): Place[] {
  const taken = new Set(found.map(({ id }) => id));
  const given = new Set<string>();
  const numbers = new Map<string, number>();
  const isTaken = (id: string): boolean => taken.has(id) || given.has(id);
  return found.flatMap(({ place, id }) => {
    const own = id !== undefined && !given.has(id) ? id : undefined;
    if (id !== undefined && own === undefined) {
      const message = 'Two places have this id; the second is given another. Make sure that it is a place of its own.';
      report.add({ severity: 'warning', code: 'place.same_id', message, record: place.name, field: 'id' });
    }
    const chosen = own ?? unique(slugOf(place.name), numbers, isTaken);
    given.add(chosen);
    const read = Place.safeParse({ ...place, id: chosen });
    if (read.success) return [read.data];
    const field = String(read.error.issues[0]?.path[0] ?? '');
    report.add({
      severity: 'warning',
      code: 'place.unusable',
      message: 'This cannot be made a place and is left out.',
      record: place.name,
      field,
    });
    return [];
  });
}

/** `Oficina d'Atenció` → `oficina_d_atencio`; a name in another script gives letters that are made of it. */
function slugOf(name: string): string {
  const slug = normalise(name)
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return slug.length >= 2 ? slug.slice(0, MAX_ID) : `place_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/** `numbers`: how often each slug was asked for before. */
function unique(slug: string, numbers: Map<string, number>, isTaken: (id: string) => boolean): string {
  for (let number = (numbers.get(slug) ?? 0) + 1; ; number += 1) {
    const suffix = number === 1 ? '' : `_${number}`;
    const id = `${slug.slice(0, MAX_ID - suffix.length).replace(/_+$/, '')}${suffix}`;
    numbers.set(slug, number);
    if (!isTaken(id)) return id;
  }
}

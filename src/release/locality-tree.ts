// The tree of places that a hotline knows: everywhere, country, region, city. A code lies in the code it begins with.
// Used by answers (the most local wins), the directory (what is near) and emergency numbers. Knows no names.
import type { Locality } from '../domain/content.ts';

/** Everywhere. */
export const EVERYWHERE = '*';

/** The code and all that it lies in, nearest first, ending with `*`: `ES-CT-BCN` → `ES-CT-BCN`, `ES-CT`, `ES`, `*`. */
export function ancestors(code: string): string[] {
  if (code === EVERYWHERE) return [EVERYWHERE];
  const parts = code.split('-');
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('-')), EVERYWHERE];
}

/** Whether `inner` lies in `outer` or is the same place. */
export function contains(outer: string, inner: string): boolean {
  return outer === EVERYWHERE || inner === outer || inner.startsWith(`${outer}-`);
}

/** Levels below everywhere: `*` 0, `ES` 1, `ES-CT` 2. */
export function depth(code: string): number {
  return code === EVERYWHERE ? 0 : code.split('-').length;
}

/** The smallest place that holds all of the given ones; `*` for none. */
export function commonAncestor(codes: string[]): string {
  const [first, ...rest] = codes;
  if (first === undefined) return EVERYWHERE;
  return ancestors(first).find((candidate) => rest.every((code) => contains(candidate, code))) ?? EVERYWHERE;
}

/**
 * Steps along the tree from a person's place to another; null when nothing but everywhere joins them, as between two countries.
 * What is everywhere is near to all, but farther than anything of the same country; from everywhere nothing else is near.
 */
export function treeDistance(from: string, to: string): number | null {
  if (to === EVERYWHERE) return from === EVERYWHERE ? 0 : 10;
  const joined = commonAncestor([from, to]);
  return joined === EVERYWHERE ? null : depth(from) + depth(to) - 2 * depth(joined);
}

/** Look-up of the localities of one release. */
export interface LocalityTree {
  get(code: string): Locality | null;
  /** The nearest coordinates that are known for a place: its own, or those of what it lies in below everywhere. */
  coordinates(code: string): { latitude: number; longitude: number } | null;
}

/** Indexes localities by code. */
export function createLocalityTree(localities: Locality[]): LocalityTree {
  const byCode = new Map(localities.map((locality) => [locality.code, locality]));
  return {
    get: (code) => byCode.get(code) ?? null,
    coordinates(code) {
      for (const candidate of ancestors(code)) {
        const locality = byCode.get(candidate);
        if (locality?.latitude !== undefined && locality.longitude !== undefined) {
          return { latitude: locality.latitude, longitude: locality.longitude };
        }
      }
      return null;
    },
  };
}

// The emergency number that may be told in a place: only one that a person signed for it. Without one, none.
import type { HotlineSettings } from '../domain/content.ts';
import { ancestors, commonAncestor } from './locality-tree.ts';

/**
 * The signed number for a locality, the most local first; null when nobody signed one.
 * Where the locality is not known, a number counts that is signed for the whole area of the hotline.
 */
export function emergencyNumber(settings: HotlineSettings, locality: string | null): string | null {
  const place = locality ?? commonAncestor(settings.localities);
  for (const code of ancestors(place)) {
    const signed = settings.emergency_numbers.find((entry) => entry.locality === code);
    if (signed !== undefined) return signed.number;
  }
  return null;
}

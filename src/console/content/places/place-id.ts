// The id of a new place, made from its name, and the file that it goes into. Used where a place is added. Pure.
import { newId } from '../new-id.ts';

const USUAL_FILE = 'flows/directory/places.yaml';

/** `Casa del Migrante, Tijuana` → `casa_del_migrante_tijuana`; numbered where it is taken. */
export function newPlaceId(name: string, taken: ReadonlySet<string>): string {
  return newId(name, taken, 'place');
}

/** Where most places stand. */
export function fileOfNewPlace(files: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(file, (counts.get(file) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? USUAL_FILE;
}

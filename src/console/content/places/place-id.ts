// The id of a new place, made from its name, and the file that it goes into. Used where a place is added. Pure.

const MAX_ID = 40;
const USUAL_FILE = 'flows/directory/places.yaml';

/** `Casa del Migrante, Tijuana` → `casa_del_migrante_tijuana`; numbered where it is taken. */
export function newPlaceId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, MAX_ID)
    .replaceAll(/^_+|_+$/g, '');
  // A name in other letters gives no id that a file could be read by.
  const start = plain.length >= 2 ? plain : 'place';
  if (!taken.has(start)) return start;
  for (let number = 2; ; number += 1) {
    const end = `_${number}`;
    const id = `${start.slice(0, MAX_ID - end.length)}${end}`;
    if (!taken.has(id)) return id;
  }
}

/** Where most places stand. */
export function fileOfNewPlace(files: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(file, (counts.get(file) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? USUAL_FILE;
}

// The id of a new entry, made from its name. Used where places and terms are added. Pure.

const MAX_ID = 40;

/** `Casa del Migrante, Tijuana` → `casa_del_migrante_tijuana`; numbered where it is taken. `otherwise`: for a name in other letters. */
export function newId(name: string, taken: ReadonlySet<string>, otherwise: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, MAX_ID)
    .replaceAll(/^_+|_+$/g, '');
  const start = plain.length >= 2 ? plain : otherwise;
  if (!taken.has(start)) return start;
  for (let number = 2; ; number += 1) {
    const end = `_${number}`;
    const id = `${start.slice(0, MAX_ID - end.length)}${end}`;
    if (!taken.has(id)) return id;
  }
}

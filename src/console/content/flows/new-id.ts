// Ids for new steps, choices and flows: made of the words that a person reads where they are written in Latin letters, and never
// taken twice. Used when something is added or copied. Pure.

const MAX_LENGTH = 32;
const MAX_WORDS = 4;

/** `How do you enrol?` → `how_do_you_enrol`; empty where nothing of it can be used. */
export function idFromText(text: string): string {
  const words = text
    .replaceAll(/\{\{[^{}]*\}\}/g, ' ')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  while (words.length > 0 && /^\d/.test(words[0] ?? '')) words.shift();
  let id = '';
  for (const word of words.slice(0, MAX_WORDS)) {
    const longer = id === '' ? word : `${id}_${word}`;
    if (longer.length > MAX_LENGTH) break;
    id = longer;
  }
  return id === '' ? (words[0] ?? '').slice(0, MAX_LENGTH) : id;
}

/** The id, or the id with the first number that makes it new. `end` is never free: it means the end of a flow. */
export function uniqueId(wanted: string, isTaken: (id: string) => boolean): string {
  const taken = (id: string): boolean => id === 'end' || isTaken(id);
  if (!taken(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, '');
  for (let number = 2; ; number += 1) {
    const id = `${stem}_${number}`;
    if (!taken(id)) return id;
  }
}

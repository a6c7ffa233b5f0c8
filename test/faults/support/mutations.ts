// Ways to damage a text as a forger would, and a dice that always falls the same. Used by trials of forged requests.

/** Numbers that look random and are the same in every run. @see https://www.pcg-random.org (the idea; this is mulberry32) */
export function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

type Dice = (sides: number) => number;

/** Look-alikes within Latin-1, which is all that a header can carry, and outside of it for bodies. */
const LOOK_ALIKES: Record<string, string> = {
  a: 'а',
  e: 'е',
  o: 'о',
  c: 'с',
  p: 'р',
  A: 'Α',
  B: 'Β',
  '+': '＋',
  '=': '＝',
  ':': '：',
  '0': '０',
  '1': '１',
};
const HEADER_TWINS: Record<string, string> = { a: 'ª', o: 'º', '1': '¹', '2': '²', '3': '³', B: 'ß', A: 'À', e: 'é', '-': '\u00AD' };

/** One damage to a text. */
export type Damage = (text: string, dice: Dice) => string;

const at = (text: string, dice: Dice): number => dice(Math.max(1, text.length));

/** Damages that suit any printable text; what comes out may be carried in a header. */
export const damages: Record<string, Damage> = {
  'bit flips': (text, dice) => {
    const place = at(text, dice);
    const flipped = (text.charCodeAt(place) ^ (1 << dice(7))) & 0x7f;
    return (
      text.slice(0, place) + String.fromCharCode(flipped < 0x21 || flipped > 0x7e ? 0x21 + dice(0x5d) : flipped) + text.slice(place + 1)
    );
  },
  truncation: (text, dice) => text.slice(0, at(text, dice)),
  'text put in': (text, dice) => {
    const place = at(text, dice);
    return text.slice(0, place) + String.fromCharCode(0x21 + dice(0x5d)) + text.slice(place);
  },
  'text left out': (text, dice) => {
    const place = at(text, dice);
    return text.slice(0, place) + text.slice(place + 1 + dice(3));
  },
  'neighbours swapped': (text, dice) => {
    const place = at(text, dice);
    return text.slice(0, place) + (text[place + 1] ?? '') + (text[place] ?? '') + text.slice(place + 2);
  },
  'case turned': (text, dice) => {
    const place = at(text, dice);
    const letter = text[place] ?? '';
    return text.slice(0, place) + (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()) + text.slice(place + 1);
  },
  'said twice': (text, dice) => `${text}${['', ',', ', ', ' ', ';'][dice(5)]}${text}`,
  'look-alikes': (text, dice) => replaceOne(text, HEADER_TWINS, dice),
};

/** Look-alikes for bodies, in percent encoding where the body is a form. */
export const foreignLetters: Damage = (text, dice) => replaceOne(text, LOOK_ALIKES, dice);

function replaceOne(text: string, twins: Record<string, string>, dice: Dice): string {
  const places = [...text].flatMap((letter, index) => (twins[letter] === undefined ? [] : [index]));
  const place = places[dice(Math.max(1, places.length))];
  return place === undefined ? '' : text.slice(0, place) + (twins[text[place] ?? ''] ?? '') + text.slice(place + 1);
}

// Letters as the language identification sees them: one table that folds each to what is compared, and tells its script.
// Called by features.ts. Accents stay: they tell languages apart. A unit is looked at when it first comes; after that it costs nothing.

/** Scripts that are told apart, with the one of Japan's own letters; the number is the index of the script. */
export const SCRIPTS = ['Latn', 'Cyrl', 'Arab', 'Deva', 'Ethi', 'Beng', 'Hani', 'Mymr', 'Thai', 'Khmr', 'Kana', 'other'] as const;
export type Script = (typeof SCRIPTS)[number];

export interface Letters {
  /** For each UTF-16 unit what it is compared as; 0 parts words, 1 leaves nothing behind, UNKNOWN was not looked at. */
  fold: Uint16Array;
  /** For each unit the index of its script in SCRIPTS plus one; 0 for what is no letter. */
  script: Uint8Array;
}

export const SPACE = 0x20;
export const APOSTROPHE = 0x27;
const DROPPED = 1;
const APOSTROPHES = '’‘`´ʼʹ＇′ʻ';
/** Vowel marks and tatweel of Arabic; they are hardly ever written. */
const ARABIC_MARKS = /[\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED]/;
const PATTERNS: [Script, RegExp][] = [
  ['Latn', /\p{Script=Latin}/u],
  ['Cyrl', /\p{Script=Cyrillic}/u],
  ['Arab', /\p{Script=Arabic}/u],
  ['Deva', /\p{Script=Devanagari}/u],
  ['Ethi', /\p{Script=Ethiopic}/u],
  ['Beng', /\p{Script=Bengali}/u],
  ['Hani', /\p{Script=Han}/u],
  ['Mymr', /\p{Script=Myanmar}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Khmr', /\p{Script=Khmer}/u],
  ['Kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
];
const WORD_PART = /[\p{L}\p{M}\p{Nd}]/u;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u;
/** Parts words where it is written at all: Persian. */
const ZERO_WIDTH_NON_JOINER = 0x200c;

let letters: Letters | null = null;

/** The table; made once. */
export function letterTable(): Letters {
  return (letters ??= makeTable());
}

/** Not looked at yet. */
export const UNKNOWN = 0xffff;

function makeTable(): Letters {
  return { fold: new Uint16Array(0x10000).fill(UNKNOWN), script: new Uint8Array(0x10000) };
}

/** Fills in what a unit is, and returns what it is compared as. */
export function lookAtUnit({ fold, script }: Letters, unit: number): number {
  const letter = String.fromCharCode(unit);
  if (unit === APOSTROPHE || APOSTROPHES.includes(letter)) fold[unit] = APOSTROPHE;
  else if (WORD_PART.test(letter) && !ARABIC_MARKS.test(letter)) [fold[unit], script[unit]] = [foldLetter(letter), scriptIndex(letter)];
  else fold[unit] = ARABIC_MARKS.test(letter) || (INVISIBLE.test(letter) && unit >= 0x7f && unit !== ZERO_WIDTH_NON_JOINER) ? DROPPED : 0;
  return fold[unit]!;
}

/** Lower case; Turkish İ and its like, whose lower case is two units, keep the first. */
function foldLetter(letter: string): number {
  return letter.toLowerCase().charCodeAt(0);
}

function scriptIndex(letter: string): number {
  if (!/\p{L}/u.test(letter)) return 0;
  const index = PATTERNS.findIndex(([, pattern]) => pattern.test(letter));
  return index === -1 ? SCRIPTS.length : SCRIPTS.indexOf(PATTERNS[index]![0]) + 1;
}

/** Whether a folded unit is left out. */
export function isDropped(folded: number): boolean {
  return folded === DROPPED;
}

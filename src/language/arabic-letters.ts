// Letters of the Arabic script that people write one for another: folded to one form before anything is compared.
// Called by normalise.ts only. Covers Arabic, Persian, Dari, Urdu, Pashto and Sorani Kurdish keyboards.

/** Each row: the form that is kept, then what is folded to it. */
const ROWS: [string, string][] = [
  ['ا', 'أإآٱٲٳ'],
  ['ي', 'ىیېۍئےۓێ'],
  ['و', 'ؤۆۇ'],
  ['ه', 'ةۀہۂھە'],
  ['ك', 'کڪ'],
  ['گ', 'ګ'],
  ['ن', 'ں'],
  ['ر', 'ڕ'],
  ['ل', 'ڵ'],
];

const FOLDED = new Map(ROWS.flatMap(([kept, others]) => [...others].map((other) => [other, kept] as const)));
const VARIANTS = new RegExp(`[${[...FOLDED.keys()].join('')}]`, 'gu');
/** Harakat, Quranic marks, tatweel, a lone hamza at the end of a word. */
const MARKS = /[\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED]/g;
const LAST_HAMZA = /ء+(?![\p{L}\p{M}\p{N}])/gu;

/** Folds letter variants and drops marks; text in other scripts comes back unchanged. */
export function foldArabic(text: string): string {
  return text
    .replace(MARKS, '')
    .replace(VARIANTS, (letter) => FOLDED.get(letter)!)
    .replace(LAST_HAMZA, '');
}

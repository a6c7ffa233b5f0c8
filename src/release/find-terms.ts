// Finds the terms of the glossary in texts. Called by the glossary's check, by export and by the console's page of texts. Pure.
// A source text is read strictly, word by word; a translation leniently, because words change their endings and join with others:
// a hint that is wrong too often is soon read by nobody.
import type { GlossaryTerm } from '../domain/content.ts';
import { foldArabic } from '../language/arabic-letters.ts';

/** Scripts without spaces between words: each letter counts as a word. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const WORD = new RegExp(String.raw`[${UNSPACED}]\p{M}*|(?:(?![${UNSPACED}])[\p{L}\p{M}\p{N}])+`, 'gu');
const VALUE = /\{\{[^{}]*\}\}/g;
const ACCENTS = /[\u0300-\u036F]/g;
const CASED = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;
const ARABIC = /\p{Script=Arabic}/u;
/** The article, with what is written together with it, before at least three more letters. */
const ARTICLE = /^[وف]?(?:[بكل]?ال|لل)(?=\p{L}{3})/u;
/** Endings that give way to others. */
const WEAK_ENDING = /[هياتن]$/u;
/** So much of a word stays when its ending changes. */
const KEPT = 0.7;

/** The terms whose words a text of the source language has, in its order. A term inside the words of a longer one does not count. */
export function findTerms(text: string, language: string, terms: readonly GlossaryTerm[]): GlossaryTerm[] {
  const words = wordsIn(text);
  const found = terms.flatMap((term) =>
    (term.words[language] ?? []).flatMap((agreed) => {
      const wanted = wordsIn(agreed);
      return placesOf(wanted, words).map((from) => ({ term, from, to: from + wanted.length }));
    }),
  );
  const inLonger = ({ from, to }: (typeof found)[number]): boolean =>
    found.some((other) => other.from <= from && other.to >= to && other.to - other.from > to - from);
  const own = found.filter((one) => !inLonger(one)).toSorted((a, b) => a.from - b.from);
  return [...new Set(own.map(({ term }) => term))];
}

/** Whether a translation has one of the agreed words, in whatever form. */
export function usesAgreedWord(translation: string, agreed: readonly string[]): boolean {
  const words = wordsIn(translation);
  return agreed.some((one) => {
    const wanted = wordsIn(one);
    const stems = wanted.flatMap((word) => stemOf(word) ?? []);
    if (stems.length === 0) return placesOf(wanted, words).length > 0;
    return stems.every((stem) => words.some((word) => word.includes(stem)));
  });
}

/** The words of a text in one form: lower case, no accents, one form for letters that are written one for another. */
function wordsIn(text: string): string[] {
  const plain = text.replace(VALUE, ' ').normalize('NFKC').toLowerCase().normalize('NFD').replace(ACCENTS, '').normalize('NFC');
  return foldArabic(plain).match(WORD) ?? [];
}

/** Where the wanted words stand one after the other. */
function placesOf(wanted: readonly string[], words: readonly string[]): number[] {
  if (wanted.length === 0) return [];
  return words.flatMap((_, from) => (wanted.every((word, index) => words[from + index] === word) ? [from] : []));
}

/** What a word has in all its forms; null for one that is too short to be taken apart. */
function stemOf(word: string): string | null {
  if (ARABIC.test(word)) {
    const bare = word.replace(ARTICLE, '');
    return bare.length < 3 ? null : bare.length === 3 ? bare : bare.replace(WEAK_ENDING, '');
  }
  const least = CASED.test(word) ? 4 : 3;
  return word.length < least ? null : word.slice(0, Math.max(least, Math.ceil(word.length * KEPT)));
}

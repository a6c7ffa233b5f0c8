// One form for all ways of writing the same words. Everything in language/ is compared in this form, vocabularies included.
// Called by all of language/. Dates, telephone numbers and e-mail are parsed from the text as sent, not from this form.
import { foldArabic } from './arabic-letters.ts';
import { foldEthiopic } from './ethiopic-letters.ts';
import { foldIndic } from './indic-letters.ts';
import { zawgyiToUnicode } from './zawgyi.ts';

/** Decimal digits (general category Nd) come in runs of ten, zero first. @see https://www.unicode.org/reports/tr44/#Numeric_Type */
const DIGIT = /\p{Nd}/u;
const NON_ASCII_DIGITS = /[^\P{Nd}0-9]/gu;
const digitValues = new Map<string, string>();

/** Emoji that say something by themselves. Others are dropped. */
const SPEAKING_EMOJI: Record<string, string> = {
  '👍': '👍',
  '✅': '👍',
  '✔': '👍',
  '🆗': '👍',
  '👌': '👍',
  '👎': '👎',
  '❌': '👎',
  '✖': '👎',
  '🚫': '👎',
  '🆘': '🆘',
};

/** Letters that no decomposition takes apart. */
const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th' };

/** Zero-width and direction marks, variation selectors, key caps, skin tones. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Me}\p{Emoji_Modifier}]/gu;
const PLAIN = /^[a-z0-9 ]*$/;
const SPECIAL_LETTERS = /[ßøłđðæœıþ]/g;
const ACCENTS = /[\u0300-\u036F]/g;
const APOSTROPHES = /[’‘`´ʼʹ＇′]/g;
/** English contractions are written as one word: don't → dont. Elsewhere an apostrophe parts words: l'école → l ecole. */
const CONTRACTION = /(?<=\p{L})'(?=(?:t|s|re|ve|ll|m|d)(?![\p{L}\p{N}]))/gu;
/** Three or more of the same letter are one: holaaa → hola. */
const DRAWN_OUT = /(\p{L})\1{2,}/gu;
/** White space that is not the plain one. */
const OTHER_SPACE = /[^\S ]/;
const ANYTHING_BUT_WORDS = /[^\p{L}\p{M}\p{N}👍👎🆘]+/gu;
const EMOJI = /[👍✅✔🆗👌👎❌✖🚫🆘]/gu;
const THUMBS = /[👍👎]/gu;

/**
 * Brings a text to the form in which it is compared: Unicode, NFKC, lower case, no accents (ñ → n), one form for variants of Arabic,
 * Ethiopic, Indic and Burmese letters,
 * ASCII digits, no invisible characters, punctuation as one space, drawn-out letters shortened, thumbs kept only where they stand alone.
 * `keepAccents` keeps what tells apart words that only accents tell apart (año, ano): see WordIndex.
 */
export function normalise(text: string, options: { keepAccents?: boolean } = {}): string {
  if (PLAIN.test(text) && !options.keepAccents) return squeeze(text);
  let folded = zawgyiToUnicode(digitsToAscii(text.toWellFormed())).normalize('NFKC').toLowerCase().replace(INVISIBLE, '');
  folded = foldIndic(foldEthiopic(foldArabic(digitsToAscii(folded))))
    .replace(APOSTROPHES, "'")
    .replace(CONTRACTION, '');
  if (!options.keepAccents) folded = foldAccents(folded);
  folded = folded.replace(EMOJI, (emoji) => ` ${SPEAKING_EMOJI[emoji] ?? ''} `);
  return squeeze(dropIdleThumbs(folded.replace(ANYTHING_BUT_WORDS, ' ')));
}

/** Latin, Greek and Cyrillic accents; vowel signs of other scripts are no accents and stay. */
function foldAccents(text: string): string {
  return text
    .normalize('NFD')
    .replace(ACCENTS, '')
    .replace(SPECIAL_LETTERS, (letter) => LETTERS[letter]!)
    .normalize('NFC');
}

/** A thumb beside words only underlines them. */
function dropIdleThumbs(text: string): string {
  if (!text.includes('👍') && !text.includes('👎')) return text;
  const words = text.replace(THUMBS, ' ');
  if (/[\p{L}\p{N}]/u.test(words)) return words;
  return [...new Set(text.match(THUMBS))].join(' ');
}

/** Most texts need neither: looking first costs less than replacing. */
function squeeze(text: string): string {
  const short = hasThreeAlike(text) ? text.replace(DRAWN_OUT, '$1') : text;
  return short.includes('  ') || OTHER_SPACE.test(short) ? short.replace(/\s+/g, ' ').trim() : short.trim();
}

/** Whether a letter may stand three times in a row; of letters of two code units every second one counts. */
function hasThreeAlike(text: string): boolean {
  for (let at = 2; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === text.charCodeAt(at - 2) && (code === text.charCodeAt(at - 1) || (code & 0xf800) === 0xd800)) return true;
  }
  return false;
}

/** The words of a normalised text. */
export function wordsOf(normalised: string): string[] {
  return normalised === '' ? [] : normalised.split(' ');
}

/** Value of one decimal digit: its place in its run of ten. */
function valueOf(digit: string): string {
  const known = digitValues.get(digit);
  if (known !== undefined) return known;
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1;
  const value = String(before % 10);
  digitValues.set(digit, value);
  return value;
}

/**
 * Replaces the decimal digits of all scripts by 0–9 and leaves everything else as it is.
 * @example digitsToAscii('١٥/٣') === '15/3'
 */
export function digitsToAscii(text: string): string {
  return text.replace(NON_ASCII_DIGITS, valueOf);
}

// Numbers as people write them: "2)", "٢", "opción 2", "el segundo", "deuxième", "twenty-five", "the last one".
// Called by the readers of choices and numbers. A message that holds anything else, or two numbers, is no number.
import { byLanguage } from './by-language.ts';
import { cutWords } from './cut-words.ts';

import type { Message } from './message.ts';
import { digitsToAscii, normalise, wordsOf } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A place in a list: a number, or the last. */
export type Ordinal = number | 'last';

/** Reads numbers in the words of all languages, the conversation's own first. */
export interface NumberReader {
  /** The message names one place of a list and nothing else. */
  ordinal(message: Message, language: string | null): Ordinal | null;
  /** The one number in a short message: "tengo 25 años", "3,5", "treinta y cinco". */
  amount(message: Message, language: string | null): number | null;
}

interface NumberWords {
  values: Map<string, Ordinal>;
  fillers: Set<string>;
  connectors: Set<string>;
  longest: number;
  /** Whether a word is a number or a filler. */
  has(word: string): boolean;
}

const DIGITS = /^\d{1,9}$/;
/** Digits alone, or after the sign for "number" (nº 2, no. 2). */
const ONLY_DIGITS = /^(?:no?r? )?(\d{1,9})$/;
/** 2nd, 2º, 2do, 2e: digits with an ending. */
const DIGITS_WITH_ENDING = /^(\d{1,3})(?:st|nd|rd|th|o|a|e|er|re|ere|eme|ro|ra|do|da|to|ta|mo|ma)$/;
const LONGEST_ORDINAL = 5;
const LONGEST_AMOUNT = 8;
const AND = /^و(?=\p{L}{3})/u;

/** Builds the reader. */
export function createNumberReader(vocabularies: Record<string, Vocabulary>): NumberReader {
  const languages = byLanguage(vocabularies, indexNumbers);
  const first = <Value>(language: string | null, read: (words: NumberWords) => Value | null): Value | null => {
    for (const known of languages.ordered(language)) {
      const value = read(known);
      if (value !== null) return value;
    }
    return null;
  };
  return {
    ordinal(message, language) {
      const digits = ONLY_DIGITS.exec(message.normalised);
      if (digits) return Number(digits[1]);
      if (message.words.length === 0 || message.words.length > LONGEST_ORDINAL) return null;
      return first(language, (known) => readOrdinal(cutWords(message.words, known.has), known));
    },
    amount: (message, language) => readDigits(message.text) ?? readAmountInWords(message, (read) => first(language, read)),
  };
}

function indexNumbers(vocabulary: Vocabulary): NumberWords {
  const values = new Map<string, Ordinal>();
  for (const [number, phrases] of Object.entries(vocabulary.numbers)) {
    for (const phrase of phrases) values.set(normalise(phrase), number === 'last' ? 'last' : Number(number));
  }
  const split = (phrases: string[]): Set<string> => new Set(phrases.flatMap((phrase) => wordsOf(normalise(phrase))));
  const longest = Math.max(1, ...[...values.keys()].map((phrase) => wordsOf(phrase).length));
  const fillers = split(vocabulary.fillers);
  const has = (word: string): boolean => values.has(word) || fillers.has(word);
  return { values, fillers, connectors: split(vocabulary.number_connectors), longest, has };
}

/** All words are fillers but one number. A word that is both ("one" in "the last one") counts only when there is no other. */
function readOrdinal(words: string[], known: NumberWords): Ordinal | null {
  const whole = known.values.get(words.join(' '));
  if (whole !== undefined) return whole;
  const found: { value: Ordinal; filler: boolean }[] = [];
  for (let index = 0; index < words.length;) {
    const { value, used } = valueAt(words, index, known);
    if (value !== null) found.push({ value, filler: used === 1 && known.fillers.has(words[index]!) });
    else if (!known.fillers.has(words[index]!)) return null;
    index += used;
  }
  const sure = found.filter((each) => !each.filler);
  const chosen = sure.length > 0 ? sure : found;
  return chosen.length === 1 ? chosen[0]!.value : null;
}

/** The number that begins at a word, longest phrase first. */
function valueAt(words: string[], index: number, known: NumberWords): { value: Ordinal | null; used: number } {
  for (let length = Math.min(known.longest, words.length - index); length > 0; length -= 1) {
    const value = known.values.get(words.slice(index, index + length).join(' '));
    if (value !== undefined) return { value, used: length };
  }
  const word = words[index]!;
  if (DIGITS.test(word)) return { value: Number(word), used: 1 };
  const ending = DIGITS_WITH_ENDING.exec(word);
  return { value: ending ? Number(ending[1]) : null, used: 1 };
}

/** The one number in digits; 1.500 and 1,500 are thousands, 3,5 and 3.5 are decimals. */
function readDigits(text: string): number | null {
  const found = digitsToAscii(text.normalize('NFKC')).match(/(?<![\d.,])-?\d[\d.,٫٬'’ ]*/g);
  if (found === null || found.length !== 1) return null;
  const digits = found[0]
    .trim()
    .replace(/[.,٫٬'’ ]+$/, '')
    .replaceAll('٫', '.')
    .replaceAll('٬', ',');
  if (/^-?\d{1,3}([.,'’ ]\d{3})+$/.test(digits)) return Number(digits.replace(/[.,'’ ]/g, ''));
  return /^-?\d{1,12}([.,]\d{1,4})?$/.test(digits) ? Number(digits.replace(',', '.')) : null;
}

/** One number in words, with words around it: tens and units are added up. */
function readAmountInWords(message: Message, first: (read: (known: NumberWords) => number | null) => number | null): number | null {
  if (message.words.length > LONGEST_AMOUNT || /\d/.test(message.normalised)) return null;
  return first((known) => {
    const values: number[] = [];
    let joined = true;
    for (let index = 0; index < message.words.length;) {
      const { value, used } = wordValueAt(message.words, index, known);
      if (typeof value === 'number') {
        if (values.length > 0 && !joined) return null;
        values.push(value);
        joined = true;
      } else if (!known.connectors.has(message.words[index]!)) joined = false;
      index += used;
    }
    return addUp(values);
  });
}

/** Like valueAt, and with Arabic "and" written onto the word: وثلاثون. */
function wordValueAt(words: string[], index: number, known: NumberWords): { value: Ordinal | null; used: number } {
  const found = valueAt(words, index, known);
  const word = words[index]!;
  if (found.value !== null || !AND.test(word)) return found;
  return { value: known.values.get(word.slice(1)) ?? null, used: 1 };
}

/** 30 and 5, or 5 and 30, are 35; 60 and 15 are 75; two numbers that do not add up are none. */
function addUp(values: number[]): number | null {
  if (values.length === 1) return values[0]!;
  if (values.length !== 2) return null;
  const [small, big] = values.toSorted((a, b) => a - b) as [number, number];
  return big >= 20 && big % 10 === 0 && small > 0 && small < 20 ? big + small : null;
}

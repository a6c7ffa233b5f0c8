// Finds what a whole message names among known words and phrases: exactly, nearly, or by its content words.
// Called for labels, places, languages, commands and keywords. Built once per release, so all forms are worked out here.
import { editDistance } from './edit-distance.ts';
import type { Message } from './message.ts';
import { normalise, wordsOf } from './normalise.ts';

interface Entry<Value> {
  value: Value;
  accented: string;
}

/** Known phrases with what they stand for. */
export interface WordIndex<Value> {
  /** Different values of the phrase that the message is; words that only accents tell apart are told apart when the accents are there. */
  exact(message: Message): Value[];
  /** Values of a normalised phrase. */
  look(normalised: string): Value[];
  /** The one value whose phrase is nearest within the limits; null when none is, or two are as near. */
  near(message: Message): Value | null;
  /** The one value whose phrase has the same content words (see `smallWords`). */
  content(message: Message): Value | null;
  /** Longest phrase in words. */
  readonly longest: number;
}

/** Shortest words for which one, and two, differences are forgiven. */
const ONE_DIFFERENCE = 4;
const TWO_DIFFERENCES = 8;

/**
 * Builds an index.
 * @param entries phrases as written, with their values; values are compared by identity
 * @param smallWords normalised words that carry no content ("the", "please"); needed for content() only
 */
export function indexWords<Value>(
  entries: Iterable<{ phrase: string; value: Value }>,
  smallWords: ReadonlySet<string> = new Set(),
): WordIndex<Value> {
  const phrases = new Map<string, Entry<Value>[]>();
  const contents = new Map<string, Set<Value>>();
  let longest = 0;
  for (const { phrase, value } of entries) {
    const normalised = normalise(phrase);
    if (normalised === '') continue;
    const known = phrases.get(normalised);
    const entry = { value, accented: normalise(phrase, { keepAccents: true }) };
    if (known === undefined) phrases.set(normalised, [entry]);
    else if (!known.some((other) => other.value === value && other.accented === entry.accented)) known.push(entry);
    const words = wordsOf(normalised);
    longest = Math.max(longest, words.length);
    const content = contentOf(words, smallWords);
    if (content !== '') contents.set(content, (contents.get(content) ?? new Set()).add(value));
  }
  const list = [...phrases.keys()];
  const look = (normalised: string): Value[] => distinct(phrases.get(normalised) ?? []);

  return {
    longest,
    look,
    exact(message) {
      const values = look(message.normalised);
      if (values.length < 2) return values;
      const accented = message.accented();
      const strict = distinct(phrases.get(message.normalised)!.filter((entry) => entry.accented === accented));
      return strict.length === 1 ? strict : values;
    },
    near: (message) => nearest(message.normalised, list, look),
    content(message) {
      const values = contents.get(contentOf(message.words, smallWords));
      return values?.size === 1 ? [...values][0]! : null;
    },
  };
}

function distinct<Value>(entries: Entry<Value>[]): Value[] {
  if (entries.length < 2) return entries.map((entry) => entry.value);
  return [...new Set(entries.map((entry) => entry.value))];
}

function contentOf(words: string[], smallWords: ReadonlySet<string>): string {
  return smallWords.size === 0 ? '' : words.filter((word) => !smallWords.has(word)).join(' ');
}

/** Differences forgiven between words of this length. */
function limitFor(length: number): number {
  if (length >= TWO_DIFFERENCES) return 2;
  return length >= ONE_DIFFERENCE ? 1 : 0;
}

function nearest<Value>(word: string, phrases: string[], look: (phrase: string) => Value[]): Value | null {
  if (limitFor(word.length) === 0) return null;
  let best: Value | null = null;
  let bestDistance = Infinity;
  let tied = false;
  for (const phrase of phrases) {
    const limit = limitFor(Math.min(word.length, phrase.length));
    if (limit === 0) continue;
    const distance = editDistance(word, phrase, Math.min(limit, bestDistance));
    if (distance > bestDistance || distance === Infinity) continue;
    const values = look(phrase);
    if (distance < bestDistance) {
      best = values[0]!;
      tied = values.length > 1;
      bestDistance = distance;
    } else if (values.some((value) => value !== best)) tied = true;
  }
  return tied ? null : best;
}

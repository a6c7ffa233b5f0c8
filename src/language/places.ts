// Which place a message names. Called by understand.ts where a flow asks for a locality.
// Names of all languages count; the most exact place of several in one message wins ("Barcelona, España").
import type { Message } from './message.ts';
import { readMessage } from './message.ts';
import { normalise } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';
import { indexWords } from './word-index.ts';

/** A place with its names in a language, synonyms included. */
export interface NamedPlace {
  code: string;
  names(language: string): string[];
}

/** Places that a message may mean, with how they were found; none when it names no known place. */
export type PlaceReader = (message: Message) => { codes: string[]; via: 'label' | 'near' };

const MOST_WORDS = 12;

/** Builds the reader from all names in all languages of the hotline. */
export function createPlaceReader(vocabularies: Record<string, Vocabulary>, places: NamedPlace[]): PlaceReader {
  const languages = Object.keys(vocabularies);
  const names = languages.flatMap((language) =>
    places.flatMap(({ code, names }) => names(language).map((phrase) => ({ phrase, value: code }))),
  );
  const index = indexWords(names);
  const prefixes = Object.values(vocabularies)
    .flatMap((vocabulary) => vocabulary.locality_prefixes.map((prefix) => `${normalise(prefix)} `))
    .sort((a, b) => b.length - a.length);

  return (message) => {
    const exact = index.exact(message);
    if (exact.length > 0) return { codes: exact, via: 'label' };
    const bare = withoutPrefix(message, prefixes);
    const found = bare === message ? [] : index.exact(bare);
    if (found.length > 0) return { codes: found, via: 'label' };
    const inside = message.words.length > MOST_WORDS ? [] : mostExact(placesInside(bare.words, index.longest, index.look));
    if (inside.length > 0) return { codes: inside, via: 'label' };
    const near = index.near(bare);
    return { codes: near === null ? [] : [near], via: 'near' };
  };
}

/** The message without words such as "estoy en". */
function withoutPrefix(message: Message, prefixes: string[]): Message {
  const prefix = prefixes.find((each) => message.normalised.startsWith(each));
  return prefix === undefined ? message : readMessage(message.normalised.slice(prefix.length));
}

/** All places named inside, longest names first, no word used twice. */
function placesInside(words: string[], longest: number, look: (phrase: string) => string[]): string[] {
  const codes: string[] = [];
  for (let start = 0; start < words.length;) {
    let used = 1;
    for (let length = Math.min(longest, words.length - start); length > 0; length -= 1) {
      const found = look(words.slice(start, start + length).join(' '));
      if (found.length === 0) continue;
      codes.push(...found);
      used = length;
      break;
    }
    start += used;
  }
  return [...new Set(codes)];
}

/** Drops a place in which another of the list lies: España beside Barcelona. */
function mostExact(codes: string[]): string[] {
  return codes.filter((code) => code !== '*' && !codes.some((other) => other.startsWith(`${code}-`)));
}

// Reads a reply by what was asked: one reader for each kind of expectation. Called by understand.ts, after emergency words and commands.
// Knows no order between kinds of understanding beyond its own: number, label, short word, near match, value.
import { byLanguage } from './by-language.ts';
import type { Choice } from '../domain/text.ts';
import { localTime } from '../util/local-time.ts';
import { dateInWords } from './calendar.ts';
import { createChoiceReader, type ChoiceReader, type Labels } from './choices.ts';
import { readEmail, readPhone } from './contact-values.ts';
import { createDateReader, type DateReader } from './dates.ts';
import type { LanguageNameReader } from './language-names.ts';
import { readMessage, type Message } from './message.ts';
import { createNumberReader, type NumberReader } from './number-words.ts';
import { createPlaceReader, type NamedPlace, type PlaceReader } from './places.ts';
import { createShortReplyReader, smallWordsOf, type ShortReply, type ShortReplyReader } from './short-words.ts';
import { reply, type Expectation, type Understanding } from './understanding.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the readers need of a release. */
export interface ReplyOptions {
  labels: Labels;
  localities: NamedPlace[];
  languages: { tag: string; name: string }[];
  defaultCountry?: string;
  timeZone?: string;
}

/** Reads replies; null when a message is none. */
export interface ReplyReaders {
  payload(payload: string, expecting: Expectation): Understanding | null;
  text(message: Message, expecting: Expectation, language: string | null, now: number | undefined): Understanding | null;
}

/** Everything that the readers below share. */
interface Kit {
  numbers: NumberReader;
  choices: ChoiceReader;
  dates: DateReader;
  places: PlaceReader;
  names: LanguageNameReader;
  short: ShortReplyReader;
  /** All words of a language for a short reply. */
  sameAs(short: ShortReply, language: string | null): Message[];
  smallWords: ReadonlySet<string>;
  localities: ReadonlySet<string>;
  tags: string[];
  country: string | undefined;
  timeZone: string;
}

type Expected<Kind extends Expectation['kind']> = Extract<Expectation, { kind: Kind }>;

const PAYLOAD_WORDS: Record<string, boolean | null> = { yes: true, true: true, no: false, false: false, skip: null };
/** "sí quiero", "no tengo": at most this many words, of which all but the first carry no content. */
const LONGEST_YES_NO = 4;

/** Builds the readers for all vocabularies. */
export function createReplyReaders(
  vocabularies: Record<string, Vocabulary>,
  options: ReplyOptions,
  names: LanguageNameReader,
): ReplyReaders {
  const small = new Map(Object.entries(vocabularies).map(([language, vocabulary]) => [language, smallWordsOf(vocabulary)]));
  const words = byLanguage(vocabularies, (vocabulary) => ({
    yes: vocabulary.yes.map(readMessage),
    no: vocabulary.no.map(readMessage),
    skip: vocabulary.skip.map(readMessage),
  }));
  const kit: Kit = {
    numbers: createNumberReader(vocabularies),
    choices: createChoiceReader(Object.keys(vocabularies), options.labels, (language) => small.get(language) ?? new Set()),
    dates: createDateReader(vocabularies),
    places: createPlaceReader(vocabularies, options.localities),
    names,
    short: createShortReplyReader(vocabularies),
    sameAs: (short, language) => words.own(language).flatMap((known) => known[short]),
    smallWords: new Set([...small.values()].flatMap((words) => [...words])),
    localities: new Set(options.localities.map(({ code }) => code)),
    tags: options.languages.map(({ tag }) => tag),
    country: options.defaultCountry,
    timeZone: options.timeZone ?? 'UTC',
  };
  return {
    payload: (payload, expecting) => readPayload(kit, payload, expecting),
    text: (message, expecting, language, now) =>
      readByKind(kit, message, expecting, language, now) ?? readSkip(kit, message, expecting, language),
  };
}

/** What a tapped button stands for. A payload of an earlier question that does not fit this one is no reply. */
function readPayload(kit: Kit, payload: string, expecting: Expectation): Understanding | null {
  if (expecting.kind === 'none') return null;
  if (expecting.kind === 'choice') return kit.choices.payload(payload, expecting.choices);
  if (expecting.kind === 'locality' && kit.localities.has(payload)) return reply(payload, 'payload');
  if (expecting.kind === 'language' && kit.tags.includes(payload)) return reply(payload, 'payload');
  const value = Object.hasOwn(PAYLOAD_WORDS, payload) ? PAYLOAD_WORDS[payload] : undefined;
  return value === null || (value !== undefined && expecting.kind === 'yes_no') ? reply(value, 'payload') : null;
}

function readByKind(
  kit: Kit,
  message: Message,
  expecting: Expectation,
  language: string | null,
  now: number | undefined,
): Understanding | null {
  switch (expecting.kind) {
    case 'choice':
      return readChoice(kit, message, expecting, language);
    case 'yes_no':
      return readYesNo(kit, message, language);
    case 'text':
      return readText(kit, message, expecting, language);
    case 'number':
      return readAmount(kit, message, expecting, language);
    case 'date':
      return now === undefined ? null : readDate(kit, message, language, localTime(now, kit.timeZone).date);
    case 'phone':
      return asParsed(readPhone(message.text, kit.country));
    case 'email':
      return asParsed(readEmail(message.text));
    case 'locality':
      return readPlace(kit, message);
    case 'language':
      return readLanguage(kit, message, language);
    case 'none':
    case 'location':
    case 'media':
      return null;
  }
}

/** "Prefer not to say", wherever something is asked; a choice has its own. */
function readSkip(kit: Kit, message: Message, expecting: Expectation, language: string | null): Understanding | null {
  if (expecting.kind === 'none' || expecting.kind === 'choice') return null;
  return kit.short(message, language) === 'skip' ? reply(null, 'label') : null;
}

function readChoice(kit: Kit, message: Message, expecting: Expected<'choice'>, language: string | null): Understanding | null {
  const { choices } = expecting;
  const picked = kit.choices.number(kit.numbers.ordinal(message, language), choices) ?? kit.choices.label(message, choices, language);
  if (expecting.clearly) return picked ?? byFirstWord(kit, message, choices, language);
  return picked ?? byShortWord(kit, kit.short(message, language), choices, language) ?? kit.choices.near(message, choices, language);
}

/** "Sí, por favor" has the word of the choice itself; "por favor" may be said to anything. */
function byFirstWord(kit: Kit, message: Message, choices: Choice[], language: string | null): Understanding | null {
  const [first] = message.words;
  const begun = first === undefined ? null : kit.choices.label(readMessage(first), choices, language);
  return begun?.kind === 'reply' && begun.value === kit.short(message, language) ? begun : null;
}

/** Yes, no and skip pick the choice of that id; where there is none, the one that another word for the same picks: "dale", "de acuerdo". */
function byShortWord(kit: Kit, short: ShortReply | null, choices: Choice[], language: string | null): Understanding | null {
  if (short === null) return null;
  if (choices.some((choice) => choice.id === short)) return reply(short, 'label');
  for (const word of kit.sameAs(short, language)) {
    const picked = kit.choices.label(word, choices, language);
    if (picked !== null) return picked;
  }
  return null;
}

function readYesNo(kit: Kit, message: Message, language: string | null): Understanding | null {
  const ordinal = kit.numbers.ordinal(message, language);
  const short = kit.short(message, language);
  if (short === null && (ordinal === 1 || ordinal === 2)) return reply(ordinal === 1, 'number');
  if (short !== null) return short === 'skip' ? null : reply(short === 'yes', 'label');
  const [first, ...rest] = message.words;
  if (first === undefined || message.words.length > LONGEST_YES_NO || !rest.every((word) => kit.smallWords.has(word))) return null;
  const begun = kit.short(readMessage(first), language);
  return begun === null || begun === 'skip' ? null : reply(begun === 'yes', 'label');
}

function readText(kit: Kit, message: Message, { maxChars }: Expected<'text'>, language: string | null): Understanding | null {
  if (kit.short(message, language) === 'skip') return null;
  const text = [...message.text.trim()].slice(0, maxChars).join('').trim();
  return text === '' ? null : reply(text, 'parsed');
}

function readAmount(
  kit: Kit,
  message: Message,
  { min = -Infinity, max = Infinity }: Expected<'number'>,
  language: string | null,
): Understanding | null {
  const amount = kit.numbers.amount(message, language);
  return amount !== null && amount >= min && amount <= max ? reply(amount, 'parsed') : null;
}

function readDate(kit: Kit, message: Message, language: string | null, today: string): Understanding | null {
  const { dates, ask } = kit.dates(message, language, today);
  if (dates.length < 2 && !(ask && dates.length === 1)) return asParsed(dates[0] ?? null);
  return { kind: 'ambiguous', choices: dates.map((date) => ({ id: date, label: { literal: dateInWords(date, language) } })) };
}

function readPlace(kit: Kit, message: Message): Understanding | null {
  const { codes, via } = kit.places(message);
  if (codes.length < 2) return codes.length === 0 ? null : reply(codes[0]!, via);
  return { kind: 'ambiguous', choices: codes.map((code) => ({ id: code, label: { key: `localities:${code}` } })) };
}

function readLanguage(kit: Kit, message: Message, language: string | null): Understanding | null {
  const ordinal = kit.numbers.ordinal(message, language);
  const numbered = ordinal === null ? undefined : kit.tags[(ordinal === 'last' ? kit.tags.length : ordinal) - 1];
  if (numbered !== undefined) return reply(numbered, 'number');
  const named = kit.names.exact(message);
  if (named !== null) return reply(named, 'label');
  const near = kit.names.near(message);
  return near === null ? null : reply(near, 'near');
}

function asParsed(value: string | null): Understanding | null {
  return value === null ? null : reply(value, 'parsed');
}

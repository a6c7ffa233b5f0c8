// What a message means at this point of a conversation. Called by the engine through its env, once a turn.
// The order is fixed and decides what wins: emergency words, language switch, command, payload, correction, number, label, near match,
// value, keyword, language name, and last the numbers and short replies of languages that are not offered.
// Knows words and expectations; knows nothing of flows, sessions or answers.
import type { Labels } from './choices.ts';
import { createCorrectionReader } from './corrections.ts';
import { createCommandReader } from './commands.ts';
import { createEmergencyFinder, type EmergencyFinder } from './emergency.ts';
import { createKeywordReader, type KeywordFlow } from './keywords.ts';
import { createLanguageNameReader } from './language-names.ts';
import { readMessage } from './message.ts';
import type { NamedPlace } from './places.ts';
import { createForeignReplies } from './foreign-replies.ts';
import { createReplyReaders } from './replies.ts';
import type { Expectation, Understanding } from './understanding.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What understanding needs of a release, besides the vocabularies. */
export interface UnderstandingOptions {
  /** Label and synonyms of a choice in a language. */
  labels: Labels;
  localities: NamedPlace[];
  /** Flows that begin at a keyword, in order of precedence. */
  keywords: KeywordFlow[];
  /** The hotline's languages in the order of its list. */
  languages: { tag: string; name: string }[];
  /** Vocabularies of languages that are not offered: their emergency words and commands count all the same. */
  otherVocabularies?: Record<string, Vocabulary>;
  /** The finder for all of these vocabularies, where it is made already. */
  emergency?: EmergencyFinder;
  /** ISO 3166 country of telephone numbers written without a prefix. */
  defaultCountry?: string;
  /** IANA time zone in which "tomorrow" is meant; UTC when not given. */
  timeZone?: string;
}

/**
 * Understands one message. `language` is the conversation's, null until it is known: then all languages count alike.
 * `now` (milliseconds since the epoch) is needed for dates; without it none is understood.
 */
export type Understand = (
  input: { text: string; payload?: string },
  expecting: Expectation,
  language: string | null,
  now?: number,
) => Understanding;

const NOTHING: Understanding = { kind: 'nothing' };

/** Builds the understanding of a release; everything is worked out here, so that a message costs microseconds. */
export function createUnderstanding(vocabularies: Record<string, Vocabulary>, options: UnderstandingOptions): Understand {
  const everyVocabulary = { ...vocabularies, ...options.otherVocabularies };
  const emergency = options.emergency ?? createEmergencyFinder({ vocabularies: everyVocabulary });
  const readCommand = createCommandReader(everyVocabulary);
  const readKeyword = createKeywordReader(vocabularies, options.keywords);
  const languageNames = createLanguageNameReader(vocabularies, options.languages);
  const readers = createReplyReaders(vocabularies, options, languageNames);
  const readCorrection = createCorrectionReader(vocabularies);
  const readForeign = createForeignReplies(options.otherVocabularies ?? {}, options, readShort);

  /** All but danger. */
  function understandWords(
    { text, payload }: { text: string; payload?: string },
    expecting: Expectation,
    language: string | null,
    now?: number,
  ): Understanding {
    const chosen = payload === undefined ? null : languageNames.chosen(payload);
    if (chosen !== null) return { kind: 'command', command: 'language', argument: chosen };
    const message = readMessage(text);
    const command = readCommand(message, language);
    if (command !== null) return { kind: 'command', ...command };
    const tapped = payload === undefined ? null : readers.payload(payload, expecting);
    if (tapped !== null) return tapped;
    const corrected = expecting.kind === 'none' ? null : readCorrection(message, language);
    if (corrected !== null) return { kind: 'command', command: 'back', argument: corrected };
    const found = readers.text(message, expecting, language, now);
    if (found !== null) return found;
    const flow = readKeyword(message, language);
    if (flow !== null) return { kind: 'keyword', flow };
    const named = languageNames.exact(message);
    if (named !== null) return { kind: 'command', command: 'language', argument: named };
    return readForeign(message, expecting, language) ?? NOTHING;
  }

  /** Yes, no and skip in the words of the conversation's language, the first of which the question takes. */
  function readShort(said: 'yes' | 'no' | 'skip', expecting: Expectation, language: string | null): Understanding | null {
    const own = vocabularies[language ?? ''] ?? Object.values(vocabularies)[0];
    for (const word of own?.[said] ?? []) {
      const found = readers.text(readMessage(word), expecting, language, undefined);
      if (found?.kind === 'reply' && found.via === 'label') return found;
    }
    return null;
  }

  return (input, expecting, language, now) => {
    const { listed, learned } = emergency.read(input.text, language);
    if (listed !== null) return { kind: 'emergency', emergency: listed };
    const understood = understandWords(input, expecting, language, now);
    if (isExact(understood, expecting)) return understood;
    const danger = learned();
    return danger === null ? understood : { kind: 'emergency', emergency: danger };
  };
}

/** Replies that are nothing but what was asked for. */
const BARE_KINDS = new Set<Expectation['kind']>(['date', 'phone', 'email']);

/** Said in the very words of a command or a choice, or as the date that was asked for: what it means is known, whatever it sounds like elsewhere. */
function isExact(understood: Understanding, expecting: Expectation): boolean {
  if (understood.kind === 'command') return understood.command !== 'back' || understood.argument === undefined;
  if (understood.kind === 'ambiguous') return expecting.kind === 'date';
  if (understood.kind !== 'reply') return false;
  return understood.via === 'parsed' ? BARE_KINDS.has(expecting.kind) : understood.via !== 'near';
}

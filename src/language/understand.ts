// What a message means at this point of a conversation. Called by the engine through its env, once a turn.
// The order is fixed and decides what wins: emergency words, language switch, command, payload, number, label, near match, value, keyword.
// Knows words and expectations; knows nothing of flows, sessions or answers.
import type { Labels } from './choices.ts';
import { createCommandReader } from './commands.ts';
import { createEmergencyFinder, type EmergencyFinder } from './emergency.ts';
import { createKeywordReader, type KeywordFlow } from './keywords.ts';
import { createLanguageNameReader } from './language-names.ts';
import { readMessage } from './message.ts';
import type { NamedPlace } from './places.ts';
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
  findEmergency?: EmergencyFinder;
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
  const findEmergency = options.findEmergency ?? createEmergencyFinder(everyVocabulary);
  const readCommand = createCommandReader(everyVocabulary);
  const readKeyword = createKeywordReader(vocabularies, options.keywords);
  const languageNames = createLanguageNameReader(vocabularies, options.languages);
  const readers = createReplyReaders(vocabularies, options, languageNames);

  return ({ text, payload }, expecting, language, now) => {
    const emergency = findEmergency(text);
    if (emergency !== null) return { kind: 'emergency', emergency };
    const chosen = payload === undefined ? null : languageNames.chosen(payload);
    if (chosen !== null) return { kind: 'command', command: 'language', argument: chosen };
    const message = readMessage(text);
    const command = readCommand(message, language);
    if (command !== null) return { kind: 'command', ...command };
    const tapped = payload === undefined ? null : readers.payload(payload, expecting);
    if (tapped !== null) return tapped;
    const found = readers.text(message, expecting, language, now);
    if (found !== null) return found;
    const flow = readKeyword(message, language);
    if (flow !== null) return { kind: 'keyword', flow };
    const named = languageNames.exact(message);
    return named === null ? NOTHING : { kind: 'command', command: 'language', argument: named };
  };
}

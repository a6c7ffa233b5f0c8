// What the engine needs from outside, handed in for each turn. Pure functions of their arguments:
// the engine itself has no clock, no randomness and no look-up of its own.
import type { Command, EmergencyKind } from '../domain/command.ts';
import type { Answer, Locality, Place } from '../domain/content.ts';
import type { Prompt } from '../domain/prompt.ts';
import type { Value } from '../domain/session.ts';
import type { Choice, Line } from '../domain/text.ts';

/** What a person did. Text is as sent; the payload is a chosen button's id. */
export type TurnInput =
  | {
      kind: 'message';
      text: string;
      payload?: string;
      media?: boolean;
      location?: { latitude: number; longitude: number };
      /** When it was written (ms). */ at?: number;
    }
  /** The conversation was opened without a word (web chat). */
  | { kind: 'opened' }
  /** A flow begins at one of its steps, as if the person had come there. Nobody wrote (preview). */
  | { kind: 'enter'; flow: string; step: string }
  /** The timer that belongs to wait `token` came due. */
  | { kind: 'timeout'; token: number }
  /** People's work asks something, after these lines. Nobody wrote. */
  | { kind: 'prompt'; lines: Line[]; prompt: Prompt | null; /** Of a complaint, and no part of a case. */ aside?: boolean };

/** What a step would accept as a reply; `none` where nothing is asked. */
export type Expectation =
  | { kind: 'none' }
  /** `clearly`: by number, button or its own words; not by what only sounds like it. */
  | { kind: 'choice'; choices: Choice[]; clearly?: true }
  | { kind: 'yes_no' }
  | { kind: 'text'; maxChars: number }
  | { kind: 'number'; min?: number; max?: number }
  | { kind: 'date' }
  | { kind: 'phone' }
  | { kind: 'email' }
  | { kind: 'locality' }
  | { kind: 'location' }
  | { kind: 'language' }
  | { kind: 'media' };

/** How a message was understood, in the fixed order: emergency, language switch, command, payload, number, label, near match, keyword. */
export type Understanding =
  | { kind: 'emergency'; emergency: EmergencyKind }
  | {
      kind: 'command';
      command: Command;
      /** A complaint number with `status`, a BCP 47 tag with `language`, with `back` what is to be read there instead. */ argument?: string;
    }
  | { kind: 'reply'; value: Value; via: 'payload' | 'number' | 'label' | 'near' | 'parsed' }
  /** More than one locality or date fits: ask which. */
  | { kind: 'ambiguous'; choices: Choice[] }
  | { kind: 'keyword'; flow: string }
  | { kind: 'nothing' };

/** Best language of a text. `certain`: a greeting or word listed in exactly one locale. `script`: only one hotline language has the script. */
export interface LanguageGuess {
  language: string | null;
  confidence: number;
  basis: 'certain' | 'script' | 'model' | 'none';
}

/** Ranked entries for a free question. `answer`: above the high bar; `choose`: between the bars, up to three; `none`. */
export type AnswerSearch = { kind: 'answer'; entry: Answer; score: number } | { kind: 'choose'; entries: Answer[] } | { kind: 'none' };

export interface PlaceQuery {
  topic: string;
  locality: string | null;
  near?: { latitude: number; longitude: number };
  limit: number;
  openNow?: boolean;
  womenOnly?: boolean;
  femaleStaff?: boolean;
  childFriendly?: boolean;
}

/** State of the staff side, for what a person is told. */
export interface DeskState {
  /** No staff surface is configured: no waiting time may be promised. */
  staffed: boolean;
  /** The same for what is private: who may read and answer that. Where absent, as for all else. */
  privately?: Pick<DeskState, 'staffed' | 'open' | 'opensAt'>;
  open: boolean;
  minutesToAnswer: number;
  /** Next opening, ISO local date-time, null when unknown. */
  opensAt: string | null;
  /** A case of this conversation waits in the queue. */
  queued: boolean;
  /** Its place there, and the minutes that others have waited lately; null where nothing can be promised. */
  line?: { place: number; minutes: number | null } | null;
  /** A case of this conversation waits for the desk to open. */
  ticket?: boolean;
}

export type ComplaintState = 'received' | 'looking' | 'answered' | 'closed';

export interface EngineEnv {
  /** Milliseconds since the epoch. */
  now: number;
  channel: string;
  /** Language of the page or device if it is one of the hotline's; a hint only. */
  languageHint: string | null;
  /** Current owner; under queue and staff only system matters are answered. */
  owner: 'flow' | 'queue' | 'staff' | 'closed' | 'stopped';
  desk: DeskState;
  /** Until when the pinned alert of a crisis stands, which also tells it from another one; null while there is none. */
  alert: string | null;
  /** `anyLanguage` is true until a language is known: commands and emergency words of all languages always count. */
  understand(input: { text: string; payload?: string }, expecting: Expectation, language: string | null): Understanding;
  /** What is known beside the text (country of the number, language of the page) is weighed in. */
  guessLanguage(text: string): LanguageGuess;
  /** What is said in a language that the hotline does not offer, where it has these words; null otherwise. */
  elsewhere(text: 'not_offered' | 'emergency', language: string): string | null;
  findAnswers(question: string, language: string, locality: string | null): AnswerSearch;
  /** The most local published, not overdue version of an entry; null when there is none. */
  localAnswer(entry: string, locality: string | null): Answer | null;
  findPlaces(query: PlaceQuery): Place[];
  isPlaceOpen(place: Place): boolean;
  locality(code: string): Locality | null;
  topicIsPrivate(topic: string): boolean;
  /** Whether a private-lane flow may be served in this language (its texts are signed). */
  privateLaneServed(language: string): boolean;
  /** A signed emergency number for the locality, or null. */
  emergencyNumber(locality: string | null): string | null;
  /** A fresh complaint number such as Q-482193. */
  newComplaintNumber(): string;
  complaintState(number: string): ComplaintState | null;
  /** Languages of the hotline in the order of the list, with their own names. */
  languages: { tag: string; name: string }[];
}

// One message read once: its forms and words, shared by every step of understanding. Called by understand.ts.
import { normalise, wordsOf } from './normalise.ts';

/** A message with the forms in which it is compared. */
export interface Message {
  /** As sent. */
  text: string;
  /** See normalise(). Empty when the message has no words. */
  normalised: string;
  words: string[];
  /** Normalised with accents kept; worked out only where two words differ in nothing else. */
  accented(): string;
}

/** Longest text that is looked at; what comes after cannot change how a reply is understood. */
const MAX_CHARS = 2000;

/** Reads a message. */
export function readMessage(text: string): Message {
  const head = text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text;
  const normalised = normalise(head);
  return { text, normalised, words: wordsOf(normalised), accented: () => normalise(head, { keepAccents: true }) };
}

// Replies in the words of languages that the hotline does not offer: who reads Spanish with effort still says "yes", "two" or "the last
// one" in their own. Called by understand.ts when nothing else fits, so that no word of an offered language is ever taken for one.
import { createChoiceReader, type Labels } from './choices.ts';
import type { Message } from './message.ts';
import { createNumberReader, type NumberReader } from './number-words.ts';
import { createShortReplyReader, type ShortReply, type ShortReplyReader } from './short-words.ts';
import { reply, type Expectation, type Understanding } from './understanding.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A reply to a question that takes a number, a yes or a no; null when the message is none. */
export type ForeignReplies = (message: Message, expecting: Expectation, language: string | null) => Understanding | null;

/** What the same short reply picks when it is said in the conversation's own words. */
export type ReadShort = (said: ShortReply, expecting: Expectation, language: string | null) => Understanding | null;

interface Readers {
  numbers: NumberReader;
  short: ShortReplyReader;
}

const noLabels: Labels = () => [];

/** Builds the reader; the words of all languages are read in when the first such reply comes. */
export function createForeignReplies(
  vocabularies: Record<string, Vocabulary>,
  { languages }: { languages: { tag: string }[] },
  readShort: ReadShort,
): ForeignReplies {
  const choiceReader = createChoiceReader([], noLabels, () => new Set());
  let readers: Readers | null = null;
  return (message, expecting, language) => {
    if (expecting.kind === 'none' || message.normalised === '') return null;
    const { numbers, short } = (readers ??= { numbers: createNumberReader(vocabularies), short: createShortReplyReader(vocabularies) });
    const said = short(message, null);
    switch (expecting.kind) {
      case 'yes_no':
        return said === null || said === 'skip' ? null : reply(said === 'yes', 'label');
      case 'choice': {
        const picked = choiceReader.number(numbers.ordinal(message, null), expecting.choices);
        if (picked !== null) return picked;
        // A clear word is one of the language in which it was asked.
        if (expecting.clearly) return null;
        return said === null ? null : readShort(said, expecting, language);
      }
      case 'language': {
        const ordinal = numbers.ordinal(message, null);
        const tag = languages[(ordinal === 'last' ? languages.length : (ordinal ?? 0)) - 1]?.tag;
        return tag === undefined ? null : reply(tag, 'number');
      }
      case 'number': {
        const { min = -Infinity, max = Infinity } = expecting;
        const amount = numbers.amount(message, null);
        return amount !== null && amount >= min && amount <= max ? reply(amount, 'parsed') : null;
      }
      default:
        return null;
    }
  };
}

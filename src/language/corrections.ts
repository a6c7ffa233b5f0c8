// A reply that takes back the one before: "no, quise decir Barcelona", "I meant the second one". Called by understand.ts.
import { byLanguage } from './by-language.ts';
import type { Message } from './message.ts';
import { normalise, wordsOf } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What follows the correction, as sent; '' when nothing does. Null when the message is none. */
export type CorrectionReader = (message: Message, language: string | null) => string | null;

/** Builds the reader for all vocabularies. */
export function createCorrectionReader(vocabularies: Record<string, Vocabulary>): CorrectionReader {
  const languages = byLanguage(vocabularies, (vocabulary) => {
    const phrases = vocabulary.corrections.map((phrase) => normalise(phrase)).filter((phrase) => phrase !== '');
    return phrases.sort((a, b) => b.length - a.length);
  });
  return (message, language) => {
    for (const phrases of languages.ordered(language)) {
      const phrase = phrases.find((each) => message.normalised === each || message.normalised.startsWith(`${each} `));
      if (phrase !== undefined) return restOf(message, phrase);
    }
    return null;
  };
}

/** As sent where spaces part its words: dates and addresses are read from that. */
function restOf({ text, normalised }: Message, phrase: string): string {
  const rest = normalised.slice(phrase.length).trim();
  const words = text.trim().split(/\s+/).slice(wordsOf(phrase).length);
  const sent = words.join(' ').replace(LEADING_MARKS, '');
  return normalise(sent) === rest ? sent : rest;
}

const LEADING_MARKS = /^[\s,;:.–—-]+/u;

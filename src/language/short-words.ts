// Yes, no, skip, and the small words that carry no content. Called by the readers of replies.
import { byLanguage } from './by-language.ts';
import type { Message } from './message.ts';
import { normalise, wordsOf } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a short reply says. */
export type ShortReply = 'yes' | 'no' | 'skip';

/** Reads short replies in the words of all languages, the conversation's own first, and in emoji. */
export type ShortReplyReader = (message: Message, language: string | null) => ShortReply | null;

const EMOJI: Record<string, ShortReply> = { '👍': 'yes', '👎': 'no' };

/** Builds the reader for all vocabularies. */
export function createShortReplyReader(vocabularies: Record<string, Vocabulary>): ShortReplyReader {
  const languages = byLanguage(vocabularies, (vocabulary) => {
    const replies = new Map<string, ShortReply>();
    for (const reply of ['skip', 'no', 'yes'] as const) for (const phrase of vocabulary[reply]) replies.set(normalise(phrase), reply);
    return replies;
  });
  return (message, language) => {
    if (message.normalised === '') return null;
    const emoji = EMOJI[message.normalised];
    if (emoji !== undefined) return emoji;
    for (const replies of languages.ordered(language)) {
      const found = replies.get(message.normalised);
      if (found !== undefined) return found;
    }
    return null;
  };
}

/** Normalised words of one language that carry no content of their own; denials do, and are not among them. */
export function smallWordsOf(vocabulary: Vocabulary): Set<string> {
  const words = (phrases: string[]): string[] => phrases.flatMap((phrase) => wordsOf(normalise(phrase)));
  const small = new Set(words([...vocabulary.stopwords, ...vocabulary.fillers]));
  for (const phrase of vocabulary.negations) {
    const denial = wordsOf(normalise(phrase));
    if (denial.length === 1) small.delete(denial[0]!);
  }
  return small;
}

// Which of the offered choices a reply picks: by payload, number, label, synonym or nearly. Called by understand.ts.
// Labels come from the release's texts; an index is built once for each set of choices and language.
import { choiceIndex } from '../domain/choice-number.ts';
import type { Choice } from '../domain/text.ts';
import type { Message } from './message.ts';
import type { Ordinal } from './number-words.ts';
import { reply, type Understanding } from './understanding.ts';
import { indexWords, type WordIndex } from './word-index.ts';

/** All words that pick a choice in a language: its label and its synonyms. */
export type Labels = (choice: Choice, language: string) => string[];

/** Reads replies to a list of choices. */
export interface ChoiceReader {
  payload(payload: string, choices: Choice[]): Understanding | null;
  number(ordinal: Ordinal | null, choices: Choice[]): Understanding | null;
  label(message: Message, choices: Choice[], language: string | null): Understanding | null;
  near(message: Message, choices: Choice[], language: string | null): Understanding | null;
}

interface Indexes {
  own: WordIndex<string>;
  others: WordIndex<string>;
}

const MOST_KEPT = 2000;

/** Builds the reader. `smallWords` gives a language's words without content. */
export function createChoiceReader(
  languages: string[],
  labels: Labels,
  smallWords: (language: string) => ReadonlySet<string>,
): ChoiceReader {
  const kept = new Map<string, Indexes>();
  const everySmallWord = new Set(languages.flatMap((language) => [...smallWords(language)]));

  function indexesOf(choices: Choice[], language: string | null): Indexes {
    const key = `${language} ${choices.map((choice) => `${choice.id} ${JSON.stringify(choice.label)}`).join(' ')}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const known_ = language !== null && languages.includes(language);
    const small = known_ ? smallWords(language) : everySmallWord;
    const built = {
      own: indexWords(phrasesOf(choices, known_ ? [language] : languages, labels), small),
      others: indexWords(phrasesOf(choices, known_ ? languages.filter((other) => other !== language) : [], labels)),
    };
    kept.set(key, built);
    return built;
  }

  return {
    payload: (payload, choices) => (choices.some((choice) => choice.id === payload) ? reply(payload, 'payload') : null),
    number(ordinal, choices) {
      if (ordinal === null) return null;
      const index = ordinal === 'last' ? choices.length - 1 : choiceIndex(ordinal, choices.length);
      const choice = index === null ? undefined : choices[index];
      return choice === undefined ? null : reply(choice.id, 'number');
    },
    label(message, choices, language) {
      const { own, others } = indexesOf(choices, language);
      return only(own.exact(message)) ?? only(others.exact(message));
    },
    near(message, choices, language) {
      const { own } = indexesOf(choices, language);
      const id = own.content(message) ?? own.near(message);
      return id === null ? null : reply(id, 'near');
    },
  };
}

function* phrasesOf(choices: Choice[], languages: string[], labels: Labels): Iterable<{ phrase: string; value: string }> {
  for (const choice of choices) {
    if ('literal' in choice.label) yield { phrase: choice.label.literal, value: choice.id };
    for (const language of languages) for (const phrase of labels(choice, language)) yield { phrase, value: choice.id };
  }
}

function only(ids: string[]): Understanding | null {
  return ids.length === 1 ? reply(ids[0]!, 'label') : null;
}

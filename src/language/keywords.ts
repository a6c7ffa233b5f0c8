// Which flow a message asks for by a keyword. Called by understand.ts when nothing that was asked for fits.
// A keyword counts as the whole message, or as a phrase inside a short one; of several the longest wins, of two flows' neither.
// A full question ("¿puedo ir al médico sin papeles?") is left to the answer search, which knows more than the topic.
import { byLanguage } from './by-language.ts';
import type { Message } from './message.ts';
import { normalise, wordsOf } from './normalise.ts';
import { smallWordsOf } from './short-words.ts';
import type { Vocabulary } from './vocabulary.ts';
import { indexWords, type WordIndex } from './word-index.ts';

/** A flow with the keywords that begin it. */
export interface KeywordFlow {
  flow: string;
  words(language: string): string[];
}

/** The flow that a message asks for, or null. */
export type KeywordReader = (message: Message, language: string | null) => string | null;

/** Longest message in which a keyword inside counts. */
const MOST_WORDS = 6;
/** With a question mark or a question word, longest message that is still a bare topic: "¿escuela?", "what about work?". */
const MOST_QUESTION_CONTENT = 1;
const SHORTEST_NEAR = 6;
const QUESTION_MARK = /[?¿؟？;;]/u;

interface Known {
  index: WordIndex<string>;
  questions: string[];
  denials: Set<string>;
  small: Set<string>;
}

/** Builds the reader for all vocabularies and flows. Where flows share a keyword the first one has it. */
export function createKeywordReader(vocabularies: Record<string, Vocabulary>, flows: KeywordFlow[]): KeywordReader {
  const languages = byLanguage(vocabularies, (vocabulary, language) => indexLanguage(vocabulary, language, flows));
  return (message, language) => {
    if (message.words.length === 0 || message.words.length > MOST_WORDS) return null;
    const known = languages.ordered(language);
    for (const each of known) {
      const flow = each.index.look(message.normalised)[0];
      if (flow !== undefined) return flow;
    }
    if (languages.own(language).some((each) => isFullQuestion(message, each))) return null;
    for (const each of known) {
      const flow = longestInside(message.words, each);
      if (flow !== null) return flow;
    }
    return message.normalised.length < SHORTEST_NEAR ? null : nearest(message, languages.own(language));
  };
}

function indexLanguage(vocabulary: Vocabulary, language: string, flows: KeywordFlow[]): Known {
  const index = indexWords(flows.flatMap(({ flow, words }) => words(language).map((phrase) => ({ phrase, value: flow }))));
  const denials = new Set(
    vocabulary.negations.map((phrase) => wordsOf(normalise(phrase))).flatMap((words) => (words.length === 1 ? words : [])),
  );
  return { index, questions: vocabulary.questions.map((phrase) => normalise(phrase)), denials, small: smallWordsOf(vocabulary) };
}

/** It asks something (a mark or a question word at its head) and holds more than one word of content. */
function isFullQuestion(message: Message, known: Known): boolean {
  const asks =
    QUESTION_MARK.test(message.text) ||
    known.questions.some((word) => message.normalised === word || message.normalised.startsWith(`${word} `));
  if (!asks) return false;
  const questionWords = new Set(known.questions.flatMap(wordsOf));
  return message.words.filter((word) => !known.small.has(word) && !questionWords.has(word)).length > MOST_QUESTION_CONTENT;
}

/**
 * The flow of the longest keyword inside; after a denial ("no trabajo") a keyword does not count.
 * Keywords of two flows ("médico sin papeles") make it a question rather than a topic: none then.
 */
function longestInside(words: string[], known: Known): string | null {
  for (let length = Math.min(known.index.longest, words.length); length > 0; length -= 1) {
    const flows = new Set<string>();
    const denied = new Set<string>();
    for (let start = 0; start + length <= words.length; start += 1) {
      const flow = known.index.look(words.slice(start, start + length).join(' '))[0];
      if (flow === undefined) continue;
      flows.add(flow);
      if (start > 0 && known.denials.has(words[start - 1]!)) denied.add(flow);
    }
    if (flows.size > 0) return flows.size === 1 && denied.size === 0 ? [...flows][0]! : null;
  }
  return null;
}

function nearest(message: Message, languages: Known[]): string | null {
  for (const { index } of languages) {
    const flow = index.near(message);
    if (flow !== null) return flow;
  }
  return null;
}

// Gives the understanding of people, the language guess and the answer search the words of one release.
// Called by compile.ts. The functions themselves belong to language/; here they only meet their content.
import type { DangerExamples } from '../language/danger-examples.ts';
import { createEmergencyFinder, type EmergencyFinder } from '../language/emergency.ts';
import { createLanguageGuess } from '../language/guess.ts';
import type { LanguageGuesser } from '../language/guess.ts';
import type { Identify } from '../language/identification/model.ts';
import { searchAnswers, trainAnswerSearch } from '../language/answer-search.ts';
import type { AnswerEntry, AnswerIndex, AnswerSearch } from '../language/answer-search.ts';
import { createUnderstanding } from '../language/understand.ts';
import type { Understand } from '../language/understand.ts';
import type { Vocabulary } from '../language/vocabulary.ts';
import type { Texts } from '../rendering/texts.ts';
import { labelsOf } from './labels.ts';
import { commonAncestor } from './locality-tree.ts';
import type { ReleaseContent } from './read-content.ts';
import type { ParsedFlow } from './read-flows.ts';

export interface LanguageFunctions {
  understand: Understand;
  /** What `understand` looks for first, alone: what kind of danger a text tells of, in any language of the release. */
  findEmergency: EmergencyFinder['find'];
  guessLanguage: LanguageGuesser;
  findAnswers: (question: string, language: string, locality: string | null, now: number) => AnswerSearch;
  /** What findAnswers searches in: a language is trained at its first question, unless it was taken over or trained elsewhere before. */
  answerIndex: AnswerIndex;
}

/** The three functions, trained on one release, in steps. Of languages that are not offered, emergency words and commands count. */
export function* bindLanguage(
  content: ReleaseContent,
  flows: ParsedFlow[],
  texts: Texts,
  identify: Identify,
): Generator<void, LanguageFunctions> {
  const { languages: offered, localities, timezone } = content.settings.value;
  const vocabularies = Object.fromEntries(
    offered.flatMap((tag) => {
      const vocabulary = content.vocabularies[tag]?.value;
      return vocabulary === undefined ? [] : [[tag, vocabulary] as const];
    }),
  );
  const otherVocabularies = Object.fromEntries(
    Object.entries(content.vocabularies).flatMap(([tag, { value }]) => (offered.includes(tag) ? [] : [[tag, value] as const])),
  );
  const emergency = createEmergencyFinder({
    vocabularies: { ...vocabularies, ...otherVocabularies },
    examples: dangerExamples(content, texts),
    identify,
  });
  yield;
  const country = commonAncestor(localities).split('-')[0];
  const understand = createUnderstanding(vocabularies, {
    labels: (choice, language) => labelsOf(texts, choice, language),
    localities: content.localities.map(({ value: { code } }) => ({ code, names: (language) => localityNames(texts, code, language) })),
    keywords: flows
      .filter((flow) => flow.value.triggers?.keywords === true)
      .map(({ id }) => ({ flow: id, words: (language) => texts.list(`${id}:keywords`, language) })),
    languages: content.languages.filter(({ value }) => offered.includes(value.tag)).map(({ value: { tag, name } }) => ({ tag, name })),
    timeZone: timezone,
    otherVocabularies,
    emergency,
    ...(country === undefined || country === '*' ? {} : { defaultCountry: country }),
  });
  yield;
  const index = trainAnswerSearch(yield* answerEntries(content, texts), {
    smallWords: Object.fromEntries(Object.entries(vocabularies).map(([tag, vocabulary]) => [tag, smallWords(vocabulary)])),
    fallbacks: Object.fromEntries(content.languages.map(({ value }) => [value.tag, value.fallback])),
    timeZone: timezone,
    identify: (question) => identify(question).languages,
  });
  return {
    understand,
    findEmergency: emergency.find,
    guessLanguage: createLanguageGuess({ ...vocabularies, ...otherVocabularies }, { identify, offered: Object.keys(vocabularies) }),
    findAnswers: (question, language, locality, now) => searchAnswers(index, question, language, locality, now),
    answerIndex: index,
  };
}

/** What a place is called in a language: its name and other ways to write it. */
export function localityNames(texts: Texts, code: string, language: string): string[] {
  const key = `localities:${code}`;
  const names = texts.has(key, language) ? [texts.render({ key }, language, '')] : [];
  return [...names, ...texts.list(`${key}.synonyms`, language)];
}

function smallWords(vocabulary: Vocabulary): string[] {
  return [...vocabulary.stopwords, ...vocabulary.fillers, ...vocabulary.questions];
}

/** Topics whose questions may themselves tell of danger; what people ask of all others is ordinary. */
const DANGEROUS_TOPICS = /^(SAF|CHI\.ABU|CHI\.UNA|HEA\.URG)/;

/** Messages from which danger is learned; what people ask of everyday topics counts as ordinary, too. */
function dangerExamples(content: ReleaseContent, texts: Texts): Record<string, DangerExamples> {
  const everyday = content.answers.map(({ value }) => value).filter(({ topic }) => !DANGEROUS_TOPICS.test(topic));
  return Object.fromEntries(
    Object.entries(content.dangers).map(([tag, { value }]) => {
      const asked = everyday.flatMap(({ id }) => texts.list(`answers:${id}.phrasings`, tag));
      return [tag, { ...value, ordinary: [...value.ordinary, ...asked] }];
    }),
  );
}

/** Every answer in every language that has it, a language a step. */
function* answerEntries(content: ReleaseContent, texts: Texts): Generator<void, AnswerEntry[]> {
  const entries: AnswerEntry[] = [];
  for (const { value } of content.languages) {
    const language = value.tag;
    for (const { value: answer } of content.answers) {
      const key = `answers:${answer.id}`;
      if (!texts.has(key, language)) continue;
      const title = texts.has(`${key}.title`, language) ? texts.render({ key: `${key}.title` }, language, '') : '';
      entries.push({
        answer,
        language,
        title,
        text: texts.render({ key }, language, ''),
        phrasings: texts.list(`${key}.phrasings`, language),
      });
    }
    yield;
  }
  return entries;
}

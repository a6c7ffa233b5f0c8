// Reads everything of a release but its flows: settings, topics, localities, languages, answers, places, glossary, texts, review
// states and vocabularies, each checked by its schema. Called by compile.ts first; what fits together is the checks' business.
import type { z } from 'zod';
import { Answer, GlossaryTerm, HotlineSettings, Locality, Place, ReviewStates, Topic } from '../domain/content.ts';
import { DangerExamples } from '../language/danger-examples.ts';
import { Vocabulary } from '../language/vocabulary.ts';
import { LanguagesFile, toLanguageInfo } from '../rendering/language-info.ts';
import type { LanguageInfo } from '../rendering/language-info.ts';
import { splitKey } from '../rendering/texts.ts';
import type { Resources } from '../rendering/texts.ts';
import { parseList, parsePart } from './parse-part.ts';
import type { Located } from './parse-part.ts';
import { errorAt } from './problem.ts';
import type { Position, Problem } from './problem.ts';
import type { ReleaseSource, SourceFile } from './source.ts';

/** The parts of a release as typed values that know where they stand. */
export interface ReleaseContent {
  settings: Located<HotlineSettings>;
  languages: Located<LanguageInfo>[];
  topics: Located<Topic>[];
  localities: Located<Locality>[];
  answers: Located<Answer>[];
  places: Located<Place>[];
  /** Words that translators agreed on; none where the release has no glossary. */
  glossary: Located<GlossaryTerm>[];
  /** Language → namespace → key → text. */
  resources: Resources;
  /** Where a text stands in its language, or where it would have to stand; null when its file is missing. */
  locateText: (key: string, language: string) => Position | null;
  reviews: Record<string, Located<ReviewStates>>;
  vocabularies: Record<string, Located<Vocabulary>>;
  /** Messages from which danger is learned. */
  dangers: Record<string, Located<DangerExamples>>;
}

/**
 * The content of a source, in steps; null when it is too broken to go on. `checked`: it was read before, and its long lists of words are
 * taken as they are.
 */
export function* readContent(
  source: ReleaseSource,
  { checked = false }: { checked?: boolean } = {},
): Generator<void, { content: ReleaseContent | null; problems: Problem[] }> {
  const problems: Problem[] = [];
  const keep = <T>(result: { located: Located<T> | null; problems: Problem[] }): Located<T> | null => {
    problems.push(...result.problems);
    return result.located;
  };
  const list = <T>(result: { items: Located<T>[]; problems: Problem[] }): Located<T>[] => {
    problems.push(...result.problems);
    return result.items;
  };
  const byLanguage = <T>(files: { language: string; file: ReleaseSource['answers'][number] }[], schema: z.ZodType<T>, what: string) =>
    Object.fromEntries(
      files.flatMap(({ language, file }) => {
        const located = keep(parsePart(schema, file, [], what));
        return located === null ? [] : [[language, located] as const];
      }),
    );

  const settings = source.hotline && keep(parsePart(HotlineSettings, source.hotline, [], 'the settings'));
  const languages = source.languages && keep(parsePart(LanguagesFile, source.languages, [], 'the list of languages'));
  const topics = source.topics && list(parseList(Topic, source.topics, 'this topic'));
  const localities = source.localities && list(parseList(Locality, source.localities, 'this locality'));
  const answers = source.answers.flatMap((file) => list(parseList(Answer, file, 'this answer')));
  const places = source.places.flatMap((file) => list(parseList(Place, file, 'this place')));
  const glossary = source.glossary === null ? [] : list(parseList(GlossaryTerm, source.glossary, 'this term'));
  yield;
  const reviews = byLanguage(source.reviews, ReviewStates, 'the review states');
  yield;
  const vocabularies = checked
    ? asTheyAre<Vocabulary>(source.vocabularies, { corrections: [] })
    : byLanguage(source.vocabularies, Vocabulary, 'the vocabulary');
  const dangers = checked
    ? asTheyAre<DangerExamples>(source.dangers, {})
    : byLanguage(source.dangers, DangerExamples, 'the examples of danger');
  yield;
  const resources = readTexts(source, problems);
  if (settings === null || languages === null || topics === null || localities === null) return { content: null, problems };
  const content: ReleaseContent = {
    settings,
    languages: languages.value.languages.map((entry, index) => ({
      value: toLanguageInfo(entry),
      at: (path = [], key) => languages.at(['languages', index, ...path], key),
    })),
    topics,
    localities,
    answers,
    places,
    glossary,
    resources,
    locateText: locator(source),
    reviews,
    vocabularies,
    dangers,
  };
  return { content, problems };
}

/** Files that passed their schema before; `later` stands for what older ones do not have. */
function asTheyAre<T extends object>(files: { language: string; file: SourceFile }[], later: Partial<T>): Record<string, Located<T>> {
  return Object.fromEntries(
    files.map(({ language, file }) => [
      language,
      { value: { ...later, ...(file.value as T) }, at: (path = [], key) => file.at(path, key) } as Located<T>,
    ]),
  );
}

/** Texts are strings or lists of strings, in one flat mapping a file. */
function readTexts(source: ReleaseSource, problems: Problem[]): Resources {
  const resources: Resources = {};
  for (const { language, namespace, file } of source.locales) {
    const { value } = file;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.push(errorAt(file.at([]), 'text.shape', 'This file must be one JSON object: "key": "text" pairs between { and }.'));
      continue;
    }
    for (const [key, text] of Object.entries(value)) {
      if (typeof text === 'string' || (Array.isArray(text) && text.every((item) => typeof item === 'string'))) continue;
      const message = `The text "${key}" must be a string in double quotes, or a list of them; keys are flat, written with dots.`;
      problems.push(errorAt(file.at([], key), 'text.shape', message));
    }
    (resources[language] ??= {})[namespace] = value as Record<string, unknown>;
  }
  return resources;
}

function locator(source: ReleaseSource): ReleaseContent['locateText'] {
  const files = new Map(source.locales.map(({ language, namespace, file }) => [`${language}/${namespace}`, file]));
  return (key, language) => {
    const [namespace, name] = splitKey(key);
    return files.get(`${language}/${namespace}`)?.at([], name) ?? null;
  };
}

// The shipped vocabularies and texts, read from locales/ for the tests of language/.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Vocabulary } from '../../src/language/vocabulary.ts';

const locales = path.resolve(import.meta.dirname, '../../locales');

/** Languages that the repository ships. */
export const LANGUAGES = ['es', 'en', 'fr', 'ar'];

/** One namespace of a language: locales/<tag>/<namespace>.json. */
export function readTexts(language: string, namespace: string): Record<string, string | string[]> {
  return JSON.parse(readFileSync(path.join(locales, language, `${namespace}.json`), 'utf8')) as Record<string, string | string[]>;
}

/** All shipped vocabularies by language. */
export const vocabularies: Record<string, Vocabulary> = Object.fromEntries(
  LANGUAGES.map((language) => [language, Vocabulary.parse(readTexts(language, 'language'))]),
);

// The languages of the release: each once, with fallbacks, folders, vocabulary and review states that fit together.
import { requiredLanguages, servedLanguages } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import { errorAt, warningAt } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { parseForm } from '../../rendering/text-forms.ts';

export const checkLocaleFiles: Check = (context) => [...checkLanguages(context), ...checkFolders(context), ...checkReviews(context)];

function checkLanguages({ content }: CheckContext): Problem[] {
  const known = new Set(content.languages.map((language) => language.value.tag));
  const seen = new Set<string>();
  return content.languages.flatMap(({ value, at }) => {
    const problems = value.fallback
      .map((tag, index) => ({ tag, index }))
      .filter(({ tag }) => !known.has(tag))
      .map(({ tag, index }) =>
        errorAt(at(['fallback', index]), 'language.unknown', `The fallback "${tag}" is not in this list; add it or mend the tag.`),
      );
    if (seen.has(value.tag))
      problems.push(errorAt(at([], 'tag'), 'language.twice', `The language "${value.tag}" stands twice; keep one entry.`));
    seen.add(value.tag);
    return problems;
  });
}

function checkFolders(context: CheckContext): Problem[] {
  const { content } = context;
  const known = new Set(content.languages.map((language) => language.value.tag));
  const problems = Object.keys(content.resources)
    .filter((language) => !known.has(language))
    .map((language) => {
      const message = `The folder locales/${language}/ belongs to no language of locales/languages.yaml; add an entry there or rename the folder.`;
      const namespace = Object.keys(content.resources[language] ?? {})[0] ?? 'system';
      return errorAt({ file: `locales/${language}/${namespace}.json`, line: 1, column: 1 }, 'language.unknown', message);
    });
  for (const language of servedLanguages(context)) {
    if (content.vocabularies[language] !== undefined || !known.has(language)) continue;
    const message = `The vocabulary of "${language}" is missing or cannot be read: nobody would be understood. Write locales/${language}/language.json.`;
    problems.push(errorAt({ file: `locales/${language}/language.json`, line: 1, column: 1 }, 'language.vocabulary', message));
  }
  return problems;
}

function checkReviews(context: CheckContext): Problem[] {
  const { content } = context;
  const required = new Set(requiredLanguages(context));
  const problems: Problem[] = [];
  for (const [language, { value, at }] of Object.entries(content.reviews)) {
    for (const key of Object.keys(value.texts)) {
      const [namespace = '', name = ''] = key.split(/:(.*)/su);
      const texts = content.resources[language]?.[namespace] ?? {};
      const exists = Object.keys(texts).some((other) => other === name || parseForm(other).base === name);
      if (exists) continue;
      problems.push(
        warningAt(
          at(['texts'], key),
          'review.unknown',
          `There is no text "${key}" in ${language}; remove its review state or mend the key.`,
        ),
      );
    }
  }
  for (const language of servedLanguages(context)) {
    if (content.reviews[language] !== undefined) continue;
    const position = { file: `locales/${language}/review.json`, line: 1, column: 1 };
    const message = `Nobody says how far the texts of "${language}" are reviewed; they count as machine-drafted. Write this file.`;
    if (required.has(language)) problems.push(warningAt(position, 'review.missing', message));
  }
  return problems;
}

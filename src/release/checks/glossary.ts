// Translations should say the agreed words of the glossary: one thing, one word, in every text. Only ever a warning: a translator may
// have a reason. Wordings for one channel are shorter and are not looked at.
import { localKey, textPosition } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import { findTerms, usesAgreedWord } from '../find-terms.ts';
import { warningAt } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { groupTexts } from '../text-groups.ts';
import type { TextGroup } from '../text-groups.ts';
import type { GlossaryTerm } from '../../domain/content.ts';

export const checkGlossary: Check = (context) => {
  const { glossary, settings, resources } = context.content;
  if (glossary.length === 0) return [];
  const source = settings.value.source_language;
  const terms = glossary.map(({ value }) => value);
  const groups = groupTexts(resources).filter(({ channel }) => channel === null);
  const translations = Map.groupBy(
    groups.filter(({ language }) => language !== source),
    ({ key }) => key,
  );
  const ofTexts = groups.flatMap((group) => {
    const written = group.language === source ? translations.get(group.key) : undefined;
    if (written === undefined) return [];
    const found = findTerms(wordingOf(group), source, terms);
    return found.length === 0 ? [] : written.flatMap((translation) => checkTranslation(context, translation, found));
  });
  return [...checkIds(context), ...ofTexts];
};

/** One warning at most: of the first term that is said in other words. */
function checkTranslation(context: CheckContext, translation: TextGroup, found: readonly GlossaryTerm[]): Problem[] {
  const { language, forms } = translation;
  const wording = wordingOf(translation);
  const missing = found.find(({ words }) => words[language] !== undefined && !usesAgreedWord(wording, words[language]));
  const first = forms[0];
  if (missing === undefined || first === undefined || wording.trim() === '') return [];
  const [preferred = ''] = missing.words[language] ?? [];
  const [said = missing.id] = missing.words[context.content.settings.value.source_language] ?? [];
  const message =
    `The text "${localKey(first.key)}" (${language}) does not say "${preferred}", the agreed word for "${said}": ` +
    'use it, or add the word that it says to the term in locales/glossary.yaml.';
  return [warningAt(textPosition(context, first.key, language), 'glossary.other_word', message)];
}

/** A term that stands twice would be looked at once and edited never. */
function checkIds({ content: { glossary } }: CheckContext): Problem[] {
  const seen = new Set<string>();
  return glossary.flatMap(({ value: { id }, at }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [warningAt(at([], 'id'), 'glossary.twice', `The term "${id}" stands twice; put its words together, or give one another id.`)];
  });
}

/** All forms of a text in one. */
function wordingOf({ forms }: TextGroup): string {
  return forms.map(({ text }) => text).join('\n');
}

// Translations must fill in the same values as their source and have the plural forms that their language needs.
// A text that no source has is left over from an older one: a warning.
import { requiredPluralForms } from '../../rendering/plural-categories.ts';
import { localKey, servedLanguages, textPosition } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import { errorAt, warningAt } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { groupTexts, placeholders } from '../text-groups.ts';
import type { TextGroup } from '../text-groups.ts';

export const checkLanguagesAgree: Check = (context) => {
  const source = context.content.settings.value.source_language;
  const served = new Set(servedLanguages(context));
  const groups = groupTexts(context.content.resources).filter((group) => served.has(group.language));
  const bySource = new Map(groups.filter((group) => group.language === source).map((group) => [idOf(group), group]));
  return groups.flatMap((group) => {
    const reference = bySource.get(idOf(group)) ?? bySource.get(idOf({ ...group, channel: null }));
    const plurals = checkForms(context, group, bySource.get(idOf({ ...group, channel: null })));
    if (reference === undefined) return [...plurals, ...leftOver(context, group, source)];
    return reference === group ? plurals : [...plurals, ...checkPlaceholders(context, group, reference, source)];
  });
};

function idOf(group: { key: string; channel: string | null }): string {
  return `${group.key} ${group.channel ?? ''}`;
}

function leftOver(context: CheckContext, group: TextGroup, source: string): Problem[] {
  const first = group.forms[0];
  if (first === undefined || group.language === source) return [];
  const message = `The text "${localKey(first.key)}" does not exist in the source language (${source}): remove it, or mend its key.`;
  return [warningAt(textPosition(context, first.key, group.language), 'text.left_over', message)];
}

function checkPlaceholders(context: CheckContext, group: TextGroup, reference: TextGroup, source: string): Problem[] {
  const expected = namesOf(reference);
  return group.forms.flatMap((form) => {
    const found = placeholders(form.text);
    const extra = [...found].filter((name) => !expected.has(name));
    const missing = form.plural === null ? [...expected].filter((name) => !found.has(name)) : [];
    if (extra.length === 0 && missing.length === 0) return [];
    const parts = [...missing.map((name) => `{{${name}}} is missing`), ...extra.map((name) => `{{${name}}} is not in the source`)];
    const message = `The values of "${localKey(form.key)}" differ from the source language (${source}): ${parts.join(', ')}.`;
    return [errorAt(textPosition(context, form.key, group.language), 'text.placeholders', message)];
  });
}

/** All values that a text fills in, in any of its forms. */
function namesOf(group: TextGroup): Set<string> {
  return new Set(group.forms.flatMap((form) => [...placeholders(form.text)]));
}

/** A counted text needs every form of its language; a language that does not count may write one text. */
function checkForms(context: CheckContext, group: TextGroup, reference: TextGroup | undefined): Problem[] {
  const written = new Set(group.forms.map((form) => form.plural));
  const first = group.forms[0];
  const counted = group.forms.some((form) => form.plural !== null) || (reference?.forms.some((form) => form.plural !== null) ?? false);
  if (!counted || first === undefined) return [];
  const missing = requiredPluralForms(group.language).filter((form) => !written.has(form));
  if (missing.length === 0 || (written.has(null) && requiredPluralForms(group.language).length === 1)) return [];
  const suffix = group.channel === null ? '' : `_${group.channel}`;
  const keys = missing.map((form) => `"${localKey(group.key)}${suffix}_${form}"`).join(', ');
  const message = `This text counts something, and ${group.language} needs more forms of it: add ${keys}.`;
  return [errorAt(textPosition(context, first.key, group.language), 'text.plural_forms', message)];
}

// A translation whose source was changed after it says something else than its source: it must not be served in a required language.
// Its state is noted when the source is edited (runtime/content/plan-edits.ts); in other languages it is a warning.
import { localeFile, localKey, requiredLanguages, textPosition } from '../check.ts';
import type { Check } from '../check.ts';
import { errorAt, warningAt } from '../problem.ts';

export const checkStaleTexts: Check = (context) => {
  const required = new Set(requiredLanguages(context));
  return Object.entries(context.content.reviews).flatMap(([language, { value }]) =>
    Object.entries(value.texts).flatMap(([key, { state }]) => {
      if (state !== 'stale' || !context.texts.has(key, language)) return [];
      const message = `The text "${localKey(key)}" (${language}) is older than its source: look at it in ${localeFile(key, language)} and say what the source says now.`;
      return [(required.has(language) ? errorAt : warningAt)(textPosition(context, key, language), 'text.stale', message)];
    }),
  );
};

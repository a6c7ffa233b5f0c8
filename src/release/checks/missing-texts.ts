// A text that a flow or the engine needs must exist in every required language; in other offered languages a gap is a warning.
// The problem stands at the step that needs the text and names the file to write it in.
import { localeFile, localKey, requiredLanguages, servedLanguages, textPosition } from '../check.ts';
import type { Check } from '../check.ts';
import { errorAt, warningAt } from '../problem.ts';

export const checkMissingTexts: Check = (context) => {
  const required = new Set(requiredLanguages(context));
  const seen = new Set<string>();
  return servedLanguages(context).flatMap((language) =>
    context.usedTexts.flatMap(({ key, position, by }) => {
      const id = `${language} ${key}`;
      if (seen.has(id) || context.texts.has(key, language)) return [];
      seen.add(id);
      const name = context.content.languages.find((info) => info.value.tag === language)?.value.name ?? language;
      const where = position ?? textPosition(context, key, language);
      const message = `The text "${localKey(key)}" of ${by} is missing in ${name} (${language}): add it to ${localeFile(key, language)}.`;
      return [required.has(language) ? errorAt(where, 'text.missing', message) : warningAt(where, 'text.missing', message)];
    }),
  );
};

// Names of sources: people read what a source is called in their language, under the shorthand that its answers have (locales/<tag>/sources.json).
// When an editor changes the shorthand the old name stays behind and people read the shorthand: both are told.
import { parseForm } from '../../rendering/text-forms.ts';
import { requiredLanguages, textPosition } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import { infoAt, warningAt } from '../problem.ts';
import type { Problem } from '../problem.ts';

const NAMESPACE = 'sources';

export const checkSources: Check = (context) => [...leftBehind(context), ...unnamed(context)];

function leftBehind(context: CheckContext): Problem[] {
  const known = new Set(context.content.answers.map(({ value }) => value.source));
  return Object.entries(context.content.resources).flatMap(([language, namespaces]) =>
    Object.keys(namespaces[NAMESPACE] ?? {}).flatMap((name) => {
      const { base } = parseForm(name);
      if (known.has(base)) return [];
      const message = `No answer has the source "${base}": remove its name, or give it the shorthand that the answers have now.`;
      return [warningAt(textPosition(context, `${NAMESPACE}:${name}`, language), 'source.unknown', message)];
    }),
  );
}

/** Where sources have names at all. A web address needs none. */
function unnamed(context: CheckContext): Problem[] {
  const { answers, resources } = context.content;
  return requiredLanguages(context).flatMap((language) => {
    const names = resources[language]?.[NAMESPACE];
    if (names === undefined) return [];
    const told = new Set<string>();
    return answers.flatMap(({ value: { id, source }, at }) => {
      if (Object.hasOwn(names, source) || told.has(source) || !source.includes(' ')) return [];
      told.add(source);
      const message = `The source of "${id}" is told as "${source}" in ${language}: name it in locales/${language}/${NAMESPACE}.json.`;
      return [infoAt(at(['source']), 'source.unnamed', message)];
    });
  });
}

// The templates that WhatsApp has approved, as the settings list them. Called by settings.ts.
// A wrong one would be refused by the provider, or would reach a person with a hole in it.
import type { CheckContext } from '../check.ts';
import { errorAt } from '../problem.ts';
import type { Problem } from '../problem.ts';

/** Templates must be told apart, be in known languages, and name in their text the values that they are given, and no others. */
export function checkTemplates({ content }: Pick<CheckContext, 'content'>): Problem[] {
  const { value: settings, at } = content.settings;
  const known = new Set(content.languages.map((language) => language.value.tag));
  const problems: Problem[] = [];
  for (const [index, { id, variables, languages }] of settings.whatsapp_templates.entries()) {
    const report = (path: PropertyKey[], message: string): void =>
      void problems.push(errorAt(at(['whatsapp_templates', index, ...path]), 'settings.template', message));
    if (settings.whatsapp_templates.findIndex((other) => other.id === id) !== index)
      report(['id'], `There are two templates "${id}"; give one another id.`);
    if (id === 'reminder' && variables.length > 0)
      report(['variables'], 'The template "reminder" is sent by the program: it can have no variables.');
    for (const [tag, { text }] of Object.entries(languages)) {
      if (!known.has(tag))
        report(['languages', tag], `The language "${tag}" is not in locales/languages.yaml; add it there or mend the tag.`);
      const named = new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name));
      if (named.size === variables.length && variables.every((name) => named.has(name))) continue;
      const [inText, given] = [[...named], variables].map((names) => names.join(', ') || 'nobody');
      report(['languages', tag], `The text names ${inText}, but "variables" says ${given}: they must agree.`);
    }
  }
  return problems;
}

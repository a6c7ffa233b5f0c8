// All texts of one namespace, for pages that fill in values by themselves: the widget and the demonstration page.
// Called by compile.ts. Values such as {{name}} stay in the texts; lists of words are left out.
import type { ReleaseContent } from './read-content.ts';

/**
 * The texts in a language; where it lacks one, those of its fallbacks, of the default language, then of the source language.
 */
export function namespaceTexts(content: ReleaseContent, namespace: string, language: string): Record<string, string> {
  const { default_language: byDefault, source_language: source } = content.settings.value;
  const fallback = content.languages.find(({ value }) => value.tag === language)?.value.fallback ?? [];
  const words: Record<string, string> = {};
  for (const tag of [language, ...fallback, byDefault, source]) {
    for (const [key, text] of Object.entries(content.resources[tag]?.[namespace] ?? {})) {
      if (typeof text === 'string' && text !== '') words[key] ??= text;
    }
  }
  return words;
}

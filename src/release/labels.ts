// The words by which a person may pick a choice: its label as each channel words it, and its synonyms.
// Called by compile.ts, which hands it to understanding; what people see and what is understood come from one place.
import type { Choice } from '../domain/text.ts';
import { CHANNEL_CONTEXTS } from '../rendering/text-forms.ts';
import type { Texts } from '../rendering/texts.ts';

/** Label and synonyms of a choice in a language, without repeats. */
export function labelsOf(texts: Texts, choice: Choice, language: string): string[] {
  const { label } = choice;
  if ('literal' in label) return [label.literal];
  const channels = CHANNEL_CONTEXTS.filter((channel) => texts.has(`${label.key}_${channel}`, language));
  const wordings = ['', ...channels].map((channel) => texts.render(label, language, channel));
  return [...new Set([...wordings, ...texts.list(`${label.key}.synonyms`, language)])];
}

// Labels must belong to a choice that is offered, and no two choices of one question may read the same in a language.
// A label for a choice that no longer exists means that a translation and its flow have drifted apart.
import { localKey, servedLanguages, textPosition } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import type { ChoiceGroup } from '../choice-groups.ts';
import { parseForm } from '../../rendering/text-forms.ts';
import { splitKey } from '../../rendering/texts.ts';
import { errorAt } from '../problem.ts';
import type { Problem } from '../problem.ts';

export const checkChoicesAgree: Check = (context) => {
  const used = new Set(context.usedTexts.map((text) => text.key));
  return servedLanguages(context).flatMap((language) =>
    context.choiceGroups.flatMap((group) => [...sameLabels(context, group, language), ...strayLabels(context, group, language, used)]),
  );
};

function sameLabels(context: CheckContext, group: ChoiceGroup, language: string): Problem[] {
  const seen = new Map<string, string>();
  return group.choices.flatMap(({ id, label }) => {
    if (!context.texts.has(label, language)) return [];
    const words = context.texts.render({ key: label }, language, '').toLowerCase();
    const other = seen.get(words);
    seen.set(words, id);
    if (other === undefined) return [];
    const message = `The choices "${other}" and "${id}" of one question have the same label; make them different.`;
    return [errorAt(textPosition(context, label, language), 'choice.same_label', message)];
  });
}

function strayLabels(context: CheckContext, group: ChoiceGroup, language: string, used: Set<string>): Problem[] {
  if (group.choices.every((choice) => !choice.label.startsWith(`${group.question}.`))) return [];
  const offered = new Set(
    context.choiceGroups
      .filter((other) => other.question === group.question)
      .flatMap((other) => other.choices.map((choice) => choice.label)),
  );
  const [namespace, name] = splitKey(group.question);
  const texts = context.content.resources[language]?.[namespace] ?? {};
  return Object.keys(texts).flatMap((key) => {
    if (!key.startsWith(`${name}.`)) return [];
    const label = key.endsWith('.synonyms') ? key.slice(0, -'.synonyms'.length) : parseForm(key).base;
    const full = `${namespace}:${label}`;
    if (label.slice(name.length + 1).includes('.') || offered.has(full) || used.has(full) || used.has(`${namespace}:${key}`)) return [];
    const message = `"${localKey(full)}" labels a choice that the flow does not offer: remove it, or mend its key or the flow's choices.`;
    return [errorAt(textPosition(context, `${namespace}:${key}`, language), 'choice.unknown', message)];
  });
}

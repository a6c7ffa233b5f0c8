// What a person reads on a button must be understood when it is typed or tapped: every label of every question is put to the
// understanding itself, in its language. It catches labels that hold an emergency word or are a command of another language.
import { normalise } from '../../language/normalise.ts';
import type { Understand } from '../../language/understand.ts';
import { COMMANDS } from '../../domain/command.ts';
import { localKey, servedLanguages, textPosition } from '../check.ts';
import type { CheckContext } from '../check.ts';
import type { ChoiceGroup } from '../choice-groups.ts';
import { labelsOf } from '../labels.ts';
import { errorAt } from '../problem.ts';
import type { Problem } from '../problem.ts';

/** Runs apart from the other checks, because it needs the understanding that the release is built with. */
export function checkLabelsUnderstood(context: CheckContext, understand: Understand): Problem[] {
  const seen = new Set<string>();
  return servedLanguages(context).flatMap((language) =>
    context.choiceGroups.flatMap((group) => {
      const id = `${language} ${group.choices.map((choice) => choice.label).join(' ')}`;
      if (seen.has(id)) return [];
      seen.add(id);
      return checkGroup(context, group, language, understand);
    }),
  );
}

function checkGroup(context: CheckContext, group: ChoiceGroup, language: string, understand: Understand): Problem[] {
  const choices = group.choices.map(({ id, label }) => ({ id, label: { key: label } }));
  const isYesNo = group.choices.every(({ label }) => label === 'system:yes' || label === 'system:no');
  const expecting = isYesNo ? ({ kind: 'yes_no' } as const) : ({ kind: 'choice', choices } as const);
  return choices.flatMap((choice) => {
    if (!context.texts.has(choice.label.key, language)) return [];
    return labelsOf(context.texts, choice, language).flatMap((words) => {
      const understood = understand({ text: words }, expecting, language);
      const value = isYesNo ? choice.id === 'yes' : choice.id;
      if (understood.kind === 'reply' && understood.value === value) return [];
      if (understood.kind === 'command' && (understood.command === choice.id || isOwnCommand(context, words, language))) return [];
      const position = textPosition(context, positionKey(context, choice.label.key, words, language), language);
      const message = `"${words}" (${localKey(choice.label.key)}) is not understood as this choice in ${language}, but ${say(understood)}: choose other words.`;
      return [errorAt(position, 'label.not_understood', message)];
    });
  });
}

/** Commands of the same language are told by the check of collisions. */
function isOwnCommand({ content }: CheckContext, words: string, language: string): boolean {
  const commands = content.vocabularies[language]?.value.commands;
  const wanted = normalise(words);
  return commands !== undefined && COMMANDS.some((command) => commands[command].some((phrase) => normalise(phrase) === wanted));
}

function positionKey({ texts }: CheckContext, label: string, words: string, language: string): string {
  return texts.list(`${label}.synonyms`, language).includes(words) ? `${label}.synonyms` : label;
}

function say(understood: ReturnType<Understand>): string {
  switch (understood.kind) {
    case 'emergency':
      return `as an emergency (${understood.emergency})`;
    case 'command':
      return `as the command ${understood.command.toUpperCase()}`;
    case 'reply':
      return `as ${JSON.stringify(understood.value)}`;
    case 'keyword':
      return `as the keyword of flow ${understood.flow}`;
    default:
      return 'not at all';
  }
}

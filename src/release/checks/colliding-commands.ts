// A word must not mean two things at once: commands work at every step and come before labels, labels before keywords.
// So no label, synonym or keyword may be a command of its language, and no keyword may begin two flows.
// The same word in two languages is a warning: it counts while a person's language is not known yet.
import { COMMANDS } from '../../domain/command.ts';
import { normalise } from '../../language/normalise.ts';
import { localKey, servedLanguages, textPosition } from '../check.ts';
import type { Check, CheckContext } from '../check.ts';
import { errorAt, warningAt } from '../problem.ts';
import type { Position, Problem } from '../problem.ts';

/** A phrase with where it stands and what it does. */
interface Phrase {
  words: string;
  position: Position;
  /** What a label chooses or a keyword begins. */
  target: string;
  what: string;
}

export const checkCollidingCommands: Check = (context) => {
  const languages = servedLanguages(context);
  const commands = new Map(languages.map((language) => [language, commandsOf(context, language)]));
  const problems: Problem[] = [];
  for (const language of languages) {
    const labels = labelPhrases(context, language);
    const keywords = keywordPhrases(context, language);
    for (const phrase of [...labels, ...keywords]) {
      const command = commands.get(language)?.get(normalise(phrase.words));
      if (command === undefined || command === phrase.target) continue;
      const message = `${phrase.what} is also the command ${command.toUpperCase()} in ${language}, which comes first: choose another word.`;
      problems.push(errorAt(phrase.position, 'command.collision', message));
    }
    problems.push(...twoFlows(keywords, language), ...otherLanguages(keywords, language, commands));
  }
  return [...problems, ...acrossLanguages(context, languages)];
};

/** Normalised command words of a language. */
function commandsOf({ content }: CheckContext, language: string): Map<string, string> {
  const vocabulary = content.vocabularies[language]?.value;
  if (vocabulary === undefined) return new Map();
  return new Map(COMMANDS.flatMap((command) => vocabulary.commands[command].map((words) => [normalise(words), command] as const)));
}

/** Labels and synonyms of all choices. A choice whose id is a command's name may share its words: they mean the same. */
function labelPhrases(context: CheckContext, language: string): Phrase[] {
  const seen = new Set<string>();
  return context.choiceGroups.flatMap(({ choices }) =>
    choices.flatMap(({ id, label }) => {
      if (seen.has(label) || label.startsWith('system:yes') || label.startsWith('system:no')) return [];
      seen.add(label);
      const what = (words: string): string => `The choice "${words}" (${localKey(label)})`;
      const own = context.texts.has(label, language) ? [context.texts.render({ key: label }, language, '')] : [];
      const phrases = own.map((words) => ({ words, position: textPosition(context, label, language), target: id, what: what(words) }));
      const key = `${label}.synonyms`;
      const synonyms = context.texts.list(key, language);
      const position = synonyms.length === 0 ? null : textPosition(context, key, language);
      return [...phrases, ...synonyms.map((words) => ({ words, position: position!, target: id, what: what(words) }))];
    }),
  );
}

function keywordPhrases(context: CheckContext, language: string): Phrase[] {
  return context.flows
    .filter((flow) => flow.value.triggers?.keywords === true)
    .flatMap((flow) => {
      const key = `${flow.id}:keywords`;
      const position = textPosition(context, key, language);
      return context.texts
        .list(key, language)
        .map((words) => ({ words, position, target: flow.id, what: `The keyword "${words}" of flow ${flow.id}` }));
    });
}

function twoFlows(keywords: Phrase[], language: string): Problem[] {
  const first = new Map<string, Phrase>();
  return keywords.flatMap((phrase) => {
    const words = normalise(phrase.words);
    const other = first.get(words);
    if (other === undefined) first.set(words, phrase);
    if (other === undefined || other.target === phrase.target) return [];
    const message = `${phrase.what} also begins flow ${other.target} in ${language}; leave it to one of them.`;
    return [errorAt(phrase.position, 'keyword.two_flows', message)];
  });
}

function otherLanguages(keywords: Phrase[], language: string, commands: Map<string, Map<string, string>>): Problem[] {
  return keywords.flatMap((phrase) =>
    [...commands].flatMap(([other, words]) => {
      const command = other === language ? undefined : words.get(normalise(phrase.words));
      if (command === undefined || command === phrase.target || commands.get(language)?.has(normalise(phrase.words)) === true) return [];
      const message = `${phrase.what} (${language}) is the command ${command.toUpperCase()} in ${other}; as a first message it counts as the command.`;
      return [warningAt(phrase.position, 'command.other_language', message)];
    }),
  );
}

/** A keyword that begins different flows in different languages. */
function acrossLanguages(context: CheckContext, languages: string[]): Problem[] {
  const first = new Map<string, { target: string; language: string }>();
  return languages.flatMap((language) =>
    keywordPhrases(context, language).flatMap((phrase) => {
      const words = normalise(phrase.words);
      const other = first.get(words);
      if (other === undefined) first.set(words, { target: phrase.target, language });
      if (other === undefined || other.target === phrase.target || other.language === language) return [];
      const message = `${phrase.what} (${language}) begins flow ${other.target} in ${other.language}; as a first message it may be taken for either.`;
      return [warningAt(phrase.position, 'keyword.other_language', message)];
    }),
  );
}

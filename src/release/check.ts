// What a check of a release is given and gives back. One file a check under checks/; compile.ts runs them all.
import type { Texts } from '../rendering/texts.ts';
import type { ChoiceGroup } from './choice-groups.ts';
import type { Position, Problem } from './problem.ts';
import type { ReleaseContent } from './read-content.ts';
import type { ParsedFlow } from './read-flows.ts';

/** A text that something in the release needs. */
export interface UsedText {
  /** `namespace:key`. */
  key: string;
  /** Where it is asked for; null where the engine itself needs it. */
  position: Position | null;
  /** Who asks, for the message: `step "age" of flow school`. */
  by: string;
}

export interface CheckContext {
  content: ReleaseContent;
  flows: ParsedFlow[];
  texts: Texts;
  usedTexts: UsedText[];
  choiceGroups: ChoiceGroup[];
  /** Local date of the hotline, YYYY-MM-DD, for what falls due; null: nothing is due. */
  today: string | null;
}

/** Finds problems of one kind. Pure; the order of problems does not matter. */
export type Check = (context: CheckContext) => Problem[];

/** Languages that must be complete, offered or not. */
export function requiredLanguages({ content }: CheckContext): string[] {
  return content.settings.value.required_languages;
}

/** All languages that people are offered or that must be complete. */
export function servedLanguages({ content }: CheckContext): string[] {
  const { languages, required_languages: required } = content.settings.value;
  return [...new Set([...languages, ...required])];
}

/** Where a text stands in a language; the beginning of its file when it is not there. */
export function textPosition({ content }: CheckContext, key: string, language: string): Position {
  return content.locateText(key, language) ?? { file: localeFile(key, language), line: 1, column: 1 };
}

/** The file that a text belongs in. */
export function localeFile(key: string, language: string): string {
  const namespace = key.includes(':') ? key.slice(0, key.indexOf(':')) : 'system';
  return `locales/${language}/${namespace}.json`;
}

/** The key within its file. */
export function localKey(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

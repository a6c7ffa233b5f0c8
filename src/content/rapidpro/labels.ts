// Writes the labels and synonyms of a question's choices, so that they pass the release's checks: short enough for buttons, no two alike,
// none that is a command or a word of danger. Called by ask.ts. What cannot be mended is told.
import { COMMANDS } from '../../domain/command.ts';
import type { Choice } from '../../domain/text.ts';
import { normalise } from '../../language/normalise.ts';
import { characterCount } from '../../rendering/layout.ts';
import type { DraftChoice } from './choices.ts';
import { fillIn } from './fill-in.ts';
import { labelLimit, shortenLabel } from './short-label.ts';
import { translatedInto, type FlowTranslation } from './translation.ts';

/** A choice with the words that it is shown by in one language. */
interface Shown {
  choice: DraftChoice;
  label: string;
}

/** What a command means here: a choice of the same id may share its words. */
const COMMAND_IDS: ReadonlySet<string> = new Set(COMMANDS);

/** Writes labels and synonyms under `<question>.<choice>`. A language that lacks a label, or has two alike, gets none of the question's. */
export function writeLabels(translation: FlowTranslation, node: string, question: string, choices: readonly DraftChoice[]): void {
  renameCommands(translation, choices);
  for (const tag of [translation.base, ...translatedInto(translation)]) {
    if (choices.every(({ labels }) => (labels[tag] ?? '') === '')) {
      translation.notes.add(node, 'translation_missing', `labels in ${tag}`);
      continue;
    }
    const shown = shownIn(translation, node, tag, choices);
    if (shown === null) translation.notes.add(node, 'translation_differs', `labels in ${tag}`);
    else writeLanguage(translation, node, question, tag, shown);
  }
}

/** The labels in a language, or null where they cannot stand beside each other. */
function shownIn(translation: FlowTranslation, node: string, tag: string, choices: readonly DraftChoice[]): Shown[] | null {
  const shown = choices.map((choice) => ({ choice, label: plainLabel(translation, choice.labels[tag] ?? '') }));
  const words = new Set(shown.map(({ label }) => normalise(label)));
  if (!words.has('') && words.size === choices.length) return shown;
  if (tag !== translation.base) return null;
  // In its own language a question needs labels: what is alike or empty gets its category, or a number.
  const taken = new Set<string>();
  return shown.map(({ choice, label }, index) => {
    const free = [label, choice.categoryName, `${label} ${index + 1}`, String(index + 1)].find(
      (words) => normalise(words) !== '' && !taken.has(normalise(words)),
    );
    taken.add(normalise(free ?? ''));
    if (free !== label) translation.notes.add(node, 'label_taken', label);
    return { choice, label: free ?? label };
  });
}

/** A label fills in nothing and stands on one line. */
function plainLabel({ answers }: FlowTranslation, label: string): string {
  const filled = fillIn(label, answers, new Map());
  return filled.text
    .replaceAll(/\(\(|\{\{[^}]*\}\}|\)\)/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** A choice whose label is a command means the same: it gets the command's name as its id, where that is free. */
function renameCommands({ understand, languages, base }: FlowTranslation, choices: readonly DraftChoice[]): void {
  if (understand === null) return;
  for (const choice of choices) {
    for (const tag of new Set([base, ...Object.values(languages)])) {
      const label = choice.labels[tag];
      const heard = label === undefined ? null : understand({ text: label }, { kind: 'none' }, tag);
      if (heard?.kind !== 'command' || !COMMAND_IDS.has(heard.command) || choices.some(({ id }) => id === heard.command)) continue;
      choice.id = heard.command;
      break;
    }
  }
}

function writeLanguage(translation: FlowTranslation, node: string, question: string, tag: string, shown: readonly Shown[]): void {
  const { texts, notes } = translation;
  const limit = labelLimit(shown.length);
  const short = new Set<string>();
  for (const { choice, label } of shown) {
    const key = `${question}.${choice.id}`;
    texts.put(key, tag, label);
    if (!isUnderstood(translation, tag, label, choice, shown)) notes.add(node, 'label_taken', `"${label}" (${tag})`);
    if (limit !== null && characterCount(label) > limit) {
      const cut = shortenLabel(label, limit, short);
      if (cut === null) notes.add(node, 'label_taken', `"${label}" (${tag})`);
      else {
        texts.put(`${key}_whatsapp`, tag, cut);
        notes.add(node, 'label_shortened', `"${cut}" (${tag})`);
      }
    }
    short.add((texts.get(`${key}_whatsapp`, tag) ?? label).toString().toLowerCase());
  }
  for (const { choice } of shown) writeSynonyms(translation, question, tag, choice, shown);
}

/** Synonyms that are really heard as this choice, and as nothing else. */
function writeSynonyms(translation: FlowTranslation, question: string, tag: string, choice: DraftChoice, shown: readonly Shown[]): void {
  const others = new Set(
    shown
      .flatMap((other) => (other.choice === choice ? [] : [other.label, ...(other.choice.synonyms[tag] ?? [])]))
      .map((words) => normalise(words)),
  );
  const own = new Set(shown.filter((other) => other.choice === choice).map(({ label }) => normalise(label)));
  const synonyms = (choice.synonyms[tag] ?? []).filter((words) => {
    const heard = normalise(words);
    if (heard === '' || others.has(heard) || own.has(heard)) return false;
    own.add(heard);
    return isFree(translation, tag, words, choice, shown);
  });
  if (synonyms.length > 0) translation.texts.put(`${question}.${choice.id}.synonyms`, tag, synonyms);
}

/** Whether a label is heard as its choice, or as the command that it is. */
function isUnderstood(translation: FlowTranslation, tag: string, words: string, choice: DraftChoice, shown: readonly Shown[]): boolean {
  const heard = hear(translation, tag, words, shown);
  if (heard === null) return true;
  return heard.kind === 'reply' ? heard.value === choice.id : heard.kind === 'command' && heard.command === choice.id;
}

/** Whether words that are no label would be heard as nothing, or as this choice. */
function isFree(translation: FlowTranslation, tag: string, words: string, choice: DraftChoice, shown: readonly Shown[]): boolean {
  const heard = hear(translation, tag, words, shown);
  return heard === null || heard.kind === 'nothing' || heard.kind === 'keyword' || (heard.kind === 'reply' && heard.value === choice.id);
}

function hear(
  { understand }: FlowTranslation,
  tag: string,
  words: string,
  shown: readonly Shown[],
): ReturnType<NonNullable<FlowTranslation['understand']>> | null {
  if (understand === null) return null;
  const choices: Choice[] = shown.map(({ choice, label }) => ({ id: choice.id, label: { literal: label } }));
  return understand({ text: words }, { kind: 'choice', choices }, tag);
}

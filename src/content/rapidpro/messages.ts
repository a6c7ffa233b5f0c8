// What is said: a message of RapidPro as texts and `say` steps. Called by build-flow.ts, and by ask.ts for the words of a question.
// The languages of a text must fill in the same values; a translation that does not is left out and told.
import { fillIn, type Filled } from './fill-in.ts';
import { slugOfText } from './names.ts';
import type { DraftStep } from './raw-step.ts';
import { splitTexts } from './split-text.ts';
import { noteUnset, translatedInto, type FlowTranslation, type Message } from './translation.ts';

/** Texts of one key in all languages, with the values that they fill in. */
export interface Wording {
  texts: Record<string, string>;
  params: Record<string, string>;
}

/** The `say` steps of a message; none where nothing remains of its text. */
export function sayMessage(translation: FlowTranslation, message: Message): DraftStep[] {
  const wording = wordingOf(translation, message, message.texts);
  if (wording === null) {
    translation.notes.add(message.node, 'text_left_out');
    return [];
  }
  return sayWording(translation, message, wording, `say ${JSON.stringify(wording.texts)}`);
}

/** The words of a text in all languages; null where nothing remains in the flow's own. */
export function wordingOf(translation: FlowTranslation, message: Message, texts: Readonly<Record<string, string>>): Wording | null {
  const { base, notes, answers } = translation;
  const names = new Map<string, string>();
  const source = fillIn(texts[base] ?? '', answers, names);
  noteLost(translation, message.node, source);
  noteUnset(translation, message.node);
  if (source.text.trim() === '') return null;
  const wording: Wording = { texts: { [base]: source.text }, params: source.params };
  for (const tag of translatedInto(translation)) {
    const template = texts[tag];
    if (template === undefined) {
      notes.add(message.node, 'translation_missing', tag);
      continue;
    }
    const filled = fillIn(template, answers, names);
    if (filled.text.trim() !== '' && sameValues(filled, source)) wording.texts[tag] = filled.text;
    else notes.add(message.node, 'translation_differs', tag);
  }
  return wording;
}

function noteLost({ notes }: FlowTranslation, node: string, { lost }: Filled): void {
  for (const { code, source } of lost) notes.add(node, code, `@(${source})`);
}

function sameValues(a: Filled, b: Filled): boolean {
  return Object.keys(a.params).toSorted().join(' ') === Object.keys(b.params).toSorted().join(' ');
}

/**
 * The `say` steps of a wording, in parts where it is long.
 * @param use tells apart what the same message is used for; each use has keys of its own
 */
export function sayWording(translation: FlowTranslation, message: Message, wording: Wording, use: string): DraftStep[] {
  const split = splitTexts(wording.texts);
  if (split === null) translation.notes.add(message.node, 'text_long');
  const parts = split ?? Object.fromEntries(Object.entries(wording.texts).map(([tag, text]) => [tag, [text]]));
  const count = parts[translation.base]?.length ?? 0;
  if (count > 1) translation.notes.add(message.node, 'text_split', `${count} parts`);
  const keys = keysFor(translation, use, parts[translation.base] ?? []);
  return keys.map((key, index) => {
    for (const [tag, pieces] of Object.entries(parts)) translation.texts.put(key, tag, pieces[index] ?? '');
    return { step: { say: key, ...paramsFor(parts[translation.base]?.[index] ?? '', wording.params) }, nodes: [message.node], wish: key };
  });
}

/** The values that a text really fills in. */
export function paramsFor(text: string, params: Readonly<Record<string, string>>): { params?: Record<string, string> } {
  const used = Object.entries(params).filter(([name]) => text.includes(`{{${name}}}`));
  return used.length === 0 ? {} : { params: Object.fromEntries(used) };
}

/** Keys for texts by their first words; the same ones each time that the message is used alike. */
function keysFor(translation: FlowTranslation, use: string, texts: readonly string[]): string[] {
  const known = translation.keysOf.get(use);
  if (known !== undefined) return known;
  const keys = texts.map((text) => translation.textKeys.take(slugOfText(text) || 'text'));
  translation.keysOf.set(use, keys);
  return keys;
}

// What the parts that translate one flow share: the flow, its names, its texts, its answers, its notes.
// Made by read-rapidpro.ts for each flow, twice (see answers.ts). Types and small look-ups only.
import type { Understand } from '../../language/understand.ts';
import type { Answers } from './answers.ts';
import type { RapidAction, RapidFlow } from './export-schema.ts';
import type { NameGiver } from './names.ts';
import type { Notes } from './report.ts';
import type { TextBook } from './text-book.ts';

export interface FlowTranslation {
  flow: RapidFlow;
  /** Our tag of the flow's own language. */
  base: string;
  /** ISO 639-3 → our tag. */
  languages: Record<string, string>;
  answers: Answers;
  notes: Notes;
  texts: TextBook;
  textKeys: NameGiver;
  /** Keys that a message has got, by the message and what it is used for. */
  keysOf: Map<string, string[]>;
  /** Flow of RapidPro → flow of ours; null for one that could not be taken over. */
  flowIds: ReadonlyMap<string, string | null>;
  /** Results that become a person's name later. */
  nameResults: ReadonlySet<string>;
  /** How the hotline understands words, so that labels can be tried. */
  understand: Understand | null;
}

/** A message as RapidPro has it, in all languages that we have. Still with its expressions. */
export interface Message {
  uuid: string;
  node: string;
  texts: Record<string, string>;
  quickReplies: Record<string, string[]>;
}

/** Translations of one property of something, by our tags. */
export function localized({ flow, languages, base }: FlowTranslation, uuid: string, property: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [code, items] of Object.entries(flow.localization)) {
    const tag = languages[code];
    const words: unknown = items[uuid]?.[property];
    if (tag === undefined || tag === base || !Array.isArray(words)) continue;
    found[tag] = words.map((word: unknown) => (typeof word === 'string' ? word : ''));
  }
  return found;
}

/** The languages that the flow is translated into, besides its own. */
export function translatedInto({ flow, languages, base }: FlowTranslation): string[] {
  const tags = Object.keys(flow.localization).flatMap((code) => languages[code] ?? []);
  return [...new Set(tags)].filter((tag) => tag !== base);
}

/** The message of an action. */
export function messageOf(translation: FlowTranslation, node: string, action: RapidAction): Message {
  const texts = Object.entries(localized(translation, action.uuid, 'text')).map(([tag, words]) => [tag, words[0] ?? ''] as const);
  const replies = localized(translation, action.uuid, 'quick_replies');
  return {
    uuid: action.uuid || `${node} ${action.text}`,
    node,
    texts: { ...Object.fromEntries(texts.filter(([, text]) => text.trim() !== '')), [translation.base]: action.text },
    quickReplies: { ...replies, [translation.base]: action.quick_replies.map((reply) => reply.trim()).filter((reply) => reply !== '') },
  };
}

/** Tells of values that a node reads and no step of the flow keeps. */
export function noteUnset({ answers, notes }: FlowTranslation, node: string): void {
  for (const ref of answers.takeUnset()) notes.add(node, 'value_from_elsewhere', ref.replace(':', '.'));
}

// The list of languages, each by its own name: at the beginning, and for the command LANGUAGE at every step.
import type { Choice } from '../../domain/text.ts';
import { emit, isInEntryFlow, isUnbegun, say } from '../turn.ts';
import type { Turn } from '../program.ts';
import { openDialogue } from '../waits.ts';
import type { Dialogue } from './dialogue.ts';

/** Languages as choices in their own scripts. */
export function languageChoices(turn: Turn): Choice[] {
  return turn.env.languages.map(({ tag, name }) => ({ id: tag, label: { literal: name } }));
}

/** Shows the list. */
export function askLanguage(turn: Turn): void {
  say(turn, 'system:language_list', languageChoices(turn));
  openDialogue(turn, 'language', 'pick');
}

/** Makes a language the person's choice. */
export function chooseLanguage(turn: Turn, tag: string): void {
  turn.session.language = tag;
  turn.session.languageChosen = true;
  emit(turn, { type: 'language_set', language: tag, chosen: true });
}

/** The reply to the list: everything goes on in that language, from the same step; the welcome begins again. */
export const language: Dialogue = {
  name: 'language',
  anyOwner: false,
  expectation: () => ({ kind: 'language' }),
  reply(turn, value) {
    const known = turn.env.languages.find(({ tag }) => tag === value);
    if (!known) return null;
    const first = turn.session.language === null;
    chooseLanguage(turn, known.tag);
    turn.session.misses = 0;
    if (!first && !isUnbegun(turn.session)) say(turn, { key: 'system:language_switched', params: { name: known.name } });
    // What this line is and is not must be told in a language that the person reads.
    return isInEntryFlow(turn) ? { go: 'goto', flow: turn.program.entryFlow } : { go: 'repeat' };
  },
};

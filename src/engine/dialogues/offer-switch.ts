// "Shall I write in …?" when a message is clearly in another language. The message is held and read afterwards.
import { say } from '../turn.ts';
import type { Turn } from '../program.ts';
import { openDialogue } from '../waits.ts';
import { readYesNo, YES_NO, type Dialogue } from './dialogue.ts';
import { chooseLanguage } from './language.ts';

/** Offers the switch and holds the message. */
export function offerSwitch(turn: Turn, language: string, text: string): void {
  const name = turn.env.languages.find(({ tag }) => tag === language)?.name ?? language;
  say(turn, { key: 'system:offer_switch', params: { name } }, YES_NO);
  openDialogue(turn, 'offer_switch', 'confirm', { language, text });
}

/** The reply to the offer. */
export const offerSwitchDialogue: Dialogue = {
  name: 'offer_switch',
  anyOwner: false,
  expectation: () => ({ kind: 'choice', choices: YES_NO }),
  reply(turn, value, data) {
    const yes = readYesNo(value);
    if (yes === null) return null;
    const offered = String(data['language']);
    const text = String(data['text']);
    if (yes) chooseLanguage(turn, offered);
    else turn.session.switchDeclined = offered;
    return { go: 'read', text };
  },
};

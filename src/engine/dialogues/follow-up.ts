// May we ask later whether you got the service? And, days later and only with that consent, the question itself.
import type { Prompt, PromptAnswer } from '../../domain/prompt.ts';
import type { Turn } from '../program.ts';
import { say } from '../turn.ts';
import { openDialogue } from '../waits.ts';
import { answerPrompt } from './after-prompt.ts';
import { readYesNo, YES_NO, type Dialogue } from './dialogue.ts';

const CONSENT = 'system:follow_up_consent';
const ANSWERS = ['yes', 'refused', 'not_gone', 'not_said'] as const satisfies Extract<PromptAnswer, { name: 'follow_up' }>['got'][];
const CHOICES = ANSWERS.map((id) => ({ id, label: { key: `system:follow_up.${id}` } }));

/** Asks whether we may ask in so many days. */
export function askFollowUpConsent(turn: Turn, about: string, days: number): void {
  say(turn, { key: CONSENT, params: { days } }, YES_NO, 'system');
  openDialogue(turn, 'follow_up_consent', 'confirm', { about, days });
}

/** The consent. */
export const followUpConsent: Dialogue = {
  name: 'follow_up_consent',
  anyOwner: true,
  lasting: true,
  expectation: () => ({ kind: 'choice', choices: YES_NO }),
  reply(turn, value, data) {
    const given = readYesNo(value);
    if (given === null) return null;
    const answer = {
      name: 'follow_up_consent' as const,
      about: String(data['about']),
      given,
      days: Number(data['days']),
      textKey: CONSENT,
    };
    return answerPrompt(turn, answer, given ? 'system:follow_up_agreed' : 'system:thanks');
  },
};

/** Asks how it went. */
export function askFollowUp(turn: Turn, { about }: Extract<Prompt, { name: 'follow_up' }>): void {
  say(turn, 'system:follow_up', CHOICES, 'system');
  openDialogue(turn, 'follow_up', 'confirm', { about });
}

/** How it went. */
export const followUp: Dialogue = {
  name: 'follow_up',
  anyOwner: true,
  lasting: true,
  expectation: () => ({ kind: 'choice', choices: CHOICES }),
  reply(turn, value, data) {
    const got = ANSWERS.find((answer) => answer === value);
    if (got === undefined) return null;
    const text = got === 'refused' ? 'system:follow_up_again' : 'system:thanks';
    return answerPrompt(turn, { name: 'follow_up', about: String(data['about']), got }, text);
  },
};

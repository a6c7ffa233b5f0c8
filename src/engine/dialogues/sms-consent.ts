// May we write by SMS where WhatsApp does not let us? Asked when a caseworker wishes it, while the person still writes there.
import type { Turn } from '../program.ts';
import { emit, say } from '../turn.ts';
import { openDialogue } from '../waits.ts';
import { readYesNo, YES_NO, type Dialogue } from './dialogue.ts';

const QUESTION = 'system:sms_ask';

/** Asks. */
export function askSms(turn: Turn): void {
  say(turn, QUESTION, YES_NO, 'system');
  openDialogue(turn, 'sms_consent', 'confirm', { askedAt: turn.env.now });
}

/** The answer. */
export const smsConsent: Dialogue = {
  name: 'sms_consent',
  anyOwner: true,
  lasting: true,
  strict: true,
  expectation: () => ({ kind: 'choice', choices: YES_NO, clearly: true }),
  reply(turn, value) {
    const given = readYesNo(value);
    if (given === null) return null;
    emit(turn, { type: 'consent_recorded', purpose: 'sms', given, textKey: QUESTION });
    say(turn, given ? 'system:sms_agreed' : 'system:sms_declined', undefined, 'system');
    const { owner } = turn.env;
    return turn.session.wait !== null && (owner === 'flow' || owner === 'closed') ? { go: 'repeat' } : { go: 'done' };
  },
};

// A turn without a message of the person: people's work says something and asks something. Called by engine.ts.
// What the flow asked before is still waiting beneath; everything said here outlives a change of owner.
import { DIALOGUES } from './dialogues/index.ts';
import { askFollowUp } from './dialogues/follow-up.ts';
import { askRating } from './dialogues/rating.ts';
import { askReferralConsent } from './dialogues/referral-consent.ts';
import { forgetIfOver } from './dialogues/resume.ts';
import { askSatisfied } from './dialogues/satisfied.ts';
import { askSms } from './dialogues/sms-consent.ts';
import type { TurnInput } from './env.ts';
import type { Turn } from './program.ts';
import { emit } from './turn.ts';
import { closeDialogue, dialogueOf } from './waits.ts';

/** Says the lines, then asks. With neither, staff have written: what was asked before must not take the answer to them. */
export function ask(turn: Turn, { lines, prompt }: Extract<TurnInput, { kind: 'prompt' }>): void {
  forgetIfOver(turn);
  turn.system = true;
  if (DIALOGUES.get(dialogueOf(turn.session) ?? '')?.strict) closeDialogue(turn);
  for (const line of lines) emit(turn, { type: 'say', kind: 'system', line });
  switch (prompt?.name) {
    case 'referral_consent':
      return askReferralConsent(turn, prompt);
    case 'rating':
      return askRating(turn, prompt);
    case 'follow_up':
      return askFollowUp(turn, prompt);
    case 'sms_consent':
      return askSms(turn);
    case 'satisfied':
      return askSatisfied(turn, prompt);
    case undefined:
  }
}

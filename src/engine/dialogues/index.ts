// All dialogues of the program itself. A new one is one file here and one line below.
import { callback } from './callback.ts';
import { deleteDialogue } from './delete.ts';
import type { Dialogue } from './dialogue.ts';
import { emergency } from './emergency.ts';
import { followUp, followUpConsent } from './follow-up.ts';
import { helped } from './helped.ts';
import { language } from './language.ts';
import { offer } from './offer.ts';
import { offerSwitchDialogue } from './offer-switch.ts';
import { pickAnswer } from './pick-answer.ts';
import { rating } from './rating.ts';
import { referralConsent } from './referral-consent.ts';
import { resume } from './resume.ts';
import { satisfied } from './satisfied.ts';
import { smsConsent } from './sms-consent.ts';
import { status } from './status.ts';
import { which } from './which.ts';

/** Every dialogue by its name. */
export const DIALOGUES: ReadonlyMap<string, Dialogue> = new Map(
  [
    callback,
    deleteDialogue,
    emergency,
    followUp,
    followUpConsent,
    helped,
    language,
    offer,
    offerSwitchDialogue,
    pickAnswer,
    rating,
    referralConsent,
    resume,
    satisfied,
    smsConsent,
    status,
    which,
  ].map((dialogue) => [dialogue.name, dialogue]),
);

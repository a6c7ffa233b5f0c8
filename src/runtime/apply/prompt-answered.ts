// A question of people's work was answered: consent to a referral, a rating, how it went, whether a complaint is settled.
// Called by apply.ts. What the answer is about may have changed hands meanwhile; then nothing of it counts any more.
import type { LogFields } from '../../domain/event.ts';
import type { PromptAnswer } from '../../domain/prompt.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { settleComplaint } from '../../store/complaint-desk.ts';
import { recordConsent } from '../../store/consents.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { answerConsent, endConsentQuestion, withdrawReferrals } from '../../store/referral-consents.ts';
import { addTimer } from '../../store/timers.ts';
import { newId } from '../../util/ids.ts';
import type { Outcome } from './outcome.ts';

const DAY_MS = 86_400_000;
type FollowUp = Extract<PromptAnswer, { name: 'follow_up' }>;

/** What the request log keeps of how it went. */
const HOW_IT_WENT: Record<FollowUp['got'], LogFields> = {
  yes: { outcome: 'answered', barrier: 'none' },
  refused: { outcome: 'denied', barrier: 'refused' },
  not_gone: { barrier: 'not_gone' },
  not_said: {},
};

/** Carries out one answer. */
export async function applyPromptAnswer(outcome: Outcome, answer: PromptAnswer): Promise<void> {
  const { tx, now, conversation, log } = outcome;
  switch (answer.name) {
    case 'referral_consent': {
      const { about, items, textKey } = answer;
      const { release, session } = outcome;
      const answered = { items, textKey, release: release.number, language: session.language ?? conversation.language, now };
      const referral = await answerConsent(tx, about, conversation.contactId, answered);
      if (!referral) return;
      const kind = items.length > 0 ? 'referral_agreed' : 'referral_refused';
      await addCaseEvent(tx, { caseId: referral.caseId, kind, toRef: referral.number, at: now });
      return noteDeskChange(tx, 'referrals', null);
    }
    case 'rating':
      log.rating = answer.rating;
      return;
    case 'follow_up_consent':
      return agreeToFollowUp(outcome, answer);
    case 'follow_up':
      Object.assign(log, HOW_IT_WENT[answer.got]);
      return;
    case 'satisfied': {
      const settled = await settleComplaint(tx, answer.about, conversation.contactId, answer.satisfied, now);
      if (settled) await noteDeskChange(tx, 'complaints', null);
      return;
    }
  }
}

async function agreeToFollowUp(outcome: Outcome, answer: Extract<PromptAnswer, { name: 'follow_up_consent' }>): Promise<void> {
  const { tx, now, conversation, release, session } = outcome;
  await recordConsent(tx, {
    id: newId(),
    contactId: conversation.contactId,
    purpose: 'follow_up',
    given: answer.given,
    textKey: answer.textKey,
    release: release.number,
    language: session.language,
    createdAt: now,
  });
  if (!answer.given) return;
  await addTimer(tx, {
    id: newId(),
    conversationId: conversation.id,
    kind: 'prompt',
    epoch: conversation.epoch,
    token: 0,
    dueAt: now + answer.days * DAY_MS,
    payload: JSON.stringify({ lines: [], prompt: { name: 'follow_up', about: answer.about } }),
  });
}

/** Consent was asked for and not answered: those who work on it see that. */
export async function applyUnanswered({ tx, now, conversation, erased }: Outcome, about: string): Promise<void> {
  if (erased) return;
  if (await endConsentQuestion(tx, about, conversation.contactId, now)) await noteDeskChange(tx, 'referrals', null);
}

/** The person takes back what they agreed to share: partners lose sight of it at once. */
export async function applyWithdrawal({ tx, now, conversation }: Outcome): Promise<void> {
  const withdrawn = await withdrawReferrals(tx, conversation.contactId, now);
  if (withdrawn.length === 0) return;
  for (const { caseId, number } of withdrawn) await addCaseEvent(tx, { caseId, kind: 'referral_withdrawn', toRef: number, at: now });
  await noteDeskChange(tx, 'referrals', null);
}

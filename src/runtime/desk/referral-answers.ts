// What the organisation that a referral was sent to does with it: accept or decline, and say whether the service was given.
// Called by referrals.ts with everything locked.
import { AppError } from '../../domain/errors.ts';
import type { ReferralRecord } from '../../domain/referral.ts';
import { dueAt } from '../../desk/priority.ts';
import { changeReferral, openWords } from '../../store/referrals.ts';
import { audit, must, tell, type Received } from './referral-act.ts';

/** Accepts or declines; declining needs a reason. */
export async function answerReferral(
  act: Received,
  { accept, reason }: { accept: boolean; reason: string | null },
): Promise<ReferralRecord> {
  const { tx, referral, now } = act;
  must(referral, ['sent', 'received'], 'It has an answer already, or was taken back.');
  if (!accept && (reason === null || reason === ''))
    throw new AppError('channel.bad_request', 'Say why it is declined, so that another way can be looked for.');
  const words = await openWords(tx, referral.id);
  const due = accept ? dueAt(referral.priority, now) : null;
  const change = { state: accept ? ('accepted' as const) : ('declined' as const), answeredAt: now, dueAt: due, remindedAt: null };
  const answered = await changeReferral(
    tx,
    referral,
    { ...change, receivedAt: referral.receivedAt ?? now },
    { ...words, declineReason: reason },
  );
  await tell(act, answered, 'referral_answered');
  await audit(act, 'referral.answer', answered, { accepted: accept });
  return answered;
}

/** Says whether the service was given. */
export async function reportReferral(
  act: Received,
  { given, barrier }: { given: boolean; barrier: string | null },
): Promise<ReferralRecord> {
  const { tx, referral } = act;
  must(referral, ['accepted'], 'Only an accepted referral can be reported on.');
  const words = await openWords(tx, referral.id);
  const change = { state: given ? ('service_given' as const) : ('service_not_given' as const), dueAt: null, remindedAt: null };
  const reported = await changeReferral(tx, referral, change, { ...words, barrier });
  await tell(act, reported, 'referral_answered');
  await audit(act, 'referral.report', reported, { given });
  return reported;
}

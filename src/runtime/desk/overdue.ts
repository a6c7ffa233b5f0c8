// Reminds the desk of referrals whose partner is late, and of complaints that wait: each once, whatever restarts.
// Closes complaints whose answer nobody has minded for long. Called by housekeeping. What is overdue is marked in the row that it belongs to, in the transaction that tells the desk.
import { addCaseEvent } from '../../store/case-events.ts';
import { claimOverdueComplaints, closeAnswered } from '../../store/complaint-desk.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { claimOverdueReferrals } from '../../store/referrals.ts';
import type { Services } from '../services.ts';

const BATCH = 50;
/** How long after its answer a complaint is closed, where neither its person nor whoever answered has done so. */
const ANSWERED_MS = 30 * 24 * 3_600_000;

/** Reminds of what has become overdue since the last look. @returns how many of each */
export async function remindOverdue({ store, clock, log }: Services): Promise<{ referrals: number; complaints: number }> {
  const counts = await store.transaction(async (tx) => {
    const now = clock();
    const referrals = await claimOverdueReferrals(tx, now, BATCH);
    for (const { caseId, number } of referrals) await addCaseEvent(tx, { caseId, kind: 'referral_overdue', toRef: number, at: now });
    const complaints = await claimOverdueComplaints(tx, now, BATCH);
    if (referrals.length > 0) await noteDeskChange(tx, 'referrals', null);
    if (complaints.length > 0) await noteDeskChange(tx, 'complaints', null);
    return { referrals: referrals.length, complaints: complaints.length };
  });
  if (counts.referrals + counts.complaints > 0) log.warn(counts, 'Referrals or complaints are overdue; the desk was reminded.');
  return counts;
}

/** Closes complaints that were answered long ago: only what is closed is removed in the end. @returns how many */
export function closeAnsweredComplaints({ store, clock }: Services): Promise<number> {
  return store.transaction(async (tx) => {
    const count = await closeAnswered(tx, clock() - ANSWERED_MS, clock(), BATCH);
    if (count > 0) await noteDeskChange(tx, 'complaints', null);
    return count;
  });
}

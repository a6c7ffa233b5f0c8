// Consents to referrals: one row a question, for exactly these items and this organisation. A trigger compares them with what is sent.
// Written when staff ask, when the person answers, and when consent is taken back; see runtime/desk/referrals.ts and runtime/apply.
import type { DisclosedItem } from '../domain/disclosable.ts';
import { CHANGEABLE, type ReferralRecord } from '../domain/referral.ts';
import { newId } from '../util/ids.ts';
import type { ReferralConsentTable } from './desk-schema.ts';
import { changeReferral, loadReferral, openWords, toRecord } from './referrals.ts';
import type { Reader, Tx } from './tx.ts';

/** The newest question about a referral, and what became of it. */
export interface ReferralConsent {
  askedAt: number;
  answeredAt: number | null;
  given: boolean | null;
  language: string | null;
  withdrawnAt: number | null;
}

/** Notes that the person is asked; an earlier question about the same referral counts no more. */
export async function addConsentQuestion(
  tx: Tx,
  referral: ReferralRecord,
  asked: { textKey: string; release: number; language: string | null; now: number },
): Promise<void> {
  await voidConsents(tx, referral.id, asked.now);
  await tx.db
    .insertInto('referral_consents')
    .values({
      id: newId(),
      referral_id: referral.id,
      contact_id: referral.contactId,
      organisation_id: referral.toOrganisationId,
      items: toItems(referral.items),
      given: null,
      text_key: asked.textKey,
      release: asked.release,
      language: asked.language,
      asked_at: asked.now,
      answered_at: null,
      withdrawn_at: null,
    })
    .execute();
}

/** Consents of a referral count no more: it was changed, or the person is asked again. */
export async function voidConsents(tx: Tx, referralId: string, now: number): Promise<void> {
  await tx.db
    .updateTable('referral_consents')
    .set({ withdrawn_at: now })
    .where('referral_id', '=', referralId)
    .where('withdrawn_at', 'is', null)
    .execute();
}

/**
 * Records the person's answer to the question that is open. The referral then holds the agreed items alone.
 * @returns null when that question is not open any more, or is another person's
 */
export async function answerConsent(
  tx: Tx,
  referralId: string,
  contactId: string,
  answer: { items: string[]; textKey: string; release: number; language: string | null; now: number },
): Promise<ReferralRecord | null> {
  const referral = await loadReferral(tx, referralId, true);
  if (referral?.contactId !== contactId || referral.state !== 'asked') return null;
  const items = referral.items.filter((item) => answer.items.includes(item));
  const open = await newestConsent(tx, referralId);
  if (!open || open.answered_at !== null || open.withdrawn_at !== null) return null;
  await tx.db
    .updateTable('referral_consents')
    .set({
      given: items.length > 0 ? 1 : 0,
      items: toItems(items.length > 0 ? items : referral.items),
      text_key: answer.textKey,
      release: answer.release,
      language: answer.language,
      answered_at: answer.now,
    })
    .where('id', '=', open.id)
    .execute();
  if (items.length === 0) return changeReferral(tx, referral, { state: 'refused' });
  const words = await openWords(tx, referralId);
  const values = Object.fromEntries(Object.entries(words.values).filter(([item]) => items.includes(item as DisclosedItem)));
  return changeReferral(tx, referral, { state: 'consented', items }, { ...words, values });
}

/**
 * The question was not answered, and no later word of the person can be meant for it: it counts no more, and may be asked again.
 * @returns whether it was open
 */
export async function endConsentQuestion(tx: Tx, referralId: string, contactId: string, now: number): Promise<boolean> {
  const referral = await loadReferral(tx, referralId, true);
  if (referral?.contactId !== contactId || referral.state !== 'asked') return false;
  await voidConsents(tx, referralId, now);
  await changeReferral(tx, referral, { state: 'draft' });
  return true;
}

/**
 * The person takes back what they agreed to share: every referral of theirs that is not over ends, and its words go.
 * @returns those that ended
 */
export async function withdrawReferrals(tx: Tx, contactId: string, now: number): Promise<ReferralRecord[]> {
  const rows = await tx.db
    .selectFrom('referrals')
    .selectAll()
    .where('contact_id', '=', contactId)
    .where('closed_at', 'is', null)
    .where('state', 'not in', ['draft', 'refused'])
    .orderBy('id')
    .$if(tx.dialect === 'postgres', (query) => query.forNoKeyUpdate())
    .execute();
  const withdrawn: ReferralRecord[] = [];
  for (const before of rows.map(toRecord)) {
    await voidConsents(tx, before.id, now);
    // What nobody outside has seen can be asked for again; what was given away is over.
    const asDraft = CHANGEABLE.includes(before.state);
    const change = asDraft
      ? { state: 'refused' as const }
      : { state: 'withdrawn' as const, outcome: before.state, closedAt: now, dueAt: null };
    withdrawn.push(await changeReferral(tx, before, change, asDraft ? undefined : null));
  }
  return withdrawn;
}

/** The newest question about each of these referrals. */
export async function consentsOf(reader: Reader, referralIds: string[]): Promise<Map<string, ReferralConsent>> {
  if (referralIds.length === 0) return new Map();
  const rows = await reader.db
    .selectFrom('referral_consents')
    .selectAll()
    .where('referral_id', 'in', referralIds)
    .orderBy('asked_at')
    .execute();
  return new Map(
    rows.map((row) => [
      row.referral_id,
      {
        askedAt: row.asked_at,
        answeredAt: row.answered_at,
        given: row.given === null ? null : row.given === 1,
        language: row.language,
        withdrawnAt: row.withdrawn_at,
      },
    ]),
  );
}

async function newestConsent(reader: Reader, referralId: string): Promise<ReferralConsentTable | undefined> {
  return reader.db
    .selectFrom('referral_consents')
    .selectAll()
    .where('referral_id', '=', referralId)
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** As the trigger compares them. */
function toItems(items: readonly string[]): string {
  return JSON.stringify([...items].sort());
}

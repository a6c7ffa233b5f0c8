// What every action on a referral stands on: its locks, who may see it, and telling desk and audit log of it.
// Used by referrals.ts and referral-answers.ts.
import { AppError } from '../../domain/errors.ts';
import type { ReferralRecord, ReferralState } from '../../domain/referral.ts';
import type { Actor } from '../../domain/staff.ts';
import { appendAudit, type AuditDetail } from '../../store/audit.ts';
import { addCaseEvent, type CaseEventKind } from '../../store/case-events.ts';
import { loadCase } from '../../store/cases.ts';
import { lockConversation } from '../../store/conversations.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { loadOrganisation, type Organisation } from '../../store/organisations.ts';
import type { CaseRecord, Conversation } from '../../store/records.ts';
import { findReferral, loadReferral, type ReferralBox } from '../../store/referrals.ts';
import type { Tx } from '../../store/store.ts';
import type { AfterCommit, Services } from '../services.ts';

/** One action under way. */
export interface Act {
  tx: Tx;
  actor: Actor;
  now: number;
  services: Services;
  after: AfterCommit;
}
/** By the desk that refers. */
export type Own = Act & { referral: ReferralRecord; record: CaseRecord; conversation: Conversation | null };
/** By the organisation that it was sent to. */
export type Received = Act & { referral: ReferralRecord };

/** Conversation first, then the referral: the order in which turns take them. */
export async function lockOwn(act: Act, id: string): Promise<Pick<Own, 'referral' | 'record' | 'conversation'>> {
  const { tx, actor } = act;
  const seen = await findReferral(tx, actor, 'sent', id);
  const record = seen && (await loadCase(tx, seen.caseId));
  if (!record) throw gone('referral');
  const conversation = await lockConversation(tx, record.conversationId);
  return { referral: await lockReferral(act, 'sent', id), record, conversation };
}

/** The referral, locked, if it is the actor's to see. @throws AppError store.not_found */
export async function lockReferral({ tx, actor }: Act, box: ReferralBox, id: string): Promise<ReferralRecord> {
  const referral = (await findReferral(tx, actor, box, id)) && (await loadReferral(tx, id, true));
  if (!referral) throw gone('referral');
  return referral;
}

/** An organisation that takes referrals. @throws AppError channel.bad_request */
export async function partnerOf({ tx, actor }: Act, id: string): Promise<Organisation> {
  const organisation = await loadOrganisation(tx, id);
  if (!organisation?.active || organisation.id === actor.organisationId)
    throw new AppError('channel.bad_request', 'There is no such partner organisation, or it takes no referrals now.');
  return organisation;
}

/** @throws AppError desk.refused where the referral is in another state. */
export function must(referral: ReferralRecord, states: readonly ReferralState[], reason: string): void {
  if (!states.includes(referral.state)) throw new AppError('desk.refused', reason);
}

/** Tells the desk: an event of the case, and both boxes. */
export async function tell({ tx, actor, now }: Act, referral: ReferralRecord, kind: CaseEventKind): Promise<void> {
  const staffId = actor.organisationId === referral.fromOrganisationId ? actor.id : null;
  await addCaseEvent(tx, { caseId: referral.caseId, kind, staffId, toRef: referral.number, at: now });
  await noteDeskChange(tx, 'referrals', null);
}

/** Writes down who did it. Last in a transaction. */
export async function audit({ tx, actor, now }: Act, action: string, { id, number }: ReferralRecord, detail: AuditDetail): Promise<void> {
  await appendAudit(tx, { at: now, actor: actor.id, action, target: id, detail: { number, ...detail } });
}

/** What does not exist, or is not the actor's to see. */
export function gone(what: string): AppError {
  return new AppError('store.not_found', `There is no such ${what}, or it is not yours to see.`);
}

// What staff and partners can do with a referral, from whichever surface. Made by the service, called by http/api/referrals.ts.
// Each action is one transaction that locks conversation and referral, is audited, and is told to the desk.
// Sending without consent is refused here with a sentence, and by a trigger of the database whatever this program does.
import type { DisclosedItem } from '../../domain/disclosable.ts';
import type { Priority } from '../../domain/conversation.ts';
import { AppError } from '../../domain/errors.ts';
import { AWAITED, CHANGEABLE, type Disclosed, type ReferralRecord, type ReferralWords } from '../../domain/referral.ts';
import type { Actor } from '../../domain/staff.ts';
import { maySeeCase } from '../../desk/access.ts';
import { dueAt } from '../../desk/priority.ts';
import { loadCase } from '../../store/cases.ts';
import { lockConversation } from '../../store/conversations.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { loadOrganisation } from '../../store/organisations.ts';
import { addConsentQuestion, consentsOf, voidConsents } from '../../store/referral-consents.ts';
import { addReferral, changeReferral, findReferral } from '../../store/referrals.ts';
import { currentEpisode, saveEpisode } from '../../store/request-log.ts';
import { newRowId } from '../../store/row-id.ts';
import { newReferralNumber } from '../../util/ids.ts';
import { nothingYet, type AfterCommit, type Services } from '../services.ts';
import { runPrompt } from '../turn.ts';
import { askOrKeep } from './prompts.ts';
import { reachOf } from './reach.ts';
import { audit, gone, lockOwn, lockReferral, must, partnerOf, tell, type Act, type Own, type Received } from './referral-act.ts';
import { answerReferral, reportReferral } from './referral-answers.ts';
import { fillValues } from './referral-values.ts';

export interface ReferralDraft {
  toOrganisationId: string;
  service: string | null;
  priority: Priority;
  services: string[];
  items: DisclosedItem[];
  values: Disclosed;
  reason: string | null;
}

/** All throw AppError: store.not_found, desk.closed, desk.refused, channel.bad_request, each saying what to do. */
export interface ReferralActions {
  /** Reads one; the partner's first read marks it received. */
  read(actor: Actor, id: string): Promise<string>;
  draft(actor: Actor, caseId: string, draft: ReferralDraft): Promise<string>;
  /** Another organisation or other items need a new consent. */
  change(actor: Actor, id: string, draft: ReferralDraft): Promise<string>;
  /** Asks the person in the chat. */
  ask(actor: Actor, id: string): Promise<string>;
  send(actor: Actor, id: string): Promise<string>;
  answer(actor: Actor, id: string, answer: { accept: boolean; reason: string | null }): Promise<string>;
  report(actor: Actor, id: string, report: { given: boolean; barrier: string | null }): Promise<string>;
  close(actor: Actor, id: string, tellPerson: boolean): Promise<string>;
}

const CONSENT_TEXT = 'system:referral_consent';

/** @param afterCommit called after each commit with what is to be done outside the database */
export function createReferralActions(services: Services, afterCommit: (after: AfterCommit) => void): ReferralActions {
  async function act(actor: Actor, work: (act: Act) => Promise<ReferralRecord>): Promise<string> {
    const after = nothingYet();
    const { id } = await services.store.transaction((tx) => work({ tx, actor, now: services.clock(), services, after }));
    afterCommit(after);
    return id;
  }
  const own = (actor: Actor, id: string, work: (act: Own) => Promise<ReferralRecord>) =>
    act(actor, async (given) => work({ ...given, ...(await lockOwn(given, id)) }));
  const received = (actor: Actor, id: string, work: (act: Received) => Promise<ReferralRecord>) =>
    act(actor, async (given) => work({ ...given, referral: await lockReferral(given, 'received', id) }));

  return {
    read: (actor, id) => act(actor, (given) => read(given, id)),
    draft: (actor, caseId, draft) => act(actor, (given) => draftReferral(given, caseId, draft)),
    change: (actor, id, draft) => own(actor, id, (given) => change(given, draft)),
    ask: (actor, id) => own(actor, id, ask),
    send: (actor, id) => own(actor, id, send),
    answer: (actor, id, answer) => received(actor, id, (given) => answerReferral(given, answer)),
    report: (actor, id, report) => received(actor, id, (given) => reportReferral(given, report)),
    close: (actor, id, tellPerson) => own(actor, id, (given) => close(given, tellPerson)),
  };
}

async function read(act: Act, id: string): Promise<ReferralRecord> {
  const mine = await findReferral(act.tx, act.actor, 'sent', id);
  const referral = mine ?? (await lockReferral(act, 'received', id));
  const first = mine === null && referral.state === 'sent';
  const now = first ? await changeReferral(act.tx, referral, { state: 'received', receivedAt: act.now }) : referral;
  if (first) await tell(act, now, 'referral_answered');
  await audit(act, 'referral.read', now, { side: mine ? 'sent' : 'received' });
  return now;
}

async function draftReferral(act: Act, caseId: string, draft: ReferralDraft): Promise<ReferralRecord> {
  const { tx, actor, now } = act;
  const record = await loadCase(tx, caseId);
  if (!record || !maySeeCase(actor, record)) throw gone('case');
  if (record.status === 'closed') throw new AppError('desk.closed', 'This case is closed. It opens again when the person writes.');
  const conversation = await lockConversation(tx, record.conversationId);
  if (!conversation) throw gone('case');
  await partnerOf(act, draft.toOrganisationId);
  const values = await fillValues(tx, { record, conversation, items: draft.items, given: draft.values });
  const referral = await addReferral(
    tx,
    {
      id: newRowId(now),
      caseId,
      contactId: conversation.contactId,
      fromOrganisationId: actor.organisationId,
      fromDeskId: record.deskId,
      ...asked(draft),
      private: record.private,
      state: 'draft',
      outcome: null,
      createdBy: actor.id,
      createdAt: now,
      sentAt: null,
      receivedAt: null,
      answeredAt: null,
      dueAt: null,
      remindedAt: null,
      closedAt: null,
    },
    newReferralNumber,
    (number) => ({ values: values(number), reason: draft.reason, declineReason: null, barrier: null }),
  );
  await noteDeskChange(tx, 'referrals', null);
  await audit(act, 'referral.draft', referral, { items: referral.items.join(' '), to: referral.toOrganisationId });
  return referral;
}

async function change(act: Own, draft: ReferralDraft): Promise<ReferralRecord> {
  const { tx, referral, record, conversation, now } = act;
  must(referral, CHANGEABLE, 'It was sent already, and cannot be changed. Draft another one.');
  if (!conversation) throw gone('person');
  await partnerOf(act, draft.toOrganisationId);
  const values = await fillValues(tx, {
    record: { ...record, private: record.private || referral.private },
    conversation,
    items: draft.items,
    given: draft.values,
  });
  const next = asked(draft);
  const other = next.toOrganisationId !== referral.toOrganisationId || next.items.join() !== referral.items.join();
  if (other) await voidConsents(tx, referral.id, now);
  const words: ReferralWords = { values: values(referral.number), reason: draft.reason, declineReason: null, barrier: null };
  const changed = await changeReferral(tx, referral, { ...next, ...(other ? { state: 'draft' as const } : {}) }, words);
  await noteDeskChange(tx, 'referrals', null);
  await audit(act, 'referral.change', changed, { items: changed.items.join(' '), to: changed.toOrganisationId, consent_needed: other });
  return changed;
}

async function ask(act: Own): Promise<ReferralRecord> {
  const { tx, referral, conversation, services, after, now } = act;
  must(referral, ['draft', 'asked', 'refused'], 'The person has answered already. Change items or organisation to ask anew.');
  const to = await partnerOf(act, referral.toOrganisationId);
  if (!conversation) throw gone('person');
  const { state } = await reachOf(tx, conversation, services, now);
  if (state !== 'open') throw new AppError('desk.refused', NOT_NOW[state]);
  const release = services.releases.current().number;
  await addConsentQuestion(tx, referral, { textKey: CONSENT_TEXT, release, language: conversation.language, now });
  const changed = await changeReferral(tx, referral, { state: 'asked' });
  const prompt = { name: 'referral_consent' as const, about: referral.id, organisation: to.name, items: referral.items };
  await runPrompt(tx, conversation.id, { lines: [], prompt }, services, after);
  await tell(act, changed, 'referral_asked');
  await audit(act, 'referral.ask', changed, { items: changed.items.join(' '), to: changed.toOrganisationId });
  return changed;
}

const NOT_NOW = {
  stopped: 'The person has stopped the line or deleted their data. Nobody can be asked.',
  off: 'The channel that the person writes on is switched off. Nobody can be asked.',
  template: 'WhatsApp takes no question more than 24 hours after the person wrote. Ask when they write again.',
};

async function send(act: Own): Promise<ReferralRecord> {
  const { tx, referral, record, now, conversation } = act;
  const consent = (await consentsOf(tx, [referral.id])).get(referral.id);
  if (referral.state !== 'consented' || consent?.given !== true || consent.withdrawnAt !== null)
    throw new AppError('desk.refused', 'The person has not agreed to this. Ask them first: nothing is sent without their consent.');
  if (record.private && !referral.private)
    throw new AppError(
      'desk.refused',
      'The case has become private meanwhile. Draft another referral, with what may be told of such a case.',
    );
  await partnerOf(act, referral.toOrganisationId);
  const sent = await changeReferral(tx, referral, { state: 'sent', sentAt: now, dueAt: dueAt(referral.priority, now) });
  const episode = conversation && (await currentEpisode(tx, conversation.id));
  if (episode) await saveEpisode(tx, { ...episode, outcome: 'referred' });
  await tell(act, sent, 'referral_sent');
  await audit(act, 'referral.send', sent, { items: sent.items.join(' '), to: sent.toOrganisationId });
  return sent;
}

async function close(act: Own, tellPerson: boolean): Promise<ReferralRecord> {
  const { tx, referral, record, conversation, services, after, now } = act;
  if (referral.closedAt !== null) throw new AppError('desk.closed', 'This referral is closed already.');
  const isSent = referral.sentAt !== null;
  if (tellPerson && isSent && (record.private || referral.private))
    throw new AppError('desk.refused', 'This case is private: tell the person yourself, when it is safe for them.');
  const closed = await changeReferral(tx, referral, { state: 'closed', outcome: referral.state, closedAt: now, dueAt: null });
  const organisation = (await loadOrganisation(tx, referral.toOrganisationId))?.name ?? '';
  if (tellPerson && isSent && conversation) {
    const outcome = referral.state === 'sent' || referral.state === 'received' ? 'no_answer' : referral.state;
    const line = { text: { key: `system:referral_outcome.${outcome}`, params: { organisation } } };
    await askOrKeep(tx, conversation.id, { lines: [line], prompt: null }, services, after);
  }
  await tell(act, closed, 'referral_closed');
  await audit(act, 'referral.close', closed, { outcome: referral.state, told: tellPerson && isSent && conversation !== null });
  return closed;
}

function asked(draft: ReferralDraft): Pick<ReferralRecord, 'toOrganisationId' | 'service' | 'services' | 'items' | 'priority'> {
  const { toOrganisationId, service, priority } = draft;
  return { toOrganisationId, service, priority, services: [...new Set(draft.services)], items: [...new Set(draft.items)].sort() };
}

/** Whether the partner's word is awaited, and late. */
export function isOverdue({ state, dueAt: due }: ReferralRecord, now: number): boolean {
  return due !== null && due <= now && AWAITED.includes(state);
}

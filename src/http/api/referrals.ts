// Handlers of referral-operations.ts. What is done is runtime/desk/referrals.ts's; here it is shown, to each side what is theirs.
// A list shows no words: whoever wants to read them opens the referral, and that is audited.
import type { referralOperations } from '../../api/referral-operations.ts';
import type { ReferralView } from '../../api/referral-operations.ts';
import type { ReferralRecord, ReferralWords } from '../../domain/referral.ts';
import type { Actor } from '../../domain/staff.ts';
import { isOverdue } from '../../runtime/desk/referrals.ts';
import { listOrganisations } from '../../store/organisations.ts';
import { consentsOf, type ReferralConsent } from '../../store/referral-consents.ts';
import { findReferral, isDisclosed, listReferrals, openWords, type ReferralBox } from '../../store/referrals.ts';
import type { Reader } from '../../store/store.ts';
import type { ApiParts, Handler } from './handler.ts';
import { notFound } from './refusal.ts';

type Operations = typeof referralOperations;
type Handlers = { readonly [N in keyof Operations]: Handler<Operations[N]> };

const NO_WORDS: ReferralWords = { values: {}, reason: null, declineReason: null, barrier: null };
const NO_CONSENT: ReferralView['consent'] = { askedAt: null, answeredAt: null, given: null, language: null, withdrawnAt: null };

export const referralHandlers: Handlers = {
  listReferrals: ({ actor, query }, { store, now }) =>
    store.read(async (reader) => {
      const { box, ...filter } = query;
      const { referrals, next } = await listReferrals(reader, actor, box, filter);
      const consents = await consentsOf(
        reader,
        referrals.map(({ id }) => id),
      );
      const names = await organisationNames(reader);
      const show = (referral: ReferralRecord) =>
        view({ referral, words: NO_WORDS, consent: consents.get(referral.id), box, names, now: now() });
      return { referrals: referrals.map(show), next };
    }),
  readReferral: async ({ actor, params }, parts) => show(actor, await parts.referrals.read(actor, params.id), parts),
  draftReferral: async ({ actor, params, body }, parts) => show(actor, await parts.referrals.draft(actor, params.id, body), parts),
  changeReferral: async ({ actor, params, body }, parts) => show(actor, await parts.referrals.change(actor, params.id, body), parts),
  askConsent: async ({ actor, params }, parts) => show(actor, await parts.referrals.ask(actor, params.id), parts),
  sendReferral: async ({ actor, params }, parts) => show(actor, await parts.referrals.send(actor, params.id), parts),
  answerReferral: async ({ actor, params, body: { accept, reason = null } }, parts) =>
    show(actor, await parts.referrals.answer(actor, params.id, { accept, reason }), parts),
  reportReferral: async ({ actor, params, body: { given, barrier = null } }, parts) =>
    show(actor, await parts.referrals.report(actor, params.id, { given, barrier }), parts),
  closeReferral: async ({ actor, params, body }, parts) =>
    show(actor, await parts.referrals.close(actor, params.id, body.tellPerson), parts),
};

function show(actor: Actor, id: string, { store, now }: ApiParts): Promise<ReferralView> {
  return store.read(async (reader) => {
    const own = await findReferral(reader, actor, 'sent', id);
    const box: ReferralBox = own ? 'sent' : 'received';
    const referral = own ?? (await findReferral(reader, actor, box, id));
    if (!referral) throw notFound('referral');
    const words = withoutNumber(actor, await openWords(reader, id));
    const consent = (await consentsOf(reader, [id])).get(id);
    return view({ referral, words, consent, box, names: await organisationNames(reader), now: now() });
  });
}

async function organisationNames(reader: Reader): Promise<ReadonlyMap<string, string>> {
  return new Map((await listOrganisations(reader)).map(({ id, name }) => [id, name]));
}

/** At the desk the number of a person is for those alone who may see it; the partner got it to use it. */
function withoutNumber(actor: Actor, words: ReferralWords): ReferralWords {
  const mayNot = words.values.contact !== undefined && actor.permissions.has('case.read') && !actor.permissions.has('contact.see_number');
  return mayNot ? { ...words, values: { ...words.values, contact: '…' } } : words;
}

interface Shown {
  referral: ReferralRecord;
  words: ReferralWords;
  consent: ReferralConsent | undefined;
  box: ReferralBox;
  names: ReadonlyMap<string, string>;
  now: number;
}

function view({ referral, words, consent, box, names, now }: Shown): ReferralView {
  const own = box === 'sent';
  const name = (id: string): string => names.get(id) ?? id;
  return {
    id: referral.id,
    number: referral.number,
    caseId: own ? referral.caseId : null,
    state: referral.state,
    priority: referral.priority,
    from: { organisationId: referral.fromOrganisationId, organisation: name(referral.fromOrganisationId) },
    to: { organisationId: referral.toOrganisationId, organisation: name(referral.toOrganisationId), service: referral.service },
    services: referral.services as ReferralView['services'],
    items: own || isDisclosed(referral) ? referral.items : [],
    values: own || isDisclosed(referral) ? words.values : {},
    reason: own ? words.reason : null,
    consent: consent ?? NO_CONSENT,
    declineReason: words.declineReason,
    barrier: words.barrier,
    outcome: referral.outcome,
    dueAt: referral.dueAt,
    overdue: isOverdue(referral, now),
    createdAt: referral.createdAt,
    sentAt: referral.sentAt,
    closedAt: referral.closedAt,
    version: referral.version,
  };
}

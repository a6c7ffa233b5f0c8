// Referrals in the store: numbers that nobody has twice, what a trigger refuses, what goes with retention, and what complaints keep in mind.
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { ReferralRecord } from '../../src/domain/referral.ts';
import { permissionsOf } from '../../src/domain/role.ts';
import type { Actor } from '../../src/domain/staff.ts';
import { closeCase, openCase } from '../../src/store/cases.ts';
import { findOpenTo } from '../../src/store/complaint-desk.ts';
import { fileComplaint } from '../../src/store/complaints.ts';
import { purgeExpired } from '../../src/store/purge.ts';
import { addConsentQuestion, answerConsent, withdrawReferrals } from '../../src/store/referral-consents.ts';
import { addReferral, changeReferral, loadReferral, openWords } from '../../src/store/referrals.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { newId } from '../../src/util/ids.ts';
import { stores, type TestStore } from '../support/stores.ts';
import { arrive, inbound } from './fixtures.ts';

const RETENTION = {
  messages_days: 30,
  session_hours: 24,
  case_months: 12,
  private_case_months: 6,
  complaint_months: 24,
  request_log_months: 24,
  backup_days: 400,
};
const ASKED = { textKey: 'system:referral_consent', release: 1, language: 'es' };

async function referred(test: TestStore, draw: (digits: number) => string = () => `R-${Math.floor(Math.random() * 1e6)}`) {
  const { store, now } = test;
  const conversation = await arrive(store, inbound(newId(), 'hola'), now());
  const caseId = newId();
  const referral = await store.transaction(async (tx) => {
    await openCase(tx, {
      id: caseId,
      conversationId: conversation.id,
      contactId: conversation.contactId,
      status: 'claimed',
      topic: null,
      language: 'es',
      priority: 'normal',
      reason: 'asked',
      private: false,
      assignee: 'ana',
      summary: null,
      openedAt: now(),
      claimedAt: now(),
      closedAt: null,
      threadRef: null,
      callback: false,
      relayedSequence: 0,
    });
    await tx.db.updateTable('cases').set({ status: 'closed', closed_at: now() }).where('id', '=', caseId).execute();
    return add(tx, caseId, conversation.contactId, now(), draw);
  });
  return { conversation, caseId, referral };
}

function add(tx: Parameters<typeof addReferral>[0], caseId: string, contactId: string, now: number, draw: (digits: number) => string) {
  const record: Omit<ReferralRecord, 'number' | 'version'> = {
    id: newId(),
    caseId,
    contactId,
    fromOrganisationId: 'own',
    fromDeskId: null,
    toOrganisationId: 'casa',
    service: null,
    services: ['legal'],
    items: ['alias', 'language'],
    priority: 'normal',
    private: false,
    state: 'asked',
    outcome: null,
    createdBy: 'ana',
    createdAt: now,
    sentAt: null,
    receivedAt: null,
    answeredAt: null,
    dueAt: null,
    remindedAt: null,
    closedAt: null,
  };
  const words = { values: { alias: 'Mina', language: 'es' }, reason: null, declineReason: null, barrier: null };
  return addReferral(tx, record, draw, () => words);
}

stores('referrals', (open) => {
  it('have numbers that nobody has twice: a longer one where the short ones are taken', async () => {
    const test = await open();
    const draw = (digits: number) => (digits === 4 ? 'R-2041' : 'R-204177');
    const { referral, caseId, conversation } = await referred(test, draw);
    expect(referral.number).toBe('R-2041');
    const second = await test.store.transaction((tx) => add(tx, caseId, conversation.contactId, test.now(), draw));
    expect(second.number).toBe('R-204177');
  });

  it('cannot be written as sent without consent, nor be sent once it was taken back', async () => {
    const test = await open();
    const { store, now } = test;
    const { referral, conversation } = await referred(test);
    const send = (before: ReferralRecord) => store.transaction((tx) => changeReferral(tx, before, { state: 'sent', sentAt: now() }));
    await expect(send(referral)).rejects.toThrow();
    await store.transaction((tx) => addConsentQuestion(tx, referral, { ...ASKED, now: now() }));
    await expect(send(referral)).rejects.toThrow();
    const answer = { ...ASKED, items: ['alias', 'language'], now: now() };
    const stranger = await store.transaction((tx) => answerConsent(tx, referral.id, 'somebody else', answer));
    expect(stranger).toBeNull();
    const agreed = await store.transaction((tx) => answerConsent(tx, referral.id, conversation.contactId, answer));
    expect(agreed?.state).toBe('consented');
    const sent = await send(agreed as ReferralRecord);
    const [withdrawn] = await store.transaction((tx) => withdrawReferrals(tx, conversation.contactId, now()));
    expect(withdrawn).toMatchObject({ state: 'withdrawn', outcome: 'sent' });
    expect(await store.read((reader) => openWords(reader, referral.id))).toMatchObject({ values: {} });
    await expect(send(sent)).rejects.toThrow();
    const copy = sql`insert into referrals select 'copy', 'R-1', case_id, contact_id, from_organisation_id, from_desk_id, to_organisation_id,
      service, services, items, priority, private, 'sent', sealed, outcome, created_by, created_at, sent_at, received_at, answered_at,
      due_at, reminded_at, closed_at, version from referrals where id = ${referral.id}`;
    await expect(store.transaction((tx) => copy.execute(tx.db))).rejects.toThrow();
  });

  it('go twelve months after they were closed, with their consents; an open one keeps its person', async () => {
    const test = await open();
    const { store, now } = test;
    const { referral, conversation } = await referred(test);
    await store.transaction((tx) => addConsentQuestion(tx, referral, { ...ASKED, now: now() }));
    const purge = () => store.transaction((tx) => purgeExpired(tx, RETENTION, now()));
    test.pass(40 * DAY_MS);
    await purge();
    const contact = () => store.read(({ db }) => db.selectFrom('contacts').select('id').where('id', '=', conversation.contactId).execute());
    expect(await contact()).toHaveLength(1);
    await store.transaction((tx) => changeReferral(tx, referral, { state: 'closed', closedAt: now() }));
    test.pass(360 * DAY_MS);
    await purge();
    expect(await store.read((reader) => loadReferral(reader, referral.id))).not.toBeNull();
    expect(await contact()).toHaveLength(0);
    test.pass(8 * DAY_MS);
    expect((await purge()).counts['referrals']).toBe(1);
    const left = await store.read(({ db }) => db.selectFrom('referral_consents').select('id').execute());
    expect(left).toEqual([]);
  });
});

stores('a complaint about staff', (open) => {
  it('stays closed to whoever had a case of its person, also when that case is long gone', async () => {
    const test = await open();
    const { store, now } = test;
    const { conversation, caseId } = await referred(test);
    const number = 'Q-482193';
    await store.transaction((tx) =>
      fileComplaint(tx, {
        number,
        contactId: conversation.contactId,
        conversationId: conversation.id,
        about: 'staff',
        text: null,
        place: null,
        wantsContact: false,
        private: true,
        sensitive: true,
        state: 'received',
        createdAt: now(),
        dueAt: now(),
      }),
    );
    const officer = (id: string): Actor => ({
      id,
      alias: id,
      organisationId: 'own',
      deskIds: [],
      roles: ['sensitive_feedback_officer'],
      permissions: permissionsOf(['sensitive_feedback_officer']),
      via: 'session',
    });
    const sees = (id: string) => store.read((reader) => findOpenTo(reader, officer(id), number)).then((found) => found !== null);
    expect([await sees('ana'), await sees('omar'), await sees('an_')]).toEqual([false, true, true]);
    await store.transaction((tx) => closeCase(tx, caseId, now()));
    test.pass(400 * DAY_MS);
    const { counts } = await store.transaction((tx) => purgeExpired(tx, RETENTION, now()));
    expect(counts['cases']).toBe(1);
    expect([await sees('ana'), await sees('omar')]).toEqual([false, true]);
  });
});

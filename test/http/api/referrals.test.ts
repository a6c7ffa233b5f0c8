// Referrals and complaints over real HTTP on both stores: consent, organisation boundaries, partners' programs, refusals that say why.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferralView } from '../../../src/api/referral-operations.ts';
import { listAudit } from '../../../src/store/audit.ts';
import { openApiDesk, type ApiDesk } from '../../support/api-desk.ts';
import { addPartner } from '../../support/colleagues.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { openClient, type StaffPerson } from '../../support/staff.ts';

const DRAFT = {
  toOrganisationId: 'clinic',
  service: null,
  priority: 'normal' as const,
  services: ['legal'],
  items: ['alias', 'summary'],
  values: { summary: 'A letter from the landlord.' },
  reason: 'Asked for a lawyer',
};

describe.each(BACKENDS)('over HTTP on %s', (backend) => {
  let place: Place;
  let desk: ApiDesk;
  let bea: StaffPerson;
  let stranger: StaffPerson;
  let other: string;
  beforeAll(async () => {
    place = await makePlace(backend);
    desk = await openApiDesk(place);
    other = await addPartner(desk.hotline.app, 'Other House');
    bea = await desk.join({ alias: 'Bea', roles: ['partner'], organisationId: 'clinic', deskIds: [] });
    stranger = await desk.join({ alias: 'Sol', roles: ['partner'], organisationId: other, deskIds: [] });
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await place.drop();
  });

  const of = (id: string) => ({ params: { id } });

  async function drafted() {
    const person = desk.hotline.person();
    const caseId = await desk.ask(person);
    await desk.ana.call('claimCase', of(caseId));
    const { id } = await desk.ana.call('draftReferral', { ...of(caseId), body: DRAFT });
    return { person, caseId, id };
  }
  async function sent() {
    const made = await drafted();
    await desk.ana.call('askConsent', of(made.id));
    await desk.hotline.settle();
    await made.person.send('1');
    await desk.ana.call('sendReferral', of(made.id));
    return made;
  }

  it('a referral without consent is refused with what to do, and the partner knows nothing of it', async () => {
    const { id } = await drafted();
    const refused = await desk.ana.ask('sendReferral', of(id));
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'desk.refused' } } });
    expect(JSON.stringify(refused.body)).toMatch(/Ask them first/);
    expect((await bea.ask('readReferral', of(id))).status).toBe(404);
    expect((await bea.call('listReferrals', { query: { box: 'received' } })).referrals.map((one) => one.id)).not.toContain(id);
  });

  it('each side is shown what is theirs, and the first look of the partner tells the sender', async () => {
    const { id, caseId } = await sent();
    const list = await bea.call('listReferrals', { query: { box: 'received' } });
    expect(list.referrals.find((one) => one.id === id)).toMatchObject({ state: 'sent', values: {}, caseId: null, reason: null });
    const seen = await bea.call('readReferral', of(id));
    expect(seen).toMatchObject({ state: 'received', caseId: null, reason: null, items: ['alias', 'summary'], consent: { given: true } });
    expect(seen.values).toEqual({ alias: seen.number, summary: 'A letter from the landlord.' });
    const mine = await desk.ana.call('readReferral', of(id));
    expect(mine).toMatchObject({ state: 'received', caseId, reason: 'Asked for a lawyer' });
    const audit = await desk.hotline.app.store.read((reader) => listAudit(reader, { target: id, limit: 20 }));
    expect(audit.filter(({ action }) => action === 'referral.read').map(({ actor }) => actor)).toEqual([desk.ana.id, bea.id]);
    expect(JSON.stringify(audit)).not.toMatch(/landlord|lawyer/);
  });

  it('another organisation is told that there is no such referral, by every operation', async () => {
    const { id } = await sent();
    const asked = [
      await stranger.ask('readReferral', of(id)),
      await stranger.ask('answerReferral', { ...of(id), body: { accept: true } }),
      await stranger.ask('reportReferral', { ...of(id), body: { given: true } }),
    ];
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await stranger.call('listReferrals', { query: { box: 'received' } })).referrals).toEqual([]);
    expect((await stranger.call('listReferrals', { query: { box: 'sent' } })).referrals).toEqual([]);
  });

  it('who lacks the right is told which, and that is written down', async () => {
    const { id, caseId } = await sent();
    const refused = await bea.ask('draftReferral', { ...of(caseId), body: DRAFT });
    expect(refused).toMatchObject({ status: 403, body: { error: { permission: 'referral.write' } } });
    expect(await desk.ana.ask('answerReferral', { ...of(id), body: { accept: true } })).toMatchObject({
      status: 403,
      body: { error: { permission: 'referral.answer' } },
    });
    const audit = await desk.hotline.app.store.read((reader) => listAudit(reader, { actor: bea.id, limit: 20 }));
    expect(JSON.stringify(audit)).toMatch(/referral\.write/);
  });

  it('bad input is told what is wrong with it', async () => {
    const { caseId } = await drafted();
    const bodies = [
      { ...DRAFT, items: [] },
      { ...DRAFT, items: ['status'] },
      { ...DRAFT, toOrganisationId: 'nobody' },
      { ...DRAFT, toOrganisationId: 'own' },
      { ...DRAFT, items: ['summary'], values: {} },
    ];
    for (const body of bodies) expect((await desk.ana.ask('draftReferral', { ...of(caseId), body })).status).toBe(400);
  });

  it("a partner's program with a token reads and answers its own, and no more than its scopes say", async () => {
    const { id } = await sent();
    const administrator = await desk.join({ alias: 'Adi', roles: ['administrator'] });
    const make = async (
      organisationId: string,
      scopes: string[],
    ): Promise<(method: string, path: string, body?: unknown) => ReturnType<StaffPerson['request']>> => {
      const { token } = await administrator.call('makeToken', { body: { name: 'program', organisationId, scopes, expiresAt: null } });
      const client = openClient(desk.url);
      return (method, path, body) => client.request(method, `/api/v1${path}`, body, { authorization: `Bearer ${token}`, origin: null });
    };
    const reader = await make('clinic', ['referral.read']);
    const answerer = await make('clinic', ['referral.read', 'referral.answer']);
    const foreign = await make(other, ['referral.read', 'referral.answer']);
    expect((await foreign('GET', `/referrals/${id}`)).status).toBe(404);
    const seen = await reader('GET', `/referrals/${id}`);
    expect((seen.body as ReferralView).values).toMatchObject({ summary: 'A letter from the landlord.' });
    expect((await reader('POST', `/referrals/${id}/answer`, { accept: true })).status).toBe(403);
    expect(((await reader('GET', '/referrals?box=sent')).body as { referrals: unknown[] }).referrals).toEqual([]);
    expect((await answerer('POST', `/referrals/${id}/answer`, { accept: true })).body).toMatchObject({ state: 'accepted' });
  });

  it('a complaint about staff does not exist for whoever is no officer, or had a case of the person', async () => {
    const officer = await desk.join({ alias: 'Omar', roles: ['sensitive_feedback_officer'] });
    const both = await desk.join({ alias: 'Olga', roles: ['sensitive_feedback_officer', 'private_caseworker', 'caseworker'] });
    const person = desk.hotline.person();
    for (const text of ['hola', '1', 'queja', '2', 'no', 'persona']) await person.send(text);
    const { complaints } = await officer.call('listComplaints');
    const [complaint] = complaints.filter((one) => one.sensitive);
    const at = { params: { number: complaint?.number ?? '' } };
    expect(complaint).toMatchObject({ state: 'received', place: null, overdue: false });
    expect((await both.ask('readComplaint', at)).status).toBe(200);
    const { cases } = await both.call('listCases', { query: { queue: 'private' } });
    for (const { id } of cases) await both.ask('claimCase', of(id));
    const routes = ['readComplaint', 'takeComplaint', 'closeComplaint'] as const;
    for (const actor of [both, desk.ana]) {
      for (const route of routes) expect((await actor.ask(route, at)).status).toBe(404);
      const answer = { ...at, body: { action: 'other', text: 'x' } };
      expect((await actor.ask('answerComplaint', answer)).status).toBe(404);
      expect((await actor.call('listComplaints')).complaints.map(({ number }) => number)).not.toContain(complaint?.number);
    }
    expect((await officer.call('takeComplaint', at)).handler).toMatchObject({ alias: 'Omar' });
  });
});

// Who works here, as administrators change it, and partners' tokens: over real HTTP on both stores.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWN_ORGANISATION } from '../../../src/domain/staff.ts';
import { listAudit } from '../../../src/store/audit.ts';
import { saveDesk } from '../../../src/store/desks.ts';
import { ensureOwnOrganisation, saveOrganisation } from '../../../src/store/organisations.ts';
import { findStaffBySlackUser } from '../../../src/store/staff.ts';
import { serveAccounts, type AccountServer } from '../../support/account-server.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { joinStaff, openClient, type StaffPerson } from '../../support/staff.ts';

const NEW = {
  alias: 'Eva',
  organisationId: OWN_ORGANISATION,
  deskIds: [],
  languages: ['fr'],
  topics: [],
  gender: null,
  capacity: 3,
  slackUser: null,
};

describe.each(BACKENDS)('staff on %s', (backend) => {
  let place: Place;
  let server: AccountServer;
  let ana: StaffPerson;
  let partner: StaffPerson;
  beforeAll(async () => {
    place = await makePlace(backend);
    server = await serveAccounts(place);
    const desk = { timezone: 'Europe/Madrid', hours: [], holidays: [], minutesToAnswer: 20, topics: [], localities: [], autoAssign: false };
    await server.app.store.transaction(async (tx) => {
      await ensureOwnOrganisation(tx);
      await saveOrganisation(tx, { id: 'clinic', name: 'Clinic', partner: true, active: true });
      await saveDesk(tx, { ...desk, id: 'mornings', name: 'Mornings', organisationId: OWN_ORGANISATION });
    });
    const served = { store: server.app.store, service: server.app.service, url: server.url };
    ana = await joinStaff(served, { alias: 'Ana' });
    partner = await joinStaff(served, { alias: 'Pau', organisationId: 'clinic', roles: ['caseworker'] });
  });
  afterAll(async () => {
    await server.close();
    await place.drop();
  });

  it('an administrator invites, changes and invites anew, and all of it is audited', async () => {
    const { staff, url } = await ana.call('inviteStaff', { body: { ...NEW, roles: ['caseworker'], slackUser: 'U0EVA' } });
    expect(url).toMatch(/^http:.*\/console\/invitation#[\w-]{43}$/);
    expect(staff).toMatchObject({ alias: 'Eva', invited: true, secondFactor: false, email: null });
    const params = { id: staff.id };
    expect(await ana.call('changeStaff', { params, body: { capacity: 7 } })).toMatchObject({ capacity: 7, languages: ['fr'] });
    expect(await server.app.store.read((reader) => findStaffBySlackUser(reader, 'U0EVA'))).toMatchObject({ id: staff.id });
    const again = await ana.call('reinviteStaff', { params });
    expect((await openClient(server.url).ask('readInvitation', { body: { token: url.split('#')[1] } })).status).toBe(410);
    expect(await openClient(server.url).call('readInvitation', { body: { token: again.url.split('#')[1] } })).toMatchObject({
      alias: 'Eva',
    });
    await ana.call('changeStaff', { params, body: { active: false } });
    expect((await openClient(server.url).ask('readInvitation', { body: { token: again.url.split('#')[1] } })).status).toBe(410);
    expect(await server.app.store.read((reader) => findStaffBySlackUser(reader, 'U0EVA'))).toBeNull();
    const entries = await server.app.store.read((reader) => listAudit(reader, { target: staff.id, limit: 10 }));
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual(
      ['staff.disable', 'staff.reinvite', 'staff.change', 'staff.invite'].map((action) => [action, ana.id]),
    );
  });

  it('what cannot be is refused with why', async () => {
    const invite = async (fields: object) => (await ana.ask('inviteStaff', { body: { ...NEW, roles: ['caseworker'], ...fields } })).status;
    expect(await invite({ organisationId: 'nobody' })).toBe(409);
    expect(await invite({ organisationId: 'clinic', deskIds: ['mornings'] })).toBe(409);
    expect(await invite({ deskIds: ['evenings'] })).toBe(409);
    expect(await invite({ organisationId: 'clinic', roles: ['administrator'] })).toBe(409);
    expect(await invite({ slackUser: 'U0PAU' })).toBe(200);
    expect(await invite({ slackUser: 'U0PAU' })).toBe(409);
    expect((await ana.ask('changeStaff', { params: { id: 'nobody' }, body: { capacity: 2 } })).status).toBe(404);
    expect(
      (await ana.ask('saveOrganisation', { params: { id: OWN_ORGANISATION }, body: { name: 'x', partner: true, active: true } })).status,
    ).toBe(409);
  });

  it('who may not manage staff sees no address, and a partner only their own people', async () => {
    const { staff } = await partner.call('listStaff');
    expect(staff.map(({ alias, email }) => [alias, email])).toEqual([['Pau', null]]);
    const refused = await partner.ask('inviteStaff', { body: { ...NEW, roles: ['caseworker'] } });
    expect(refused).toMatchObject({ status: 403, body: { error: { permission: 'staff.manage' } } });
    expect((await ana.call('listStaff')).staff.find(({ alias }) => alias === 'Pau')?.email).toBe(partner.email);
  });

  it('somebody changes their own alias and languages, and goes on duty by hand', async () => {
    expect(await partner.call('changeMe', { body: { languages: ['ar', 'fr'], uiLanguage: 'ar' } })).toMatchObject({
      languages: ['ar', 'fr'],
      uiLanguage: 'ar',
    });
    const until = server.hotline.now() + 3_600_000;
    expect(await partner.call('setDuty', { body: { onDuty: true, untilAt: until } })).toMatchObject({ onShift: true, shiftEndsAt: until });
    expect(await partner.call('setDuty', { body: { onDuty: false } })).toMatchObject({ onShift: false });
    expect((await partner.ask('setDuty', { body: { onDuty: true, untilAt: 1 } })).status).toBe(400);
  });

  it("a partner's token holds what programs may do, until it is over, revoked, or its organisation is not active", async () => {
    const make = (body: object) =>
      ana.ask('makeToken', { body: { name: 'Clinic', organisationId: 'clinic', scopes: ['referral.read'], ...body } });
    expect((await make({ scopes: ['case.read'] })).status).toBe(400);
    expect((await make({ organisationId: OWN_ORGANISATION })).status).toBe(409);
    const { token, view } = (await make({ expiresAt: server.hotline.now() + 1000 })).body as { token: string; view: { id: string } };
    const who = (text: string) =>
      server.app.auth.authenticate(new Request('http://localhost/', { headers: { authorization: `Bearer ${text}` } }));
    const caller = await who(token);
    expect(caller?.actor).toMatchObject({ id: `token:${view.id}`, organisationId: 'clinic', roles: [], via: 'token' });
    expect([...(caller?.actor.permissions ?? [])]).toEqual(['referral.read']);
    expect(await who(`${token}x`)).toBeNull();
    const listed = (await ana.call('listTokens')).tokens;
    expect(listed).toMatchObject([{ id: view.id, lastUsedAt: server.hotline.now(), revoked: false }]);
    expect(JSON.stringify(await server.app.store.read(({ db }) => db.selectFrom('api_tokens').selectAll().execute()))).not.toContain(token);
    server.hotline.pass(1000);
    expect(await who(token)).toBeNull();
    const lasting = (await make({})).body as { token: string; view: { id: string } };
    expect(await who(lasting.token)).not.toBeNull();
    const organisation = (active: boolean) =>
      ana.call('saveOrganisation', { params: { id: 'clinic' }, body: { name: 'Clinic', partner: true, active } });
    await organisation(false);
    expect(await who(lasting.token)).toBeNull();
    expect((await partner.ask('readMe')).status).toBe(401);
    await organisation(true);
    expect(await who(lasting.token)).not.toBeNull();
    await ana.call('revokeToken', { params: { id: lasting.view.id } });
    expect(await who(lasting.token)).toBeNull();
    // A program comes no further than operations that are made for programs.
    const other = (await make({})).body as { token: string };
    const answer = await openClient(server.url).request('GET', '/api/v1/me', undefined, { authorization: `Bearer ${other.token}` });
    expect(answer.status).toBe(403);
  });
});

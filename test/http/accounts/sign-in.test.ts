// Accounts over real HTTP on both stores: invitation, authenticator, signing in, sessions, limits, other pages.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blankFields, inviteStaff } from '../../../src/store/manage-staff.ts';
import { serveAccounts, type AccountServer } from '../../support/account-server.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { joinStaff, openClient, PASSWORD, totpCode, type StaffClient, type StaffPerson } from '../../support/staff.ts';

const STEP_MS = 30_000;

describe.each(BACKENDS)('accounts on %s', (backend) => {
  let place: Place;
  let server: AccountServer;
  let further: AccountServer | null = null;
  beforeAll(async () => {
    place = await makePlace(backend);
    server = await serveAccounts(place);
    if (backend === 'postgres') further = await serveAccounts(place);
  });
  afterAll(async () => {
    await further?.close();
    await server.close();
    await place.drop();
  });
  const client = (): StaffClient => openClient(server.url);
  const served = () => ({ store: server.app.store, service: server.app.service, url: server.url });
  const invite = () =>
    server.app.store.transaction((tx) =>
      inviteStaff(tx, blankFields(['administrator']), null, { by: 'operator', now: server.hotline.now() }),
    );

  /** Password and then a code. */
  async function signIn(person: Pick<StaffPerson, 'email' | 'totp'>, code = totpCode(person.totp)): Promise<StaffClient> {
    const browser = client();
    expect(await browser.call('signIn', { body: { email: person.email, password: PASSWORD } })).toEqual({ next: 'second_factor' });
    await browser.call('confirmSecondFactor', { body: { code } });
    return browser;
  }

  it('an invitation leads to an account, an authenticator, and a session', async () => {
    const { secret } = await invite();
    const browser = client();
    expect(await browser.call('readInvitation', { body: { token: secret } })).toEqual({ alias: null, roles: ['administrator'] });
    const body = { token: secret, email: ' Ana@Example.org', alias: 'Ana', password: PASSWORD };
    expect(await browser.call('acceptInvitation', { body: { ...body, email: 'Ana@Example.org' } })).toMatchObject({
      alias: 'Ana',
      email: 'ana@example.org',
      mustSetUp: 'second_factor',
    });
    expect((await browser.ask('listStaff')).body).toMatchObject({ error: { code: 'staff.second_factor' } });
    const { uri, recoveryCodes } = await browser.call('setUpTotp', { body: { password: PASSWORD } });
    expect(uri).toContain('otpauth://totp/Ventanilla:ana%40example.org?');
    expect(new Set(recoveryCodes).size).toBe(10);
    const totp = new URL(uri).searchParams.get('secret') ?? '';
    expect((await browser.ask('confirmTotp', { body: { code: '000000' } })).status).toBe(403);
    expect(await browser.call('confirmTotp', { body: { code: totpCode(totp) } })).toMatchObject({ mustSetUp: null });
    const { staff } = await browser.call('listStaff');
    expect(staff).toContainEqual(expect.objectContaining({ alias: 'Ana', email: 'ana@example.org', secondFactor: true, invited: false }));
    const again = await signIn({ email: 'ana@example.org', totp }, totpCode(totp, Date.now() + STEP_MS));
    expect(await again.call('readMe')).toMatchObject({
      alias: 'Ana',
      mustSetUp: null,
      permissions: expect.arrayContaining(['staff.manage']),
    });
  });

  it('an invitation works once, for three days, and for one of several who use it at the same moment', async () => {
    const { secret } = await invite();
    const accept = (name: string) =>
      client().ask('acceptInvitation', { body: { token: secret, email: `${name}@example.org`, alias: name, password: PASSWORD } });
    const answers = await Promise.all(['iva', 'eva', 'lea'].map(accept));
    expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 410, 410]);
    const late = await invite();
    server.hotline.pass(3 * 86_400_000);
    expect((await client().ask('readInvitation', { body: { token: late.secret } })).status).toBe(410);
  });

  it('a code of the authenticator works once, also on another node at the same moment', async () => {
    const ana = await joinStaff(served());
    const code = totpCode(ana.totp);
    const urls = [server.url, further?.url ?? server.url];
    const browsers = [...urls, ...urls].map(openClient);
    for (const browser of browsers) await browser.call('signIn', { body: { email: ana.email, password: PASSWORD } });
    const answers = await Promise.all(browsers.map((browser) => browser.ask('confirmSecondFactor', { body: { code } })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.find(({ status }) => status !== 200);
    expect(refused?.body).toMatchObject({ error: { message: expect.stringMatching(/used already/) } });
    // What came before it is not taken any more either.
    const later = client();
    await later.call('signIn', { body: { email: ana.email, password: PASSWORD } });
    expect((await later.ask('confirmSecondFactor', { body: { code: totpCode(ana.totp, Date.now() - STEP_MS) } })).status).toBe(403);
    // A code that was refused leaves the way open for the next one.
    expect((await later.ask('confirmSecondFactor', { body: { code: totpCode(ana.totp, Date.now() + STEP_MS) } })).status).toBe(200);
  });

  it('a recovery code works once', async () => {
    const ana = await joinStaff(served());
    const [code = ''] = ana.recoveryCodes;
    const browsers = [client(), client()];
    for (const browser of browsers) await browser.call('signIn', { body: { email: ana.email, password: PASSWORD } });
    const answers = await Promise.all(browsers.map((browser) => browser.ask('confirmSecondFactor', { body: { code, kind: 'recovery' } })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const late = client();
    await late.call('signIn', { body: { email: ana.email, password: PASSWORD } });
    expect((await late.ask('confirmSecondFactor', { body: { code, kind: 'recovery' } })).status).toBe(403);
    const { recoveryCodes } = await ana.call('renewRecoveryCodes', { body: { password: PASSWORD } });
    expect((await late.ask('confirmSecondFactor', { body: { code: ana.recoveryCodes[1] ?? '', kind: 'recovery' } })).status).toBe(403);
    expect((await late.ask('confirmSecondFactor', { body: { code: recoveryCodes[0] ?? '', kind: 'recovery' } })).status).toBe(200);
  });

  it('whoever came in with a recovery code can set up a new authenticator, and no session from before stays', async () => {
    const ana = await joinStaff(served());
    const browser = client();
    await browser.call('signIn', { body: { email: ana.email, password: PASSWORD } });
    await browser.call('confirmSecondFactor', { body: { code: ana.recoveryCodes[0] ?? '', kind: 'recovery' } });
    expect((await browser.ask('setUpTotp', { body: { password: 'not the password' } })).status).toBe(403);
    const { uri } = await browser.call('setUpTotp', { body: { password: PASSWORD } });
    expect((await browser.ask('listStaff')).status).toBe(403);
    expect((await ana.ask('readMe')).status).toBe(401);
    const totp = new URL(uri).searchParams.get('secret') ?? '';
    await browser.call('confirmTotp', { body: { code: totpCode(totp) } });
    expect((await browser.ask('listStaff')).status).toBe(200);
    await signIn({ email: ana.email, totp }, totpCode(totp, Date.now() + STEP_MS));
  });

  it('an unknown address, a wrong password and a disabled account get the same answer', async () => {
    const ana = await joinStaff(served());
    const eva = await joinStaff(served());
    await ana.call('changeStaff', { params: { id: eva.id }, body: { active: false } });
    const ask = (email: string, password = PASSWORD) => client().ask('signIn', { body: { email, password } });
    const answers = [await ask('nobody@example.org'), await ask(ana.email, 'a wrong password'), await ask(eva.email)];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);
    expect((await ask(eva.email.toUpperCase())).status).toBe(403);
  });

  it('a session that is revoked, or whose account is disabled, is gone with the next request', async () => {
    const ana = await joinStaff(served());
    const eva = await joinStaff(served());
    const other = await signIn(ana);
    const { sessions } = await ana.call('listSessions');
    expect(sessions).toHaveLength(2);
    const there = sessions.find(({ current }) => !current);
    const elsewhere = openClient(further?.url ?? server.url);
    for (const [name, value] of other.cookies) elsewhere.cookies.set(name, value);
    expect((await elsewhere.ask('readMe')).status).toBe(200);
    await ana.call('revokeSession', { params: { id: there?.id ?? '' } });
    expect((await other.ask('readMe')).status).toBe(401);
    expect((await elsewhere.ask('readMe')).status).toBe(401);
    expect((await eva.ask('revokeSession', { params: { id: sessions.find(({ current }) => current)?.id ?? '' } })).status).toBe(404);
    await ana.call('changeStaff', { params: { id: eva.id }, body: { active: false } });
    expect((await eva.ask('readMe')).status).toBe(401);
    // The row alone is enough, whoever wrote it.
    const lea = await joinStaff(served());
    await server.app.store.transaction((tx) => tx.db.updateTable('staff').set({ active: 0 }).where('id', '=', lea.id).execute());
    expect((await lea.ask('readMe')).status).toBe(401);
    await ana.call('signOut');
    const kept = openClient(server.url);
    for (const [name, value] of other.cookies) kept.cookies.set(name, value);
    expect((await kept.ask('readMe')).status).toBe(401);
  });

  it('a changed password ends the other sessions and the old password', async () => {
    const ana = await joinStaff(served());
    const other = await signIn(ana);
    expect((await ana.ask('changePassword', { body: { current: 'a wrong password', next: 'another battery staple' } })).status).toBe(403);
    await ana.call('changePassword', { body: { current: PASSWORD, next: 'another battery staple' } });
    expect((await ana.ask('readMe')).status).toBe(200);
    expect((await other.ask('readMe')).status).toBe(401);
    expect((await client().ask('signIn', { body: { email: ana.email, password: PASSWORD } })).status).toBe(403);
    expect((await client().ask('signIn', { body: { email: ana.email, password: 'another battery staple' } })).status).toBe(200);
    expect((await ana.ask('changePassword', { body: { current: 'another battery staple', next: 'short' } })).status).toBe(400);
  });

  it('tries are limited by address over all nodes, and a right one begins anew', async () => {
    const ana = await joinStaff(served());
    const wrong = () => client().ask('signIn', { body: { email: ana.email, password: 'a wrong password' } });
    for (let tries = 0; tries < 9; tries++) expect((await wrong()).status).toBe(403);
    expect((await client().ask('signIn', { body: { email: ana.email, password: PASSWORD } })).status).toBe(200);
    for (let tries = 0; tries < 10; tries++) expect((await wrong()).status).toBe(403);
    const refused = await client().ask('signIn', { body: { email: ana.email, password: PASSWORD } });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('900');
    const rows = await server.app.store.read(({ db }) => db.selectFrom('staff_attempts').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain('example.org');
    expect(JSON.stringify(rows)).not.toContain('127.0.0.1');
    server.hotline.pass(15 * 60_000);
    expect((await client().ask('signIn', { body: { email: ana.email, password: PASSWORD } })).status).toBe(200);
  });

  it('a code cannot be guessed: after five wrong ones the password is asked for again', async () => {
    const ana = await joinStaff(served());
    const browser = client();
    await browser.call('signIn', { body: { email: ana.email, password: PASSWORD } });
    for (let tries = 0; tries < 6; tries++)
      expect((await browser.ask('confirmSecondFactor', { body: { code: '000000' } })).status).toBe(403);
    expect((await browser.ask('confirmSecondFactor', { body: { code: totpCode(ana.totp) } })).status).toBe(403);
  });

  it('another page cannot act with a session', async () => {
    const ana = await joinStaff(served());
    const change = (headers: Record<string, string | null>) => ana.request('PATCH', '/api/v1/me', { alias: 'Mallory' }, headers);
    expect((await change({ origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await change({ origin: null })).status).toBe(403);
    expect((await change({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await change({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await change({ 'content-type': 'text/plain' })).status).toBe(403);
    expect((await change({ authorization: 'Bearer nothing', origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await ana.call('readMe')).alias).toBe('Ana');
    expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    const set = (await client().ask('signIn', { body: { email: ana.email, password: PASSWORD } })).headers.getSetCookie().join();
    expect(set).toMatch(/HttpOnly/i);
    expect(set).toMatch(/SameSite=Strict/i);
    expect(set).toMatch(/Path=\//i);
  });

  it('the last administrator can neither be disabled nor stripped, not even by two at the same moment', async () => {
    const ana = await joinStaff(served());
    for (const { id, roles } of (await ana.call('listStaff')).staff)
      if (id !== ana.id && roles.includes('administrator')) await ana.call('changeStaff', { params: { id }, body: { active: false } });
    await invite();
    const gone = await ana.ask('changeStaff', { params: { id: ana.id }, body: { active: false } });
    expect(gone).toMatchObject({ status: 409, body: { error: { message: expect.stringMatching(/last administrator/) } } });
    expect((await ana.ask('changeStaff', { params: { id: ana.id }, body: { roles: ['editor'] } })).status).toBe(409);
    const eva = await joinStaff(served());
    const answers = await Promise.all([
      ana.ask('changeStaff', { params: { id: eva.id }, body: { active: false } }),
      eva.ask('changeStaff', { params: { id: ana.id }, body: { active: false } }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

// Passkeys in a real Chromium with an authenticator of its own: added by somebody who has shown two factors, and then enough
// to come in, as long as the device asks for a PIN, a finger or a face.
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveAccounts, type AccountServer } from '../../support/account-server.ts';
import { launchBrowser } from '../../support/browser.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { joinStaff, openClient, PASSWORD, type StaffPerson } from '../../support/staff.ts';

const BASE = '/api/auth/passkey';

describe.each(BACKENDS)('a passkey on %s', (backend) => {
  let place: Place;
  let server: AccountServer;
  let browser: Browser;
  beforeAll(async () => {
    place = await makePlace(backend);
    server = await serveAccounts(place);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    await place.drop();
  });

  const join = (): Promise<StaffPerson> => joinStaff({ store: server.app.store, service: server.app.service, url: server.url });

  /** A page of the service, with an authenticator in the machine. */
  async function openPage(): Promise<{ page: Page; devices: CDPSession; authenticatorId: string }> {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${server.url}/api/v1/openapi.json`);
    const devices = await context.newCDPSession(page);
    await devices.send('WebAuthn.enable');
    const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    });
    return { page, devices, authenticatorId };
  }
  const enter = (page: Page, person: StaffPerson): Promise<void> =>
    page.context().addCookies([...person.cookies].map(([name, value]) => ({ name, value, url: server.url, httpOnly: true })));

  it('is added by somebody who is signed in, listed, used to come in, and removed', async () => {
    const ana = await join();
    const { page } = await openPage();
    await enter(page, ana);
    expect(await add(page, 'Telephone')).toBe(200);
    const { passkeys } = await ana.call('listPasskeys');
    expect(passkeys).toMatchObject([{ name: 'Telephone' }]);
    await page.context().clearCookies();
    expect(await me(page)).toMatchObject({ status: 401 });
    expect(await signIn(page)).toBe(200);
    expect(await me(page)).toMatchObject({ status: 200, body: { id: ana.id, mustSetUp: null } });
    // Other people's are not theirs to remove.
    const eva = await join();
    expect((await eva.ask('deletePasskey', { params: { id: passkeys[0]?.id ?? '' } })).status).toBe(404);
    await ana.call('deletePasskey', { params: { id: passkeys[0]?.id ?? '' } });
    await page.context().clearCookies();
    expect(await signIn(page)).toBe(403);
    await page.context().close();
  });

  it('does not let in whom the device has not checked, nor somebody who is disabled', async () => {
    const ana = await join();
    const eva = await join();
    const { page, devices, authenticatorId } = await openPage();
    await enter(page, eva);
    expect(await add(page, '')).toBe(200);
    await page.context().clearCookies();
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    expect(await signIn(page, 'discouraged')).toBe(403);
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await ana.call('changeStaff', { params: { id: eva.id }, body: { active: false } });
    expect(await signIn(page)).toBeGreaterThanOrEqual(400);
    expect(await me(page)).toMatchObject({ status: 401 });
    await page.context().close();
  });

  it('cannot be added with a password alone, nor by nobody, nor by another page', async () => {
    const ana = await join();
    expect((await openClient(server.url).request('GET', `${BASE}/generate-register-options`)).status).toBe(401);
    const { secret } = await server.app.store.transaction(async (tx) => {
      const { blankFields, inviteStaff } = await import('../../../src/store/manage-staff.ts');
      return inviteStaff(tx, blankFields(['editor']), null, { by: ana.id, now: server.hotline.now() });
    });
    const half = openClient(server.url);
    await half.call('acceptInvitation', {
      body: { token: secret, email: `half-${backend}@example.org`, alias: 'Half', password: PASSWORD },
    });
    expect((await half.request('GET', `${BASE}/generate-register-options`)).body).toMatchObject({ error: { code: 'staff.second_factor' } });
    const elsewhere = { origin: 'https://elsewhere.example' };
    expect((await ana.request('POST', `${BASE}/verify-registration`, { response: {} }, elsewhere)).status).toBe(403);
    expect((await ana.request('POST', `${BASE}/verify-registration`, { response: {} })).status).toBe(403);
    expect((await ana.request('POST', `${BASE}/verify-authentication`, { nothing: true })).status).toBe(400);
    expect((await ana.request('POST', `${BASE}/verify-authentication`, { response: { id: 'x'.repeat(30_000) } })).status).toBe(413);
    expect((await ana.request('POST', `${BASE}/delete-passkey`, { id: 'x' })).status).toBe(404);
  });
});

/** Adds a passkey as the console does. @returns the status of the answer */
function add(page: Page, name: string): Promise<number> {
  return page.evaluate(
    async ([base, label]) => {
      const options = (await (await fetch(`${base}/generate-register-options`)).json()) as PublicKeyCredentialCreationOptionsJSON;
      const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
      const response = await fetch(`${base}/verify-registration`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response: (credential as PublicKeyCredential).toJSON(), name: label }),
      });
      return response.status;
    },
    [BASE, name] as const,
  );
}

/** Signs in with a passkey as the console does. @returns the status of the answer */
function signIn(page: Page, userVerification?: string): Promise<number> {
  return page.evaluate(
    async ([base, wish]) => {
      const options = (await (await fetch(`${base}/generate-authenticate-options`)).json()) as PublicKeyCredentialRequestOptionsJSON;
      if (options.userVerification !== 'required') return 0;
      const wished = { ...options, ...(wish === undefined ? {} : { userVerification: wish }) };
      const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(wished) });
      const response = await fetch(`${base}/verify-authentication`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response: (credential as PublicKeyCredential).toJSON() }),
      });
      return response.status;
    },
    [BASE, userVerification] as const,
  );
}

function me(page: Page): Promise<{ status: number; body: unknown }> {
  return page.evaluate(async () => {
    const response = await fetch('/api/v1/me');
    return { status: response.status, body: (await response.json()) as unknown };
  });
}

// What somebody has of accounts who stole the database, what a rotation of the secret and a restore leave of them.
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountSecrets } from '../../../src/http/auth/secrets.ts';
import { cookieName, writeCookie } from '../../../src/http/auth/cookie.ts';
import { backupTo } from '../../../src/store/backup.ts';
import { TABLES } from '../../../src/store/backup/tables.ts';
import { rotateKeys } from '../../../src/store/rotate-keys.ts';
import { blankFields, inviteStaff } from '../../../src/store/manage-staff.ts';
import { serveAccounts, type AccountServer } from '../../support/account-server.ts';
import { rowsOf } from '../../support/backup-rows.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { joinStaff, openClient, PASSWORD, totpCode, type StaffPerson } from '../../support/staff.ts';

describe.each(BACKENDS)('a stolen database on %s', (backend) => {
  let place: Place;
  let server: AccountServer;
  let ana: StaffPerson;
  let invitation: string;
  beforeAll(async () => {
    place = await makePlace(backend);
    server = await serveAccounts(place);
    ana = await joinStaff({ store: server.app.store, service: server.app.service, url: server.url }, {}, 'ana.secreta@hidden.example');
    const asked = { by: ana.id, now: server.hotline.now() };
    const made = await server.app.store.transaction((tx) => inviteStaff(tx, blankFields(['editor']), 'eva.secreta@hidden.example', asked));
    invitation = made.secret;
  });
  afterAll(async () => {
    await server.close();
    await place.drop();
  });

  /** Every row of every table, as text. */
  async function everything(): Promise<string> {
    const { store } = server.app;
    const tables = [];
    for (const table of TABLES.filter((name) => name !== 'releases')) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(store.database.read);
      tables.push(
        rows.map((row) =>
          Object.values(row).map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value))),
        ),
      );
    }
    return JSON.stringify(tables);
  }
  const sessionToken = (): string => decodeURIComponent(ana.cookies.get(cookieName('session_token', false)) ?? '').split('.')[0] ?? '';

  it('holds no address, no password, no token, no secret of an authenticator, no recovery code, no invitation', async () => {
    const all = await everything();
    expect(all.includes('@staff.invalid')).toBe(true);
    expect(sessionToken().length).toBeGreaterThan(20);
    for (const secret of [
      'secreta',
      'hidden.example',
      PASSWORD,
      sessionToken(),
      ana.totp,
      ...ana.recoveryCodes,
      invitation,
      '127.0.0.1',
      '203.0.113',
    ])
      expect(all.includes(secret), secret).toBe(false);
    expect(server.hotline.logs.join('')).not.toMatch(/secreta|hidden\.example/);
  });

  it('opens no session, even with the secret of the day', async () => {
    const { store } = server.app;
    const rows = await store.read(({ db }) => db.selectFrom('staff_auth_sessions').select(['token', 'user_agent']).execute());
    const [{ value } = { value: '' }] = accountSecrets(store);
    for (const { token } of rows) {
      const thief = openClient(server.url);
      const cookie = writeCookie(cookieName('session_token', false), token, value);
      expect((await thief.request('GET', '/api/v1/me', undefined, { cookie })).status).toBe(401);
    }
    const own = writeCookie(cookieName('session_token', false), sessionToken(), value);
    expect((await openClient(server.url).request('GET', '/api/v1/me', undefined, { cookie: own })).status).toBe(200);
    const forged = writeCookie(cookieName('session_token', false), sessionToken(), 'another secret');
    expect((await openClient(server.url).request('GET', '/api/v1/me', undefined, { cookie: forged })).status).toBe(401);
  });

  it('an invitation for an address is for its holder', async () => {
    const body = { token: invitation, alias: 'Eva', password: PASSWORD };
    const browser = openClient(server.url);
    expect((await browser.ask('acceptInvitation', { body: { ...body, email: 'somebody@example.org' } })).status).toBe(403);
    expect((await browser.ask('acceptInvitation', { body: { ...body, email: ana.email } })).status).toBe(409);
    expect((await browser.ask('acceptInvitation', { body: { ...body, email: 'Eva.Secreta@Hidden.Example' } })).status).toBe(200);
  });

  it('a backup holds accounts, and neither sessions nor invitations', async () => {
    const { store } = server.app;
    const file = path.join(place.folder, 'backup');
    await backupTo(store, file);
    const rows = await rowsOf(file, (version) => store.vault.deriveKey('backup', version));
    expect(rows['staff_auth_users']?.length).toBeGreaterThan(0);
    for (const table of ['staff_auth_sessions', 'staff_auth_verifications', 'invitations', 'staff_attempts'])
      expect(rows[table]).toBeUndefined();
  });

  it('after a rotation of the secret key sessions go on, and address, authenticator and recovery codes still work', async () => {
    const { store } = server.app;
    const secretKeyFile = server.app.settings.secretKeyFile;
    await rotateKeys(store, { secretKeyFile, prepareOnly: false, now: server.hotline.now(), progress: () => {} });
    expect(await ana.call('readMe')).toMatchObject({ email: ana.email });
    expect((await ana.call('renewRecoveryCodes', { body: { password: PASSWORD } })).recoveryCodes).toHaveLength(10);
    const before = await store.read(({ db }) =>
      db.selectFrom('staff_auth_users').select('email').where('id', '=', ana.id).executeTakeFirstOrThrow(),
    );
    for (const round of [0, 1]) {
      const browser = openClient(server.url);
      expect(await browser.call('signIn', { body: { email: ana.email, password: PASSWORD } })).toEqual({ next: 'second_factor' });
      await browser.call('confirmSecondFactor', { body: { code: totpCode(ana.totp, Date.now() + round * 30_000) } });
    }
    const after = await store.read(({ db }) =>
      db.selectFrom('staff_auth_users').select('email').where('id', '=', ana.id).executeTakeFirstOrThrow(),
    );
    expect(after.email).not.toBe(before.email);
  });
});

// Channels over real HTTP on both stores, with a provider that speaks Twilio's protocol: how they are, and test messages that go out, are
// refused, or must not go out. A number that was typed is in no answer, no log and no table.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botFramework } from '../../../src/channels/bot-framework/bot-framework.ts';
import { directLine } from '../../../src/channels/direct-line/direct-line.ts';
import { twilio as twilioModule } from '../../../src/channels/twilio/twilio.ts';
import { listAudit } from '../../../src/store/audit.ts';
import { openApiDesk, type ApiDesk } from '../../support/api-desk.ts';
import { writeContentWithLimits } from '../../support/content-with-limits.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { freePort } from '../../support/process.ts';
import { openClient, PASSWORD, type StaffPerson } from '../../support/staff.ts';
import { startTwilio, type FakeTwilio } from '../../support/twilio-server.ts';

const SMS = '+15005550006';
const WHATSAPP = 'whatsapp:+15005550007';
const MINUTE_MS = 60_000;
const LIMITS = '{ channel_daily_segments: { whatsapp: 1 } }';

describe.each(BACKENDS)('channels on %s', (backend) => {
  let place: Place;
  let twilio: FakeTwilio;
  let desk: ApiDesk;
  let folder: string;
  /** Each for a few tests: one person may make five an hour. */
  const admins: StaffPerson[] = [];
  const [eva, mia, noa, pia, zoe] = Array.from({ length: 5 }, (_, index) => () => admins[index] as StaffPerson) as [
    () => StaffPerson,
    () => StaffPerson,
    () => StaffPerson,
    () => StaffPerson,
    () => StaffPerson,
  ];

  beforeAll(async () => {
    [place, twilio] = await Promise.all([makePlace(backend), startTwilio()]);
    folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-channels-'));
    writeContentWithLimits(folder, LIMITS);
    const port = await freePort();
    desk = await openApiDesk(place, {
      // The provider has a real clock, so ours starts with it.
      at: Date.now(),
      folder,
      environment: {
        ...twilio.env,
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        OUTBOX_LIMIT: '2',
        MICROSOFT_APP_ID: 'half-set-up',
      },
      modules: [directLine, twilioModule, botFramework],
    });
    for (const alias of ['Eva', 'Mia', 'Noa', 'Pia', 'Zoe']) admins.push(await desk.join({ alias, roles: ['administrator'], deskIds: [] }));
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await twilio.close();
    await place.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const test = (who: StaffPerson, name: string, to: string, language = 'en') =>
    who.ask('testChannel', { params: { name }, body: { to, language } });
  const inbound = async (from: string, to: string, body: string): Promise<void> => {
    expect((await twilio.inbound(desk.url, { from, to, body })).status).toBe(200);
    await desk.hotline.settle();
  };
  const sentTo = (to: string) => twilio.messages.filter((message) => message.direction !== 'inbound' && message.to === to);
  const audited = () =>
    desk.hotline.app.store.read((reader) => listAudit(reader, { action: 'channel.test', limit: 100 }).then((all) => all));
  const stored = (table: 'messages' | 'outbox' | 'contacts' | 'addresses') =>
    desk.hotline.app.store.read((reader) => reader.db.selectFrom(table).selectAll().execute());

  it('say what is on, and name what is missing where one is off', async () => {
    const { modules, testLanguages } = await eva().call('listChannels');
    expect(modules.map(({ id, reaches, on, missing }) => [id, reaches, on, missing])).toEqual([
      ['test', 'people', true, []],
      ['direct-line', 'people', true, []],
      ['twilio', 'people', true, []],
      ['bot-framework', 'people', false, ['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID']],
      ['slack', 'staff', false, ['SLACK_BOT_TOKEN', 'SLACK_CHANNEL', 'SLACK_SIGNING_SECRET']],
    ]);
    const calm = { waiting: 0, heldBack: false, ceilingReached: false };
    expect(modules[2]?.channels).toEqual([
      { name: 'sms', test: 'number', ...calm },
      { name: 'whatsapp', test: 'number', ...calm },
    ]);
    expect(modules[1]?.channels).toEqual([{ name: 'web', test: 'person_first', ...calm }]);
    expect(testLanguages.toSorted()).toEqual(['ar', 'en', 'es', 'fr']);
    expect(JSON.stringify(modules)).not.toMatch(new RegExp(`${twilio.authToken}|${twilio.accountSid}|half-set-up`));
  });

  it('say what waits, and when so much waits that answers are held back', async () => {
    const busy = { kind: 'status', status: 429, code: 20429 } as const;
    twilio.troubles.push(busy, busy);
    await inbound('+34600111001', SMS, 'hola');
    await inbound('+34600111002', SMS, 'hola');
    const sms = async () => (await eva().call('listChannels')).modules[2]?.channels[0];
    await expect.poll(sms).toEqual({ name: 'sms', test: 'number', waiting: 2, heldBack: true, ceilingReached: false });
    desk.hotline.pass(10 * MINUTE_MS);
    await expect.poll(sms).toMatchObject({ waiting: 0, heldBack: false });
    expect(sentTo('+34600111001')).toHaveLength(1);
  });

  it('send the test in the language that was asked for, and keep nothing of it', async () => {
    const before = await Promise.all([stored('messages'), stored('outbox'), stored('contacts'), stored('addresses')]);
    expect(await test(eva(), 'sms', ' 00 34 600 222 333 ', 'ar')).toMatchObject({ status: 200, body: { outcome: 'sent', code: null } });
    expect(sentTo('+34600222333').map(({ body }) => body)).toEqual([expect.stringContaining('لتجربة خط المعلومات')]);
    expect(await Promise.all([stored('messages'), stored('outbox'), stored('contacts'), stored('addresses')])).toEqual(before);
    expect((await audited())[0]).toMatchObject({
      actor: eva().id,
      action: 'channel.test',
      target: 'sms',
      detail: { outcome: 'sent', code: null, language: 'ar' },
    });
    // The provider's word on it later is of a line that nobody knows.
    const [message] = sentTo('+34600222333');
    if (message) expect((await twilio.callBack(message, 'failed', 30003)).status).toBeLessThan(300);
  });

  it('have the provider forget the test after a day', async () => {
    const copies = () =>
      desk.hotline.app.store.read((reader) =>
        reader.db
          .selectFrom('provider_copies')
          .selectAll()
          .where('provider_ref', '=', sentTo('+34600222333')[0]?.sid ?? '')
          .execute(),
      );
    const [copy, ...more] = await copies();
    expect(more).toEqual([]);
    expect(copy).toMatchObject({ channel: 'sms', contact_id: null, state: 'erase' });
    expect(Number(copy?.run_at) - desk.hotline.now()).toBeGreaterThan(23 * 60 * MINUTE_MS);
  });

  it('say with which code the provider refused, and do not try again', async () => {
    const attempts = twilio.attempts;
    twilio.troubles.push({ kind: 'status', status: 400, code: 21614 }, { kind: 'status', status: 429, code: 20429 });
    expect(await test(eva(), 'sms', '+34600222444')).toMatchObject({ status: 200, body: { outcome: 'refused', code: '21614' } });
    expect(await test(eva(), 'sms', '+34600222444')).toMatchObject({ status: 200, body: { outcome: 'refused', code: '20429' } });
    desk.hotline.pass(MINUTE_MS);
    await desk.hotline.settle();
    expect(twilio.attempts).toBe(attempts + 2);
    expect((await audited())[0]?.detail).toEqual({ outcome: 'refused', code: '20429', language: 'en' });
  });

  it('say that nobody knows where the provider did not answer', async () => {
    twilio.troubles.push({ kind: 'cut', taken: true });
    expect(await test(eva(), 'sms', '+34600222555')).toMatchObject({ status: 200, body: { outcome: 'unknown', code: null } });
    expect((await audited())[0]?.detail).toEqual({ outcome: 'unknown', code: null, language: 'en' });
  });

  it('write to nobody who has said STOP, on whichever channel they said it', async () => {
    await inbound('+34600333444', SMS, 'hola');
    await inbound('+34600333444', SMS, 'stop');
    const attempts = twilio.attempts;
    for (const name of ['sms', 'whatsapp'])
      expect(await test(mia(), name, '+34 600 333 444')).toMatchObject({ status: 200, body: { outcome: 'refused', code: 'stopped' } });
    expect(twilio.attempts).toBe(attempts);
    expect((await audited())[0]).toMatchObject({ target: 'whatsapp', detail: { outcome: 'refused', code: 'stopped', language: 'en' } });
  });

  it('on WhatsApp write only to who wrote in the last 24 hours', async () => {
    const attempts = twilio.attempts;
    expect(await test(mia(), 'whatsapp', '+34600333555')).toMatchObject({ body: { outcome: 'refused', code: 'outside_window' } });
    expect(twilio.attempts).toBe(attempts);
    await inbound('whatsapp:+34600333555', WHATSAPP, 'hola');
    const answered = sentTo('whatsapp:+34600333555').length;
    expect(await test(mia(), 'whatsapp', '+34600333555', 'fr')).toMatchObject({ body: { outcome: 'sent' } });
    expect(
      sentTo('whatsapp:+34600333555')
        .slice(answered)
        .map(({ body }) => body),
    ).toEqual([expect.stringContaining('un test de cette ligne')]);
    await desk.hotline.app.store.transaction((tx) =>
      tx.db
        .updateTable('conversations')
        .set({ last_inbound_at: desk.hotline.now() - 25 * 60 * MINUTE_MS })
        .where('channel', '=', 'whatsapp')
        .execute(),
    );
    expect(await test(mia(), 'whatsapp', '+34600333555')).toMatchObject({ body: { outcome: 'refused', code: 'outside_window' } });
  });

  it('say when all that may be sent today is sent', async () => {
    const [sms, whatsapp] = (await eva().call('listChannels')).modules[2]?.channels ?? [];
    expect([sms?.ceilingReached, whatsapp?.ceilingReached]).toEqual([false, true]);
  });

  it('where people write first are not tested with a number', async () => {
    expect(await test(noa(), 'web', '+34600333666')).toMatchObject({ status: 200, body: { outcome: 'refused', code: 'person_first' } });
    for (const name of ['botframework', 'pigeon']) expect((await test(noa(), name, '+34600333666')).status).toBe(404);
  });

  it('take only a whole number and a language of the hotline, and repeat neither', async () => {
    const attempts = twilio.attempts;
    for (const to of ['600333777', '+34 600', 'maria@example.org', '112112']) {
      const { status, body } = await test(noa(), 'sms', to);
      expect([to, status]).toEqual([to, 400]);
      expect(JSON.stringify(body)).not.toContain(to);
    }
    expect((await test(noa(), 'sms', '+34600333777', 'sw')).status).toBe(400);
    expect(twilio.attempts).toBe(attempts);
  });

  it('are for those who manage settings', async () => {
    for (const who of [desk.ana, await desk.join({ alias: 'Rui', roles: ['editor'], deskIds: [] })]) {
      expect((await who.ask('listChannels')).status).toBe(403);
      expect(await test(who, 'sms', '+34600333888')).toMatchObject({ status: 403, body: { error: { permission: 'settings.manage' } } });
    }
    expect((await openClient(desk.url).ask('listChannels')).status).toBe(401);
    expect(sentTo('+34600333888')).toEqual([]);
  });

  it('are tested five times an hour by one person, however many tests come at once and whoever signs in meanwhile', async () => {
    const at = (list: { status: number }[], status: number): number => list.filter((one) => one.status === status).length;
    const all = await Promise.all(Array.from({ length: 8 }, () => test(pia(), 'sms', '+34600444111')));
    expect([at(all, 200), at(all, 429)]).toEqual([5, 3]);
    expect(sentTo('+34600444111')).toHaveLength(5);
    expect(Number(all.find(({ status }) => status === 429)?.headers.get('retry-after'))).toBeGreaterThan(0);
    desk.hotline.pass(40 * MINUTE_MS);
    // Old tries to sign in are forgotten now.
    expect((await openClient(desk.url).ask('signIn', { body: { email: 'nobody@example.org', password: PASSWORD } })).status).toBe(403);
    expect((await test(pia(), 'sms', '+34600444111')).status).toBe(429);
    desk.hotline.pass(21 * MINUTE_MS);
    expect((await test(pia(), 'sms', '+34600444111')).status).toBe(200);
  });

  it('are tested twenty times a day by all together', async () => {
    let last = 200;
    for (const who of [noa(), zoe()])
      for (let tries = 0; tries < 5 && last === 200; tries += 1) last = (await test(who, 'sms', '+34600444222')).status;
    expect(last).toBe(429);
    expect(await audited()).toHaveLength(20);
  });

  it('leave no number behind in logs, in the audit log, or in what an administrator is told', async () => {
    const numbers = /600222333|600222444|600222555|600333555|600333666|600333777|600333888|600444111|600444222/;
    const told = await eva().call('listAudit', { query: {} });
    expect(JSON.stringify(told.entries.filter(({ action }) => action === 'channel.test'))).toContain('outside_window');
    expect(JSON.stringify(told)).not.toMatch(numbers);
    expect(desk.hotline.logs.join('')).toContain('A channel was tested.');
    expect(desk.hotline.logs.join('')).not.toMatch(numbers);
  });
});

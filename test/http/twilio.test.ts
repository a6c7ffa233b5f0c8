// SMS and WhatsApp from end to end over Twilio's real protocol: signed webhooks in, the Messages resource out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { twilio as twilioModule } from '../../src/channels/twilio/twilio.ts';
import { eraseCopies } from '../../src/runtime/housekeeping.ts';
import { openHotline, type TestHotline } from '../support/app.ts';
import { freePort } from '../support/process.ts';
import { newSid, startTwilio, type FakeTwilio } from '../support/twilio-server.ts';

let twilio: FakeTwilio;
let hotline: TestHotline;
let url: string;

beforeAll(async () => {
  twilio = await startTwilio();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  // The provider has a real clock, so ours starts with it.
  hotline = await openHotline({
    at: Date.now(),
    environment: { ...twilio.env, PORT: String(port), PUBLIC_URL: url, TWILIO_SMS_SEGMENTS_PER_SECOND: '1000' },
    modules: [twilioModule],
  });
  await hotline.app.listen();
});
afterAll(async () => {
  await hotline.close();
  await twilio.close();
});

const outbound = (to: string) => twilio.messages.filter((message) => message.direction !== 'inbound' && message.to === to);

describe.each([
  ['SMS', '+34600111222', '+15005550006'],
  ['WhatsApp', 'whatsapp:+34600333444', 'whatsapp:+15005550007'],
])('%s', (_, from, to) => {
  it('answers "hola" with exactly one message: welcome, limits and consent in Spanish', async () => {
    const response = await twilio.inbound(url, { from, to, body: 'hola' });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/<Response\s*\/>/);
    await hotline.settle();
    const sent = outbound(from);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.body).toMatch(/papeles/);
    expect(sent[0]?.body).toMatch(/1.*2.*3/s);
    expect(sent[0]?.statusCallback).toMatch(new RegExp(`^${url}/channels/twilio/status\\?line=`));
  });

  it('answers the same post ten times at once with no second message', async () => {
    const before = outbound(from).length;
    const message = { from, to, body: 'menu', sid: newSid() };
    const responses = await Promise.all(Array.from({ length: 10 }, () => twilio.inbound(url, message)));
    expect(responses.every((response) => response.status === 200)).toBe(true);
    await hotline.settle();
    expect(outbound(from).length).toBe(before + 1);
  });
});

describe('what must be refused', () => {
  it('refuses a wrong signature and stores nothing', async () => {
    const response = await twilio.webhook(
      url,
      '/channels/twilio/messages',
      { AccountSid: twilio.accountSid, MessageSid: newSid(), From: '+34600999888', To: '+15005550006', Body: 'hola', NumMedia: '0' },
      { signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
    );
    expect(response.status).toBe(403);
    await hotline.settle();
    expect(outbound('+34600999888')).toEqual([]);
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/ventanilla_requests_refused_total\{[^}]*bad_signature[^}]*\} 1/);
  });

  it('names the field of a malformed post', async () => {
    const response = await twilio.webhook(url, '/channels/twilio/messages', {
      AccountSid: twilio.accountSid,
      From: '+34600999888',
      To: '+15005550006',
      Body: 'hola',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('MessageSid');
  });

  it('refuses a body over 64 kB', async () => {
    const response = await twilio.webhook(url, '/channels/twilio/messages', {
      AccountSid: twilio.accountSid,
      MessageSid: newSid(),
      From: '+34600999888',
      To: '+15005550006',
      Body: 'x'.repeat(70_000),
    });
    expect(response.status).toBe(413);
  });

  it('takes note of an unknown number without the number', async () => {
    const response = await twilio.inbound(url, { from: '+34600999888', to: '+15005559999', body: 'hola' });
    expect(response.status).toBe(200);
    await hotline.settle();
    expect(outbound('+34600999888')).toEqual([]);
    expect(hotline.logs.join('')).not.toMatch(/600999888|5005559999/);
  });
});

describe('sending', () => {
  it('moves delivery states forward only', async () => {
    const message = outbound('+34600111222')[0];
    if (!message) throw new Error('no message');
    for (const status of ['delivered', 'sent', 'queued']) expect((await twilio.callBack(message, status)).status).toBeLessThan(300);
    const lineId = new URL(message.statusCallback ?? '').searchParams.get('line') ?? '';
    const row = await hotline.app.store.read((reader) =>
      reader.db.selectFrom('messages').select('status').where('id', '=', lineId).executeTakeFirst(),
    );
    expect(row?.status).toBe('delivered');
  });

  it('looks up a send of unknown fate instead of sending twice', async () => {
    twilio.troubles.push({ kind: 'cut', taken: true });
    await twilio.inbound(url, { from: '+34600555666', to: '+15005550006', body: 'hola' });
    await expect
      .poll(async () =>
        (await hotline.app.store.read((reader) => reader.db.selectFrom('outbox').selectAll().execute())).map((line) => line.state),
      )
      .toEqual(['unknown']);
    hotline.pass(31_000);
    await hotline.settle();
    expect(outbound('+34600555666')).toHaveLength(1);
  });

  it('stops writing to a person whom the provider reports as opted out', async () => {
    twilio.troubles.push({ kind: 'status', status: 400, code: 21610 });
    await twilio.inbound(url, { from: '+34600777888', to: '+15005550006', body: 'hola' });
    await hotline.settle();
    await twilio.inbound(url, { from: '+34600777888', to: '+15005550006', body: 'menu' });
    await hotline.settle();
    expect(outbound('+34600777888')).toEqual([]);
  });

  it('never answers an opt-out word that the provider has answered', async () => {
    await twilio.inbound(url, { from: '+34600111222', to: '+15005550006', body: 'STOP', OptOutType: 'STOP' });
    const before = outbound('+34600111222').length;
    await hotline.settle();
    expect(outbound('+34600111222').length).toBe(before);
  });
});

describe('DELETE over SMS', () => {
  it("removes the provider's copies too, the last words included", async () => {
    const from = '+34600121212';
    for (const body of ['hola', 'me llamo Canario', 'borrar', '1']) {
      await twilio.inbound(url, { from, to: '+15005550006', body });
      await hotline.settle();
    }
    expect(outbound(from).at(-1)?.body).toMatch(/Borramos/);
    hotline.pass(10 * 60_000);
    while (await eraseCopies(hotline.app.service.services)) await hotline.settle();
    expect(twilio.messages.filter((message) => message.to === from || message.from === from)).toEqual([]);
  });
});

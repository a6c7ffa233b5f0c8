// Twilio over real HTTP, against a provider that speaks its protocol: both webhooks, sending, settling, erasing.
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { twilio as module } from '../../../src/channels/twilio/twilio.ts';
import { outboundLine, startChannel, storeFull, type ChannelHost } from '../../support/channel-host.ts';
import { newSid, signTwilio, startTwilio, type FakeTwilio } from '../../support/twilio-server.ts';
import { describeChannelContract, type ContractWorld } from '../channel-contract.ts';

const PERSON = '+34600111222';
const to = { kind: 'phone', value: PERSON } as const;
const CONTENT = { buttons_2: `HX${'2'.repeat(32)}`, buttons_3: `HX${'3'.repeat(32)}`, list_4: `HX${'4'.repeat(32)}` };

async function contractWorld(channel: 'sms' | 'whatsapp'): Promise<ContractWorld> {
  const provider = await startTwilio();
  const prefix = channel === 'whatsapp' ? 'whatsapp:' : '';
  const ours = channel === 'whatsapp' ? 'whatsapp:+15005550007' : '+15005550006';
  const params = (rest: Record<string, string>) => ({
    AccountSid: provider.accountSid,
    MessageSid: newSid(),
    From: prefix + PERSON,
    To: ours,
    Body: 'hola',
    ...rest,
  });
  const post = (url: string, rest: Record<string, string>) => provider.webhook(url, '/channels/twilio/messages', params(rest));
  return {
    env: provider.env,
    channel,
    to,
    secret: PERSON,
    inbound: {
      genuine: (url, message) => post(url, { MessageSid: `SM${message.id}`, Body: message.text }),
      forged: (url) => provider.webhook(url, '/channels/twilio/messages', params({}), { signature: `${'A'.repeat(27)}=` }),
      malformed: (url) => post(url, { From: '' }),
      missingField: 'From',
      huge: (url) => post(url, { Body: 'a'.repeat(70_000) }),
    },
    provider: {
      texts: () => provider.messages.filter((one) => one.direction === 'outbound-api').map((one) => one.body),
      refuseNext: (status, retryAfter) =>
        void provider.troubles.push({ kind: 'status', status, ...(retryAfter === undefined ? {} : { retryAfter }) }),
      cutNext: (taken) => void provider.troubles.push({ kind: 'cut', taken }),
      close: () => provider.close(),
    },
    close: () => provider.close(),
  };
}

for (const channel of ['sms', 'whatsapp'] as const) {
  describeChannelContract(`twilio (${channel})`, {
    module,
    required: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_SMS_FROM', 'TWILIO_WHATSAPP_FROM'],
    wrong: { TWILIO_SMS_FROM: 'five hundred' },
    start: () => contractWorld(channel),
  });
}

let provider: FakeTwilio;
let host: ChannelHost;

async function start(env: Record<string, string> = {}): Promise<void> {
  await host?.close();
  const merged = { ...provider.env, ...env };
  host = await startChannel(module, Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')));
}
const channelOf = (name: string): Channel => host.open.channels.find((one) => one.name === name) as Channel;

beforeEach(async () => {
  provider = await startTwilio();
  await start();
});
afterEach(async () => {
  await host.close();
  await provider.close();
});

describe('which channels there are', () => {
  it.each([
    [{ TWILIO_WHATSAPP_FROM: '' }, ['sms']],
    [{ TWILIO_SMS_FROM: '' }, ['whatsapp']],
    [{ TWILIO_SMS_FROM: '', TWILIO_WHATSAPP_FROM: '', TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}` }, ['sms']],
    [{ TWILIO_WHATSAPP_FROM: 'whatsapp:+1 500 555 0007' }, ['sms', 'whatsapp']],
  ])('follows the settings %o', async (env, names) => {
    await start(env);
    expect(host.open.channels.map((one) => one.name)).toEqual(names);
  });
  it('shows buttons and lists only where templates are configured', async () => {
    expect(channelOf('whatsapp').capabilities).toMatchObject({ buttons: null, list: null, smsSegments: false });
    expect(channelOf('sms').capabilities).toMatchObject({ buttons: null, list: null, smsSegments: true, segmentsPerSecond: 1 });
    await start({ TWILIO_WHATSAPP_CONTENT: JSON.stringify(CONTENT), TWILIO_SMS_SEGMENTS_PER_SECOND: '10' });
    expect(channelOf('whatsapp').capabilities).toMatchObject({
      buttons: { max: 3, maxLabel: 20, maxBody: 1024 },
      list: { max: 4, maxLabel: 24 },
    });
    expect(channelOf('sms').capabilities).toMatchObject({ buttons: null, segmentsPerSecond: 10 });
  });
  it('says which setting is wrong', () => {
    for (const [name, value] of [
      ['TWILIO_ACCOUNT_SID', 'SK1'],
      ['TWILIO_WHATSAPP_CONTENT', '{"buttons_4":"HX"}'],
      ['TWILIO_WHATSAPP_CONTENT', 'no JSON'],
      ['TWILIO_API_URL', 'api'],
    ] as const) {
      expect(() => module.missingSettings({ ...provider.env, [name]: value })).toThrow(name);
    }
  });
});

describe('the message webhook', () => {
  it('answers with empty TwiML', async () => {
    const answer = await provider.inbound(host.url, { from: PERSON, to: '+15005550006', body: 'hola' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(await answer.text()).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });
  it.each([
    ['another account', { AccountSid: `AC${'9'.repeat(32)}` }],
    ['another number', { To: '+15005559999' }],
    ['another number on WhatsApp', { From: `whatsapp:${PERSON}`, To: 'whatsapp:+15005550006' }],
  ])('answers 200 to what was sent to %s, stores nothing, and logs no number', async (_name, other: Record<string, string>) => {
    const answer = await provider.inbound(host.url, { from: PERSON, to: '+15005550006', body: 'hola', ...other });
    expect(answer.status).toBe(200);
    expect(host.received).toEqual([]);
    expect(host.counted).toEqual(['unknown_recipient twilio']);
    expect(host.logged()).toMatch(/unknown_(account|number)/);
    expect(host.logged()).not.toMatch(/\+\d{5}/);
  });
  it('takes whatever number of its messaging service was written to', async () => {
    await start({ TWILIO_MESSAGING_SERVICE_SID: `MG${'1'.repeat(32)}` });
    await provider.inbound(host.url, { from: PERSON, to: '+15005558888', body: 'hola', MessagingServiceSid: `MG${'1'.repeat(32)}` });
    expect(host.received).toHaveLength(1);
  });
  it('checks the address exactly as it was called, odd characters and all', async () => {
    const path = "/channels/twilio/messages?a=It's+a%7eb&c=(d)";
    const params = { AccountSid: provider.accountSid, MessageSid: newSid(), From: PERSON, To: '+15005550006', Body: 'hola' };
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signTwilio(provider.authToken, host.url + path, params),
    };
    const status = await new Promise<number | undefined>((got) => {
      const { hostname, port } = new URL(host.url);
      const call = request({ hostname, port, path, method: 'POST', headers }, (answer) => got(answer.resume().statusCode));
      call.end(new URLSearchParams(params).toString());
    });
    expect(status).toBe(200);
  });
  it('stops reading an endless body', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(stream) {
        sent += 1;
        stream.enqueue(new Uint8Array(16_384).fill(97));
      },
    });
    const init = { method: 'POST', body: endless, duplex: 'half' } as RequestInit;
    const answer = await fetch(`${host.url}/channels/twilio/messages`, init).catch(() => null);
    if (answer !== null) expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(1000);
    expect(host.received).toEqual([]);
  });
  it('refuses bytes that are no text, and a byte order mark that was not signed', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const broken = await fetch(`${host.url}/channels/twilio/messages`, {
      method: 'POST',
      headers,
      body: new Uint8Array([0x42, 0xff, 0xfe]),
    });
    expect(broken.status).toBe(400);
  });
});

describe('the status webhook', () => {
  it('settles a line by the id in its callback address', async () => {
    await channelOf('sms').send(outboundLine(to, { text: 'hola' }, { id: 'line-7_x' }));
    const [sent] = provider.messages;
    expect((await provider.callBack(sent as never, 'delivered')).status).toBe(200);
    expect((await provider.callBack(sent as never, 'undelivered', 30005)).status).toBe(200);
    expect(host.statuses).toEqual([
      { channel: 'sms', lineId: 'line-7_x', providerRef: sent?.sid, status: 'delivered' },
      { channel: 'sms', lineId: 'line-7_x', providerRef: sent?.sid, status: 'failed', errorCode: '30005' },
    ]);
  });
  it('refuses a callback whose line was changed, and answers 503 while nothing can be stored', async () => {
    await channelOf('sms').send(outboundLine(to, { text: 'hola' }));
    const sent = provider.messages[0] as never as { statusCallback: string };
    const path = new URL(sent.statusCallback).pathname;
    const params = { AccountSid: provider.accountSid, MessageSid: newSid(), MessageStatus: 'failed' };
    const answer = await provider.webhook(host.url, `${path}?line=other`, params, { signature: `${'A'.repeat(27)}=` });
    expect(answer.status).toBe(403);
    host.refuse(storeFull());
    expect((await provider.webhook(host.url, `${path}?line=other`, params)).status).toBe(503);
    expect(host.statuses).toEqual([]);
  });
});

describe('sending', () => {
  it('posts the message with sender and callback', async () => {
    expect(await channelOf('sms').send(outboundLine(to, { text: 'hola' }))).toEqual({
      kind: 'sent',
      providerRef: provider.messages[0]?.sid,
    });
    await channelOf('whatsapp').send(outboundLine({ kind: 'bsuid', value: 'US.1349' }, { text: 'hola' }, { id: 'l2' }));
    expect(provider.messages).toMatchObject([
      { to: PERSON, from: '+15005550006', body: 'hola', statusCallback: `${host.url}/channels/twilio/status?line=line_1-abc` },
      { to: 'whatsapp:US.1349', from: 'whatsapp:+15005550007', statusCallback: `${host.url}/channels/twilio/status?line=l2` },
    ]);
  });
  it('goes through the messaging service where there is one', async () => {
    await start({ TWILIO_MESSAGING_SERVICE_SID: `MG${'1'.repeat(32)}`, TWILIO_SMS_FROM: '' });
    await channelOf('sms').send(outboundLine(to, { text: 'hola' }));
    expect(provider.messages).toMatchObject([{ from: null, messagingServiceSid: `MG${'1'.repeat(32)}` }]);
  });
  it('uses a Content template where the shape has one, and numbered text where it has none', async () => {
    await start({ TWILIO_WHATSAPP_CONTENT: JSON.stringify(CONTENT) });
    const choices = [
      { id: 'yes', label: 'Sí' },
      { id: 'no', label: 'No' },
    ];
    await channelOf('whatsapp').send(outboundLine(to, { text: '¿Sigue?', layout: 'buttons', choices }));
    await channelOf('whatsapp').send(outboundLine(to, { text: '¿Sigue?', layout: 'list', choices }));
    expect(provider.messages).toMatchObject([
      { contentSid: CONTENT.buttons_2, body: '' },
      { contentSid: null, body: '¿Sigue?\n1. Sí\n2. No' },
    ]);
    expect(JSON.parse(provider.messages[0]?.contentVariables ?? '')).toEqual({ 1: '¿Sigue?', 2: 'Sí', 3: 'yes', 4: 'No', 5: 'no' });
  });
  it.each([
    [400, 21610, { retryable: false, code: '21610' }],
    [400, 63016, { retryable: false, code: 'outside_window' }],
    [400, 21211, { retryable: false, code: '21211' }],
    [400, 21408, { retryable: false, code: '21408' }],
    [400, 21614, { retryable: false, code: '21614' }],
    [400, 21617, { retryable: false, code: '21617' }],
    [400, 30004, { retryable: false, code: '30004' }],
    [500, 30007, { retryable: false, code: '30007' }],
    [400, 63018, { retryable: true, code: '63018' }],
    [400, 30001, { retryable: true, code: '30001' }],
    [400, 21611, { retryable: true, code: '21611' }],
    [429, 20429, { retryable: true, code: '20429' }],
    [401, 20003, { retryable: true, retryAfterSeconds: 300 }],
    [502, undefined, { retryable: true, code: 'http_502' }],
  ])('reads %i with code %o as %o', async (status, code, result) => {
    provider.troubles.push({ kind: 'status', status, ...(code === undefined ? {} : { code }) });
    expect(await channelOf('sms').send(outboundLine(to, { text: 'hola' }))).toMatchObject({ kind: 'failed', ...result });
    expect(provider.attempts).toBe(1);
  });
  it('does not know what became of a request that a gateway gave up on', async () => {
    provider.troubles.push({ kind: 'status', status: 504 });
    expect(await channelOf('sms').send(outboundLine(to, { text: 'hola' }))).toEqual({ kind: 'unknown' });
  });
});

describe('a send of unknown fate', () => {
  const settle = (knownRefs: string[] = []) => channelOf('sms').lookUp?.(outboundLine(to, { text: 'hola' }, { knownRefs }));
  it('is settled as sent when the provider has it', async () => {
    provider.troubles.push({ kind: 'cut', taken: true });
    expect(await channelOf('sms').send(outboundLine(to, { text: 'hola' }))).toEqual({ kind: 'unknown' });
    expect(await settle()).toEqual({ kind: 'sent', providerRef: provider.messages[0]?.sid, status: 'sent' });
  });
  it('is settled as not sent when it has not, whatever else went to that number', async () => {
    const known = provider.add({ to: PERSON, from: '+15005550006' });
    provider.add({ to: PERSON, from: '+15005550006', direction: 'outbound-reply' });
    provider.add({ to: PERSON, from: '+15005551111' });
    provider.add({ to: PERSON, from: '+15005550006', createdAt: Date.now() - 4 * 3_600_000 });
    provider.add({ to: '+34600999888', from: '+15005550006' });
    provider.troubles.push({ kind: 'cut', taken: false });
    await channelOf('sms').send(outboundLine(to, { text: 'hola' }));
    expect(await settle([known.sid])).toEqual({ kind: 'not_sent' });
  });
  it('is settled with another one when both are there, and stays unknown when only one is', async () => {
    const first = provider.add({ to: PERSON, from: '+15005550006' });
    const line = outboundLine(to, { text: 'hola' }, { knownRefs: [], unsettled: 2 });
    expect(await channelOf('sms').lookUp?.(line)).toEqual({ kind: 'unknown' });
    provider.add({ to: PERSON, from: '+15005550006' });
    expect(await channelOf('sms').lookUp?.(line)).toEqual({ kind: 'sent', providerRef: first.sid, status: 'sent' });
  });
  it('is not taken for unsent because our clock was ahead when it was written', async () => {
    const message = provider.add({ to: PERSON, from: '+15005550006', createdAt: Date.now() - 2 * 3_600_000 });
    expect(await settle()).toMatchObject({ kind: 'sent', providerRef: message.sid });
  });
  it('stays unknown when two messages may be it, when the others are not known, or when the provider does not answer', async () => {
    provider.add({ to: PERSON, from: '+15005550006' });
    expect(await channelOf('sms').lookUp?.(outboundLine(to, { text: 'hola' }))).toEqual({ kind: 'unknown' });
    provider.add({ to: PERSON, from: '+15005550006' });
    expect(await settle()).toEqual({ kind: 'unknown' });
    await provider.close();
    expect(await settle()).toEqual({ kind: 'unknown' });
  });
});

describe("erasing the provider's copy", () => {
  it('deletes the message and its media', async () => {
    const message = provider.add({ direction: 'inbound', media: [newSid('ME'), newSid('ME')] });
    expect(await channelOf('whatsapp').eraseCopy?.(message.sid)).toBe(true);
    expect(provider.messages).toEqual([]);
  });
  it('is done when there is nothing, and is not when nobody answers', async () => {
    expect(await channelOf('sms').eraseCopy?.(newSid())).toBe(true);
    await provider.close();
    expect(await channelOf('sms').eraseCopy?.(newSid())).toBe(false);
  });
});

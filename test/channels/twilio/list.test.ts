// Twilio's list over real HTTP: page by page, by our numbers and a time, read as the webhook would have told it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderList } from '../../../src/channels/channel.ts';
import { createTwilioApi } from '../../../src/channels/twilio/api.ts';
import { createTwilioChannel } from '../../../src/channels/twilio/channel.ts';
import { parseTwilioSettings } from '../../../src/channels/twilio/settings.ts';
import { twilio as module } from '../../../src/channels/twilio/twilio.ts';
import { startChannel, type ChannelHost } from '../../support/channel-host.ts';
import { startTwilio, type FakeMessage, type FakeTwilio } from '../../support/twilio-server.ts';

const PERSON = '+34600111222';
const SMS = '+15005550006';
const SERVICE = `MG${'1'.repeat(32)}`;
const START = Date.parse('2026-11-21T10:00:00Z');

let provider: FakeTwilio;
let host: ChannelHost;

async function open(channel: 'sms' | 'whatsapp', env: Record<string, string> = {}): Promise<ProviderList | undefined> {
  host = await startChannel(module, { ...provider.env, ...env });
  return host.open.channels.find(({ name }) => name === channel)?.list;
}
const arrived = (message: Partial<FakeMessage>): FakeMessage =>
  provider.add({ from: PERSON, to: SMS, direction: 'inbound', status: 'received', body: 'hola', createdAt: START, ...message });

beforeEach(async () => {
  provider = await startTwilio();
});
afterEach(async () => {
  await host.close();
  await provider.close();
});

describe('the list of inbound messages', () => {
  it('comes page by page, oldest first, with nothing left out or twice', async () => {
    for (let index = 0; index < 1100; index++) arrived({ body: String(index), createdAt: START + index * 1000 });
    const list = await open('sms');
    const found = await list?.inbound(START, null);
    expect(found?.map(({ text }) => Number(text))).toEqual(Array.from({ length: 1100 }, (_, index) => index));
    expect(provider.lists).toHaveLength(3);
  });

  it('begins and ends where it was asked to', async () => {
    for (const seconds of [-1, 0, 1, 59, 60]) arrived({ body: String(seconds), createdAt: START + seconds * 1000 });
    const list = await open('sms');
    expect((await list?.inbound(START, START + 60_000))?.map(({ text }) => text)).toEqual(['0', '1', '59']);
  });

  it('holds what came to our numbers and nothing else, each as a webhook tells it', async () => {
    const picture = arrived({ body: '', media: [`ME${'1'.repeat(32)}`] });
    const stop = arrived({ body: 'STOP', createdAt: START + 1000 });
    arrived({ to: '+15005550099' });
    arrived({ to: 'whatsapp:+15005550007', from: `whatsapp:${PERSON}` });
    arrived({ from: 'nobody' });
    provider.add({ from: SMS, to: PERSON, createdAt: START });
    const list = await open('sms');
    expect(await list?.inbound(START, null)).toMatchObject([
      { channel: 'sms', externalId: picture.sid, from: [{ kind: 'phone', value: PERSON }], media: [{}], sentAt: START },
      { externalId: stop.sid, text: 'STOP', optOut: 'stop', sentAt: START + 1000 },
    ]);
    expect(host.logged()).not.toContain('nobody');
  });

  it('follows a messaging service over all its numbers', async () => {
    arrived({ to: '+15005550088', messagingServiceSid: SERVICE });
    arrived({ to: '+15005550099' });
    const list = await open('sms', { TWILIO_SMS_FROM: '', TWILIO_MESSAGING_SERVICE_SID: SERVICE });
    expect(await list?.inbound(START, null)).toHaveLength(1);
  });

  it('ends with a fault that says so when Twilio names a next page for ever', async () => {
    provider.isEndless = () => true;
    const list = await open('sms');
    await expect(list?.inbound(START, null)).rejects.toMatchObject({ code: 'channel.too_large', retryable: true });
    await expect(list?.outbound(START, null)).rejects.toMatchObject({ code: 'channel.too_large', retryable: true });
    expect(provider.lists.length).toBeLessThan(100);
  });

  it('rejects when Twilio refuses it, with the time to wait', async () => {
    provider.listTroubles.push({ kind: 'status', status: 429, code: 20429, retryAfter: '17' });
    const list = await open('sms');
    await expect(list?.inbound(START, null)).rejects.toMatchObject({ retryable: true, retryAfterSeconds: 17 });
  });
});

it('tells what was sent from our number, whoever sent it', async () => {
  const sent = provider.add({ from: SMS, to: PERSON, createdAt: START, status: 'sent' });
  provider.add({ from: '+15005550099', to: PERSON, createdAt: START, status: 'sent' });
  const list = await open('sms');
  provider.add({ from: SMS, to: PERSON, createdAt: START + 60_000, status: 'sent' });
  expect(await list?.outbound(START, START + 60_000)).toEqual([{ providerRef: sent.sid, to: { kind: 'phone', value: PERSON }, at: START }]);
});

it('is not asked for on a machine that Twilio cannot call', async () => {
  const context = { publicUrl: 'http://127.0.0.1:8080', now: () => START, count: () => {}, log: { info() {}, warn() {}, error() {} } };
  const settings = parseTwilioSettings({ ...provider.env, TWILIO_API_URL: 'https://api.twilio.example' });
  const api = createTwilioApi(settings, context.now);
  expect(createTwilioChannel('sms', settings, api, context).list).toBeUndefined();
  expect(createTwilioChannel('sms', settings, api, { ...context, publicUrl: 'https://hotline.example' }).list).toBeDefined();
  await open('sms');
});

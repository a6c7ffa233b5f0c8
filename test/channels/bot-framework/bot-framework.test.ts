// Bot Framework over real HTTP, with keys, sign-in and a connector of our own: only signed activities count.
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { botFramework, createBotFramework } from '../../../src/channels/bot-framework/bot-framework.ts';
import { packReference, unpackReference } from '../../../src/channels/bot-framework/reference.ts';
import type { Channel } from '../../../src/channels/channel.ts';
import { APP_ID, startConnector, THIS_MACHINE, type FakeConnector } from '../../support/bot-connector.ts';
import { outboundLine, startChannel, type ChannelHost } from '../../support/channel-host.ts';
import { describeChannelContract } from '../channel-contract.ts';

const PERSON = '29:person';
const module = createBotFramework(THIS_MACHINE);

const addressAt = (serviceUrl: string) =>
  packReference({
    channelId: 'msteams',
    serviceUrl,
    conversationId: 'a:conversation',
    userId: PERSON,
    botId: '28:bot',
    tenantId: '99999999-2222-4333-8444-555555555555',
  });

describeChannelContract('bot-framework', {
  module,
  required: ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID'],
  wrong: { MICROSOFT_APP_ID: 'my-bot-app' },
  async start() {
    const azure = await startConnector();
    return {
      env: azure.env,
      channel: 'botframework',
      to: addressAt(azure.url),
      secret: PERSON,
      inbound: {
        genuine: (url, { id, text }) => azure.post(url, azure.activity({ id, text })),
        forged: (url) => azure.post(url, azure.activity(), azure.token({ aud: 'another-app' })),
        malformed: (url) => azure.post(url, azure.activity({ from: undefined })),
        missingField: 'from',
        huge: (url) => azure.post(url, azure.activity({ text: 'a'.repeat(70_000) })),
      },
      provider: {
        texts: () => azure.taken.map((one) => one.activity.text ?? ''),
        refuseNext: (status, retryAfter) =>
          void azure.troubles.push({ kind: 'status', status, ...(retryAfter === undefined ? {} : { retryAfter }) }),
        cutNext: (taken) => void azure.troubles.push({ kind: 'cut', taken }),
        close: () => azure.close(),
      },
      close: () => azure.close(),
    };
  },
});

let azure: FakeConnector;
let host: ChannelHost;

beforeEach(async () => {
  azure = await startConnector();
  host = await startChannel(module, azure.env);
});
afterEach(async () => {
  await host.close();
  await azure.close();
});
const channel = (): Channel => host.open.channels[0] as Channel;

/** The same bytes with another last character: its last four bits are not read. */
function respell(token: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + letters[letters.indexOf(token.at(-1) ?? '') + 1];
}

describe('a token', () => {
  const now = Math.floor(Date.now() / 1000);
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  it.each([
    ['is missing', () => null],
    ['is no token', () => 'abc'],
    ['is unsigned', () => `${azure.token({}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`],
    ['is signed by somebody else', () => azure.token({}, {}, stranger)],
    ['names an unknown key', () => azure.token({}, { kid: 'key-2' })],
    ['is for another app', () => azure.token({ aud: '00000000-2222-4333-8444-555555555555' })],
    ['comes from another issuer', () => azure.token({ iss: 'https://evil.example.org' })],
    ['is for another service', () => azure.token({ serviceurl: 'https://evil.example.org/' })],
    ['names no service', () => azure.token({ serviceurl: undefined })],
    ['is over', () => azure.token({ nbf: now - 9000, exp: now - 3600 })],
    ['is not valid yet', () => azure.token({ nbf: now + 3600 })],
    [
      "is one of the emulator's",
      () => azure.token({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0', appid: APP_ID }),
    ],
    [
      "is a skill's",
      () =>
        azure.token({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0', appid: 'another', aud: APP_ID }),
    ],
    ['spells its signature in another way', () => respell(azure.token())],
    ['spells its signature with padding', () => `${azure.token()}==`],
    ['was changed after signing', () => azure.token().replace(/\.(.)/, (_all, first: string) => `.${first === 'e' ? 'f' : 'e'}`)],
  ])('that %s is refused', async (_name, token) => {
    expect((await azure.post(host.url, azure.activity(), token())).status).toBe(403);
    expect(host.received).toEqual([]);
    expect(host.counted).toEqual(['bad_signature botframework']);
  });
  it('for a channel that its key does not vouch for is refused', async () => {
    expect((await azure.post(host.url, azure.activity({ channelId: 'facebook' }))).status).toBe(403);
  });
  it('cannot be judged while the keys cannot be loaded: 503, not 200 and not 403', async () => {
    await host.close();
    const nowhere = await startConnector();
    host = await startChannel(module, { ...azure.env, MICROSOFT_OPENID_URL: `${nowhere.url}/openid` });
    await nowhere.close();
    expect((await azure.post(host.url, azure.activity())).status).toBe(503);
  });
});

describe('settings', () => {
  it('take no keys over an open line', () => {
    expect(() => module.missingSettings({ ...azure.env, MICROSOFT_OPENID_URL: 'http://keys.example.org/' })).toThrow(
      'MICROSOFT_OPENID_URL',
    );
  });
});

describe('an activity', () => {
  it('becomes a message without names, its id hidden', async () => {
    await azure.post(host.url, azure.activity({ attachments: [{ contentType: 'text/html', content: '<p>hola</p>' }] }));
    expect(host.received).toMatchObject([{ channel: 'botframework', text: 'hola', languageHint: 'es-ES', media: [], opened: false }]);
    expect(JSON.stringify(host.received)).not.toContain('Ana');
    expect(host.received[0]?.externalId).toMatch(/^[\w-]{43}$/);
  });
  it('with the same id in another conversation is another message', async () => {
    await azure.post(host.url, azure.activity());
    await azure.post(host.url, azure.activity({ conversation: { id: 'a:another' } }));
    expect(host.received).toHaveLength(2);
  });
  it('gets a file from the connector alone, with its own token', async () => {
    azure.files.set('/files/1', Buffer.from([0xff, 0xd8, 0x80]));
    const [channel] = host.open.channels;
    const fetched = await channel?.fetchMedia?.({ message: 'x', index: 0, at: `${azure.url}/files/1` });
    expect(fetched).toEqual({ kind: 'fetched', bytes: Buffer.from([0xff, 0xd8, 0x80]) });
    expect(await channel?.fetchMedia?.({ message: 'x', index: 0, at: `${azure.url}/files/2` })).toEqual({ kind: 'gone' });
    expect(await channel?.fetchMedia?.({ message: 'x', index: 0, at: 'http://10.0.0.1/files/1' })).toMatchObject({ kind: 'refused' });
  });

  it('brings media by reference, and what a button sent', async () => {
    await azure.post(
      host.url,
      azure.activity({
        text: null,
        value: 'health',
        attachments: [
          { contentType: 'audio/ogg', contentUrl: `${azure.url}/files/1` },
          { contentType: 'audio/ogg', contentUrl: 'https://files.example.org/1' },
        ],
      }),
    );
    expect(host.received).toMatchObject([
      {
        text: '',
        payload: 'health',
        media: [
          { contentType: 'audio/ogg', providerRef: `${azure.url}/files/1` },
          { contentType: 'audio/ogg', providerRef: '', lost: 'type' },
        ],
      },
    ]);
  });
  it('of somebody who joins or types opens the conversation, once', async () => {
    await azure.post(
      host.url,
      azure.activity({ type: 'conversationUpdate', text: undefined, membersAdded: [{ id: '28:bot' }, { id: PERSON }] }),
    );
    await azure.post(host.url, azure.activity({ type: 'typing', id: undefined, text: undefined }));
    expect(host.received).toMatchObject([{ opened: true, text: '' }]);
  });
  it.each([
    ['from a group', { conversation: { id: 'g', isGroup: true } }],
    ['from a team channel', { conversation: { id: 'g', conversationType: 'channel' } }],
    ['of the bot that joins', { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }], from: { id: '28:bot' } }],
    ['of another kind', { type: 'messageReaction' }],
  ])('%s is passed over', async (_name, change) => {
    expect((await azure.post(host.url, azure.activity(change))).status).toBe(200);
    expect(host.received).toEqual([]);
  });
  it('that is no JSON is refused', async () => {
    expect((await azure.post(host.url, '{"type":')).status).toBe(400);
  });
});

describe('an answer', () => {
  it('continues the conversation that the address names, after any restart', async () => {
    await azure.post(host.url, azure.activity());
    const address = host.received[0]?.from[0];
    await host.close();
    host = await startChannel(module, azure.env);
    expect(await channel().send(outboundLine(address as never, { text: '¿Sigue?' }))).toEqual({ kind: 'sent', providerRef: 'sent-1' });
    expect(azure.taken).toMatchObject([
      {
        conversationId: 'a:conversation',
        activity: { type: 'message', text: '¿Sigue?', locale: 'es', recipient: { id: PERSON }, from: { id: '28:bot' } },
      },
    ]);
  });
  it('offers choices as buttons that speak their label', async () => {
    const choices = [
      { id: 'yes', label: 'Sí' },
      { id: 'no', label: 'No' },
    ];
    await channel().send(outboundLine(addressAt(azure.url), { text: '¿Sigue?', layout: 'buttons', choices }));
    expect(azure.taken[0]?.activity.suggestedActions).toMatchObject({
      actions: [{ type: 'imBack', title: 'Sí', value: 'Sí' }, { title: 'No' }],
    });
  });
  it('signs in once for many', async () => {
    await Promise.all([1, 2, 3].map((n) => channel().send(outboundLine(addressAt(azure.url), { text: `${n}` }))));
    expect([azure.signIns, azure.taken.length]).toEqual([1, 3]);
  });
  it('waits when there is no token, and is given up when its address is none', async () => {
    await host.close();
    host = await startChannel(module, { ...azure.env, MICROSOFT_APP_PASSWORD: 'wrong' });
    expect(await channel().send(outboundLine(addressAt(azure.url), { text: 'a' }))).toEqual({
      kind: 'failed',
      retryable: true,
      code: 'no_token',
    });
    expect(await channel().send(outboundLine({ kind: 'user', value: 'x' }, { text: 'a' }))).toEqual({
      kind: 'failed',
      retryable: false,
      code: 'bad_address',
    });
    expect(azure.attempts).toBe(0);
  });
});

describe('a service that is not on the public internet', () => {
  it('is never called, whoever signed for it: no setting allows it', async () => {
    await host.close();
    host = await startChannel(botFramework, azure.env);
    for (const serviceUrl of [azure.url, 'https://169.254.169.254/', 'https://localhost/', 'http://smba.trafficmanager.net/emea/']) {
      expect(await channel().send(outboundLine(addressAt(serviceUrl), { text: 'a' }))).toEqual({
        kind: 'failed',
        retryable: false,
        code: 'http_403',
      });
    }
    expect(azure.attempts).toBe(0);
  });
});

describe('an address', () => {
  it('is the conversation reference, and the same for the same conversation', () => {
    const address = addressAt('https://smba.trafficmanager.net/emea/');
    expect(address).toEqual(addressAt('https://smba.trafficmanager.net/emea/'));
    expect(unpackReference(address)).toMatchObject({
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      userId: PERSON,
      botId: '28:bot',
    });
  });
});

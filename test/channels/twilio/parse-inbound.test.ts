// What Twilio's message webhook says, read into the words of the house.
import { describe, expect, it } from 'vitest';
import { parseInbound } from '../../../src/channels/twilio/parse-inbound.ts';
import { parseStatus } from '../../../src/channels/twilio/parse-status.ts';
import { InboundMessage } from '../../../src/domain/message.ts';

const SID = `SM${'1'.repeat(32)}`;
const account = { AccountSid: 'AC1', MessageSid: SID };
const sms = { ...account, From: '+34600111222', To: '+15005550006', Body: 'hola', NumMedia: '0' };
const whatsapp = {
  ...account,
  From: 'whatsapp:+34600111222',
  To: 'whatsapp:+15005550007',
  Body: 'hola',
  ProfileName: 'Ana',
  WaId: '34600111222',
};
const BSUID = 'US.13491208655302741918';

function read(params: Record<string, string | string[]>, defaultOptOut = true): InboundMessage {
  return InboundMessage.parse(parseInbound(params, { now: 1000, defaultOptOut }).message);
}

describe('a text', () => {
  it('comes by SMS', () => {
    expect(read(sms)).toEqual({
      channel: 'sms',
      externalId: SID,
      from: [{ kind: 'phone', value: '+34600111222' }],
      to: '+15005550006',
      text: 'hola',
      media: [],
      opened: false,
      receivedAt: 1000,
    });
  });
  it('comes by WhatsApp, without the profile name', () => {
    const message = read(whatsapp);
    expect(message).toMatchObject({ channel: 'whatsapp', from: [{ kind: 'phone', value: '+34600111222' }], to: '+15005550007' });
    expect(JSON.stringify(message)).not.toContain('Ana');
  });
  it('is cut to what the house holds, between characters', () => {
    expect(read({ ...sms, Body: 'á'.repeat(5000) }).text).toHaveLength(4096);
    expect(read({ ...sms, Body: `${'a'.repeat(4095)}🙂` }).text).toBe('a'.repeat(4095));
  });
});

describe('a WhatsApp sender', () => {
  it('without a number is known by the business-scoped id', () => {
    const only = read({ ...account, From: `whatsapp:${BSUID}`, To: whatsapp.To, Body: 'hola', ExternalUserId: BSUID });
    expect(only.from).toEqual([{ kind: 'bsuid', value: BSUID }]);
  });
  it('with both is known by both, the number first', () => {
    for (const ExternalUserId of [BSUID, `whatsapp:${BSUID}`]) {
      expect(read({ ...whatsapp, ExternalUserId }).from).toEqual([
        { kind: 'phone', value: '+34600111222' },
        { kind: 'bsuid', value: BSUID },
      ]);
    }
  });
  it('that hides its number in From but not in WaId is known by both, the id first', () => {
    expect(read({ ...whatsapp, From: `whatsapp:${BSUID}` }).from).toEqual([
      { kind: 'bsuid', value: BSUID },
      { kind: 'phone', value: '+34600111222' },
    ]);
  });
  it('is not turned away for a malformed second id', () => {
    expect(read({ ...whatsapp, ExternalUserId: 'nonsense' }).from).toHaveLength(1);
  });
});

describe('a choice', () => {
  it('brings the payload of a button', () => {
    expect(read({ ...whatsapp, Body: 'Salud', ButtonText: 'Salud', ButtonPayload: 'health' })).toMatchObject({
      text: 'Salud',
      payload: 'health',
    });
    expect(read({ ...whatsapp, Body: '', ButtonText: 'Salud', ButtonPayload: 'health' }).text).toBe('Salud');
  });
  it('brings the id of a list row', () => {
    expect(read({ ...whatsapp, Body: '', ListId: 'school', ListTitle: 'Escuela' })).toMatchObject({ text: 'Escuela', payload: 'school' });
  });
});

describe('what is not text', () => {
  it('is media by reference only', () => {
    const url = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1';
    const params = {
      ...whatsapp,
      Body: '',
      NumMedia: '2',
      MediaUrl0: url,
      MediaContentType0: 'audio/ogg',
      MediaUrl1: url,
      MediaContentType1: 'image/jpeg',
    };
    expect(read(params).media).toEqual([
      { contentType: 'audio/ogg', providerRef: url },
      { contentType: 'image/jpeg', providerRef: url },
    ]);
  });
  it('is a place', () => {
    expect(read({ ...whatsapp, Body: '', Latitude: '41.38', Longitude: '-2.17' }).location).toEqual({ latitude: 41.38, longitude: -2.17 });
    expect(read({ ...whatsapp, Latitude: '41.38' }).location).toBeUndefined();
  });
});

describe('an opt-out word', () => {
  it('that Twilio says it answered is marked', () => {
    expect(read({ ...sms, Body: 'ALTO', OptOutType: 'STOP' }).optOut).toBe('stop');
    expect(read({ ...whatsapp, OptOutType: 'START' }).optOut).toBe('start');
    expect(read({ ...sms, OptOutType: 'HELP' }).optOut).toBe('help');
  });
  it('that Twilio answers by default on SMS is marked, as a whole message only', () => {
    for (const Body of ['STOP', 'stop', ' Unsubscribe ', 'QUIT']) expect(read({ ...sms, Body }).optOut).toBe('stop');
    for (const Body of ['stop please', 'start', 'help', 'alto', 'parar']) expect(read({ ...sms, Body }).optOut).toBeUndefined();
  });
  it('is not marked on WhatsApp or where the default is off', () => {
    expect(read({ ...whatsapp, Body: 'STOP' }).optOut).toBeUndefined();
    expect(read({ ...sms, Body: 'STOP' }, false).optOut).toBeUndefined();
  });
});

describe('a malformed webhook', () => {
  it.each([
    ['From', { ...sms, From: 'sombody' }],
    ['From', { ...sms, From: '12345' }],
    ['To', { ...sms, To: '' }],
    ['MessageSid', { ...sms, MessageSid: 'a/b' }],
    ['Body', { ...sms, Body: ['a', 'b'] }],
    ['NumMedia', { ...sms, NumMedia: 'many' }],
    ['Latitude', { ...sms, Latitude: '91', Longitude: '0' }],
    ['OptOutType', { ...sms, OptOutType: 'PERHAPS' }],
  ])('is refused naming %s and not its value', (field, params: Record<string, string | string[]>) => {
    const attempt = (): InboundMessage => read(params);
    expect(attempt).toThrow(expect.objectContaining({ code: 'channel.bad_request' }));
    expect(attempt).toThrow(field);
    const value = String(params[field]);
    if (value.length > 2) expect(attempt).not.toThrow(value);
  });
});

describe('a status callback', () => {
  const callback = { AccountSid: 'AC1', MessageSid: SID, To: '+34600111222', From: '+15005550006' };
  it.each([
    ['accepted', 'sent'],
    ['queued', 'sent'],
    ['sending', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('%s means %s', (MessageStatus, status) => {
    expect(parseStatus({ ...callback, MessageStatus }, 'l-1_a').update).toEqual({
      channel: 'sms',
      lineId: 'l-1_a',
      providerRef: SID,
      status,
    });
  });
  it('brings the error code and the channel', () => {
    const params = { ...callback, To: 'whatsapp:+34600111222', MessageStatus: 'undelivered', ErrorCode: '63016' };
    expect(parseStatus(params, null).update).toEqual({ channel: 'whatsapp', providerRef: SID, status: 'failed', errorCode: '63016' });
  });
  it('of a state that says nothing of us is passed over', () => {
    for (const MessageStatus of ['received', 'receiving', 'of the future', 'constructor']) {
      expect(parseStatus({ ...callback, MessageStatus }, null).update).toBeNull();
    }
  });
  it('with an impossible line id is refused', () => {
    expect(() => parseStatus({ ...callback, MessageStatus: 'sent' }, 'a b')).toThrow('line');
  });
});

// Files of people at Twilio: asked for with the password at Twilio alone, followed to its store of files without it, and nowhere else.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { createTwilioApi } from '../../../src/channels/twilio/api.ts';
import { createTwilioChannel } from '../../../src/channels/twilio/channel.ts';
import { parseTwilioSettings } from '../../../src/channels/twilio/settings.ts';
import { MEDIA_COPY } from '../../../src/domain/message.ts';
import { newSid, startTwilio, type FakeMessage, type FakeTwilio } from '../../support/twilio-server.ts';

let twilio: FakeTwilio;
let channel: Channel;
let message: FakeMessage;
const PICTURE = { contentType: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, 1, 2, 0x80]) };

beforeAll(async () => {
  twilio = await startTwilio();
  const settings = parseTwilioSettings(twilio.env);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  channel = createTwilioChannel('whatsapp', settings, createTwilioApi(settings, Date.now), {
    publicUrl: 'http://127.0.0.1',
    now: Date.now,
    count: () => {},
    log,
  });
});
afterAll(() => twilio.close());
beforeEach(() => {
  const sid = newSid('ME');
  twilio.files.set(sid, PICTURE);
  twilio.downloads.length = 0;
  delete twilio.storeUrl;
  message = twilio.add({ sid: newSid('MM'), direction: 'inbound', status: 'received', media: [sid] });
});

const address = (of = message): string => `${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}/Messages/${of.sid}/Media/${of.media[0]}`;
const fetchIt = (at: string, index = 0) => channel.fetchMedia?.({ message: message.sid, index, at });

describe('a file', () => {
  it('is fetched byte for byte, and the store of files sees no password', async () => {
    const fetched = await fetchIt(address());
    expect(fetched?.kind === 'fetched' && Buffer.from(fetched.bytes).equals(PICTURE.bytes)).toBe(true);
    expect(twilio.downloads).toEqual([{ sid: message.media[0], authorization: undefined }]);
  });

  it('is found by its place where Twilio named no address', async () => {
    expect((await fetchIt(''))?.kind).toBe('fetched');
    expect((await fetchIt('', 7))?.kind).toBe('refused');
  });

  it.each([
    ['another host', () => 'https://evil.example/picture.jpg'],
    ['another account', () => address().replace(twilio.accountSid, `AC${'1'.repeat(32)}`)],
    ['another message', () => address(twilio.add({ sid: newSid('MM'), media: message.media }))],
    ['no address', () => 'picture'],
  ])('is never asked for at %s', async (_, at) => {
    expect((await fetchIt(at()))?.kind).toBe('refused');
    expect(twilio.downloads).toEqual([]);
  });

  it('is never followed to a store that is not Twilio’s', async () => {
    twilio.storeUrl = 'http://127.0.0.1:9/store';
    expect(await fetchIt(address())).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/not kept at Twilio/) });
  });

  it('is told to be gone when Twilio has it no more', async () => {
    const at = address();
    message.media = [];
    expect(await fetchIt(at)).toEqual({ kind: 'gone' });
  });

  it('is refused when it is larger than WhatsApp allows', async () => {
    twilio.files.set(message.media[0] ?? '', { contentType: 'image/jpeg', bytes: Buffer.alloc(16_000_001) });
    expect(await fetchIt(address())).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/16 MB/) });
  });
});

it('removes the files of a message and leaves the message', async () => {
  expect(await channel.eraseCopy?.(message.sid + MEDIA_COPY)).toBe(true);
  expect(message.media).toEqual([]);
  expect(twilio.messages).toContain(message);
  expect(await channel.eraseCopy?.(message.sid + MEDIA_COPY)).toBe(true);
  expect(await channel.eraseCopy?.(message.sid)).toBe(true);
  expect(twilio.messages).not.toContain(message);
});

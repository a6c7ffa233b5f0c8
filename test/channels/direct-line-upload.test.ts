// Uploads of the web chat: kept without metadata while people have the conversation, read past and forgotten otherwise.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationGrant, DirectLineError } from '../../src/api/direct-line.ts';
import { png, secretsIn, withSecrets } from '../support/media-files.ts';
import { startWebChat, type WebChat } from '../support/web-chat.ts';

let chat: WebChat;
beforeAll(async () => void (chat = await startWebChat()));
afterAll(() => chat.close());

const picture = (name: string): Buffer => withSecrets[name]?.bytes ?? Buffer.alloc(0);

async function begin(owner: 'flow' | 'staff'): Promise<ConversationGrant> {
  const made = await fetch(`${chat.url}/v3/directline/tokens/generate`, { method: 'POST' });
  const grant = (await made.json()) as ConversationGrant;
  chat.setState(grant.conversationId, { owner, placeInLine: null });
  return grant;
}

async function upload(grant: ConversationGrant, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(`${chat.url}/v3/directline/conversations/${grant.conversationId}/upload?userId=me`, {
    method: 'POST',
    headers: { authorization: `Bearer ${grant.token}`, ...headers },
    body,
  });
  return { status: response.status, body: (await response.json()) as { id: string } & DirectLineError };
}

function form(activity: object, files: [Uint8Array<ArrayBuffer>, string][]): FormData {
  const parts = new FormData();
  parts.append('activity', new Blob([JSON.stringify({ type: 'message', ...activity })], { type: 'application/vnd.microsoft.activity' }));
  for (const [bytes, type] of files) parts.append('file', new Blob([bytes], { type }), 'my passport.jpg');
  return parts;
}

const bytesOf = (name: string): Uint8Array<ArrayBuffer> => Uint8Array.from(picture(name));

describe('while people have the conversation', () => {
  it('takes a picture in without what it tells of a person, with the words beside it', async () => {
    const grant = await begin('staff');
    const activity = { text: 'mire esto', channelData: { clientActivityID: 'a1' } };
    const { status, body } = await upload(
      grant,
      form(activity, [
        [bytesOf('jpeg'), 'image/jpeg'],
        [bytesOf('opus'), 'audio/ogg'],
      ]),
    );
    expect(status).toBe(200);
    expect(body.id).toMatch(/\|\d{7}$/);
    const message = chat.received.at(-1);
    expect(message).toMatchObject({ text: 'mire esto', externalId: `${grant.conversationId}:a1` });
    expect(message?.media.map(({ contentType, lost }) => [contentType, lost])).toEqual([
      ['image/jpeg', undefined],
      ['audio/ogg', undefined],
    ]);
    expect(message?.media.flatMap(({ bytes }) => secretsIn(bytes ?? Buffer.from('Amina')))).toEqual([]);
  });

  it('takes one file without anything around it', async () => {
    const grant = await begin('staff');
    expect((await upload(grant, bytesOf('png'), { 'content-type': 'image/png' })).status).toBe(200);
    expect(Buffer.from(chat.received.at(-1)?.media[0]?.bytes ?? []).includes('IHDR')).toBe(true);
  });

  it('takes parts as other clients write them', async () => {
    const grant = await begin('staff');
    const body = Buffer.concat([
      Buffer.from(
        '--x y\r\nContent-Type: application/vnd.microsoft.activity\r\nContent-Disposition: name="activity"\r\n\r\n{"type":"message"}\r\n',
      ),
      Buffer.from('--x y\r\nContent-Disposition: name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'),
      png(),
      Buffer.from('\r\n--x y--\r\n'),
    ]);
    expect((await upload(grant, Uint8Array.from(body), { 'content-type': 'multipart/form-data; boundary="x y"' })).status).toBe(200);
    expect(Buffer.from(chat.received.at(-1)?.media[0]?.bytes ?? []).equals(png())).toBe(true);
  });

  it.each([
    ['that is not what it claims', 'png', 'image/jpeg', 'type'],
    ['of a kind that is not shown', null, 'application/pdf', 'type'],
    ['that is too large', undefined, 'image/png', 'size'],
  ])('refuses a file %s, in words, and keeps nothing of it', async (_, name, claimed, lost) => {
    const grant = await begin('staff');
    const content = name === null ? Uint8Array.from(Buffer.from('%PDF-1.7')) : name ? bytesOf(name) : new Uint8Array(5_100_000);
    const { status, body } = await upload(grant, form({}, [[content, claimed]]));
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/not taken.*nothing of it was kept.*5 MB/s);
    expect(chat.received.at(-1)?.media).toEqual([{ contentType: expect.any(String), providerRef: '', lost }]);
  });
});

it('takes nothing of an upload that breaks off, and all of it when it comes again under the same id', async () => {
  const grant = await begin('staff');
  const parts = form({ channelData: { clientActivityID: 'broken' } }, [[bytesOf('jpeg'), 'image/jpeg']]);
  const whole = new Request(chat.url, { method: 'POST', body: parts });
  const headers = { authorization: `Bearer ${grant.token}`, 'content-type': whole.headers.get('content-type') ?? '' };
  const body = Buffer.from(await whole.arrayBuffer());
  const before = chat.received.length;
  const refused = chat.counted.length;
  const socket = connect(Number(new URL(chat.url).port), '127.0.0.1');
  const lines = Object.entries({ ...headers, host: 'localhost', 'content-length': body.length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`POST /v3/directline/conversations/${grant.conversationId}/upload HTTP/1.1\r\n${lines.join('')}\r\n`);
  await new Promise((done) => socket.write(body.subarray(0, body.length - 300), done));
  socket.destroy();
  await new Promise((done) => setTimeout(done, 200));
  expect([chat.received.length, chat.counted.length]).toEqual([before, refused]);
  expect((await upload(grant, Uint8Array.from(body), headers)).status).toBe(200);
  expect(chat.received.slice(before)).toMatchObject([
    { externalId: `${grant.conversationId}:broken`, media: [{ contentType: 'image/jpeg' }] },
  ]);
  expect(chat.duplicates()).toBe(0);
});

it('keeps nothing while the flow answers, and lets it offer a person', async () => {
  const grant = await begin('flow');
  const { status, body } = await upload(grant, form({ text: 'mire' }, [[bytesOf('jpeg'), 'image/jpeg']]));
  expect(status).toBe(400);
  expect(body.error.message).toMatch(/nothing of yours was kept/);
  expect(chat.received.at(-1)).toMatchObject({ text: '', media: [{ contentType: 'image/jpeg', providerRef: '' }] });
  expect(chat.received.at(-1)?.media[0]).not.toHaveProperty('bytes');
});

it('writes nothing of a file into the log', () => {
  expect(chat.logged()).not.toMatch(/passport|Amina|mire/);
});

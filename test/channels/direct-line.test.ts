// Direct Line over real HTTP and WebSocket: tokens, messages, watermarks, reconnecting, refusals.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { ActivitySet, ConversationGrant, DirectLineError } from '../../src/api/direct-line.ts';
import type { OutboundLine } from '../../src/channels/channel.ts';
import { hashClientAddress } from '../../src/channels/direct-line/client-address.ts';
import { directLine } from '../../src/channels/direct-line/direct-line.ts';
import { InboundMessage } from '../../src/domain/message.ts';
import { startWebChat, type WebChat } from '../support/web-chat.ts';

const SECRET = 'a-secret-of-other-clients';
let chat: WebChat;

beforeAll(async () => {
  chat = await startWebChat({ env: { DIRECT_LINE_SECRET: SECRET } });
});
afterAll(() => chat.close());

interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

async function call<T = DirectLineError>(
  method: string,
  path: string,
  token?: string | null,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const response = await fetch(`${chat.url}/v3/directline${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as T };
}

async function begin(locale = 'es'): Promise<ConversationGrant> {
  const { body } = await call<ConversationGrant>('POST', '/tokens/generate');
  return (await call<ConversationGrant>('POST', '/conversations', body.token, { locale })).body;
}
const post = (grant: ConversationGrant, activity: unknown, token = grant.token) =>
  call<{ id: string }>('POST', `/conversations/${grant.conversationId}/activities`, token, activity);
const read = (grant: ConversationGrant, watermark = '') =>
  call<ActivitySet>('GET', `/conversations/${grant.conversationId}/activities?watermark=${watermark}`, grant.token);
const message = (text: string, clientActivityID?: string) => ({
  type: 'message',
  from: { id: 'me' },
  text,
  channelData: { clientActivityID },
});
const outbound = (grant: ConversationGrant, text: string): OutboundLine => ({
  id: 'line-1',
  conversationId: 'c',
  to: { kind: 'user', value: grant.conversationId },
  message: { text, choices: [], layout: 'text', language: 'es', direction: 'ltr', segments: 1 },
  createdAt: 0,
  attempts: 0,
});
/** Waits until something holds; the surrounding test's time limit ends it. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 5));
}

describe('a conversation', () => {
  it('starts with 201 once, with 200 when it is started again, and reports its opening once', async () => {
    const { body: ticket } = await call<ConversationGrant>('POST', '/tokens/generate');
    expect(ticket).toMatchObject({ expires_in: 1800, conversationId: expect.stringMatching(/^[\w-]{22}$/) });
    const first = await call<ConversationGrant>('POST', '/conversations', ticket.token, { locale: 'ar' });
    const second = await call<ConversationGrant>('POST', '/conversations', ticket.token, { locale: 'ar' });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body.streamUrl).toMatch(new RegExp(`^ws://127.0.0.1:\\d+/v3/directline/conversations/${ticket.conversationId}/stream\\?`));
    const opened = chat.received.filter((one) => one.from[0]?.value === ticket.conversationId);
    expect(opened).toMatchObject([
      { channel: 'web', opened: true, text: '', languageHint: 'ar', externalId: `${ticket.conversationId}:opened` },
    ]);
  });

  it('takes a message, echoes it under the id it answered with, and brings the reply', async () => {
    const grant = await begin();
    const posted = await post(grant, { ...message('hola', 'c1'), locale: 'es', timestamp: 'x', unknown: 1 });
    expect(posted.body.id).toBe(`${grant.conversationId}|0000001`);
    await until(async () => (await read(grant)).body.activities.length === 2);
    const { body } = await read(grant);
    expect(body.watermark).toBe('2');
    expect(body.activities[0]).toMatchObject({
      id: posted.body.id,
      text: 'hola',
      from: { role: 'user' },
      channelData: { clientActivityID: 'c1' },
    });
    expect(body.activities[0]?.from.id).toMatch(/^dl_/);
    expect(body.activities[1]).toMatchObject({
      text: 'eco: hola',
      from: { id: 'ventanilla', role: 'bot' },
      channelData: { from: 'service', direction: 'ltr' },
    });
    expect((await read(grant, '2')).body).toMatchObject({ activities: [], watermark: '2' });
  });

  it('hands over what the message schema of the house accepts', async () => {
    const grant = await begin();
    await post(grant, { ...message('hola', 'c1'), value: 'health', locale: 'es-CO' });
    const got = chat.received.at(-1);
    expect(InboundMessage.parse(got)).toEqual(got);
    expect(got).toMatchObject({ payload: 'health', languageHint: 'es-CO', externalId: `${grant.conversationId}:c1` });
  });

  it('takes the same message of a client once, however often it is posted', async () => {
    const grant = await begin();
    await post(grant, message('antes', 'c0'));
    const ids = await Promise.all(Array.from({ length: 10 }, async () => (await post(grant, message('hola', 'c1'))).body.id));
    expect(new Set(ids).size).toBe(1);
    expect(chat.received.filter((one) => one.from[0]?.value === grant.conversationId && one.text === 'hola')).toHaveLength(1);
  });

  it('reads the chosen button from value or channelData, and offers choices as messageBack', async () => {
    const grant = await begin();
    await post(grant, { type: 'message', text: 'Salud', value: { choice: 'health' } });
    expect(chat.received.at(-1)?.payload).toBe('health');
    await post(grant, { type: 'message', channelData: { payload: 'school' } });
    expect(chat.received.at(-1)).toMatchObject({ text: '', payload: 'school' });
    chat.say(grant.conversationId, { text: 'اختر', language: 'ar', direction: 'rtl', choices: [{ id: 'health', label: 'الصحة' }] });
    const last = (await read(grant)).body.activities.find((one) => one.text === 'اختر');
    expect(last).toMatchObject({ locale: 'ar', channelData: { direction: 'rtl' } });
    expect(last?.suggestedActions?.actions).toEqual([
      { type: 'messageBack', title: 'الصحة', text: 'الصحة', displayText: 'الصحة', value: { choice: 'health' } },
    ]);
  });

  it('counts an event startConversation or a conversationUpdate as the opening, and ignores typing', async () => {
    const { body: ticket } = await call<ConversationGrant>('POST', '/tokens/generate');
    await post(ticket, { type: 'event', name: 'startConversation', locale: 'fr' });
    await post(ticket, { type: 'conversationUpdate' });
    expect((await post(ticket, { type: 'typing' })).status).toBe(200);
    expect(chat.received.filter((one) => one.from[0]?.value === ticket.conversationId)).toMatchObject([
      { opened: true, languageHint: 'fr' },
    ]);
  });

  it('refuses a file, keeps nothing of it, and lets the flow offer a person', async () => {
    const grant = await begin();
    const form = new FormData();
    form.append('activity', new Blob(['{"type":"message"}'], { type: 'application/vnd.microsoft.activity' }));
    // Typed by its bytes: a picture, whatever its name and its sender say.
    const picture = [new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), new Uint8Array(3_000_000)];
    form.append('file', new Blob(picture, { type: 'application/x-msdownload' }), 'papers.exe');
    const response = await fetch(`${chat.url}/v3/directline/conversations/${grant.conversationId}/upload?userId=me`, {
      method: 'POST',
      headers: { authorization: `Bearer ${grant.token}` },
      body: form,
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as DirectLineError).error.message).toMatch(/nothing of yours was kept.*person/s);
    expect(chat.received.at(-1)).toMatchObject({ text: '', media: [{ contentType: 'image/jpeg', providerRef: '' }] });
    await post(grant, { type: 'message', attachments: [{ contentType: 'audio/ogg', contentUrl: 'data:audio/ogg;base64,AA==' }] });
    expect(chat.received.at(-1)?.media).toEqual([{ contentType: 'audio/ogg', providerRef: '' }]);
  });
});

describe('tokens', () => {
  it('open one conversation only', async () => {
    const [mine, other] = [await begin(), await begin()];
    for (const answer of [
      await post(other, message('x'), mine.token),
      await call('GET', `/conversations/${other.conversationId}`, mine.token),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'BadArgument' } } });
    }
  });

  it('are refused when changed anywhere, and that is counted', async () => {
    const grant = await begin();
    const before = chat.counted.length;
    const { token } = grant;
    const parts = token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const forged = [`${none}.${parts[1]}.`, `${none}.${parts[1]}.${parts[2]}`, `${token}.x`, 'nonsense', `${parts[0]}.${parts[1]}`];
    for (let at = 0; at < token.length; at += 7) forged.push(`${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`);
    for (const one of forged) expect((await post(grant, message('x'), one)).status, one).toBe(403);
    expect(chat.counted.slice(before)).toEqual(forged.map(() => 'web bad_signature'));
    expect((await call('POST', `/conversations/${grant.conversationId}/activities`, null, message('x'))).status).toBe(401);
  });

  it('end after 30 minutes, can be refreshed before, and a resume token buys a new one for a day', async () => {
    const grant = await begin();
    chat.advance(29 * 60_000);
    const fresh = (await call<ConversationGrant>('POST', '/tokens/refresh', grant.token)).body;
    expect(fresh.conversationId).toBe(grant.conversationId);
    chat.advance(2 * 60_000);
    expect(await post(grant, message('x'))).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
    expect((await call('POST', '/tokens/refresh', grant.token)).status).toBe(403);
    expect((await post(grant, message('x'), fresh.token)).status).toBe(200);
    chat.advance(12 * 3_600_000);
    const resume = fresh.resumeToken ?? '';
    expect((await post(grant, message('x'), resume)).status).toBe(403);
    const again = (await call<ConversationGrant>('POST', '/tokens/refresh', resume)).body;
    expect((await post(grant, message('x'), again.token)).status).toBe(200);
    chat.advance(13 * 3_600_000);
    expect((await call('POST', '/tokens/refresh', resume)).status).toBe(403);
  });

  it('take a user id from the holder of the secret only', async () => {
    const readUser = (grant: ConversationGrant) =>
      (JSON.parse(Buffer.from(grant.token.split('.')[1] ?? '', 'base64url').toString()) as { user: string }).user;
    const named = await call<ConversationGrant>('POST', '/tokens/generate', SECRET, { user: { id: 'client-7' } });
    const open = await call<ConversationGrant>('POST', '/tokens/generate', null, { user: { id: 'client-7' } });
    expect(readUser(named.body)).toBe('client-7');
    expect(readUser(open.body)).toMatch(/^dl_/);
    const started = await call<ConversationGrant>('POST', '/conversations', SECRET, { user: { id: 'client-8' }, locale: 'en' });
    expect(started.status).toBe(201);
    expect(readUser(started.body)).toBe('client-8');
    expect((await post(started.body, message('x'), SECRET)).status).toBe(200);
    expect((await call('POST', '/conversations', 'a-wrong-secret-of-others')).status).toBe(403);
    expect((await call('POST', '/conversations')).status).toBe(401);
  });
});

describe('bad input', () => {
  it('gets 400 that names the field', async () => {
    const grant = await begin();
    const expectField = async (activity: unknown, pattern: RegExp) => {
      const answer = (await post(grant, activity)) as unknown as Answer<DirectLineError>;
      expect(answer.status).toBe(400);
      expect(answer.body.error.message).toMatch(pattern);
    };
    await expectField(message('x'.repeat(4097)), /^text: must have at most 4096/);
    await expectField({ type: 'message', text: 5 }, /^text: must be a string/);
    await expectField({ type: 'message', text: '  ' }, /^text: is empty/);
    await expectField({ type: 'invoke' }, /^type: must be message/);
    await expectField(message('x', 'a b'), /^channelData\.clientActivityID: must be/);
    await expectField({ type: 'message', text: 'x', locale: '<b>' }, /^locale: must be/);
    await expectField('{', /not JSON/);
    await expectField('[]', /^body: /);
    expect((await read(grant, 'abc')).status).toBe(400);
    expect((await post(grant, message('x'.repeat(4096)))).status).toBe(200);
  });

  it('gets 413 over 64 kB and 404 outside the protocol', async () => {
    const grant = await begin();
    expect(await post(grant, message('x'.repeat(70_000)))).toMatchObject({ status: 413, body: { error: { code: 'MessageSizeTooBig' } } });
    expect((await call('GET', '/session/nothing', grant.token)).status).toBe(404);
  });

  it('gets 503 when nothing can be stored, and the retry is taken once', async () => {
    const grant = await begin();
    chat.setFull(true);
    const refused = await post(grant, message('hola', 'c9'));
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'ServiceUnavailable' } } });
    expect(refused.headers.get('retry-after')).toBe('2');
    chat.setFull(false);
    expect((await post(grant, message('hola', 'c9'))).status).toBe(200);
  });
});

describe('limits and origins', () => {
  it('gives an address its share of tokens and no more; the secret is not limited', async () => {
    const small = await startWebChat({
      env: { DIRECT_LINE_SECRET: SECRET },
      limits: { tokens: { points: 3, seconds: 60 }, messages: { points: 2, seconds: 60 } },
    });
    const generate = (headers: Record<string, string> = {}) =>
      fetch(`${small.url}/v3/directline/tokens/generate`, { method: 'POST', headers });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await generate({ 'x-forwarded-for': '203.0.113.9' })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await generate({ 'x-forwarded-for': '198.51.100.1, 203.0.113.9' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await generate({ 'x-forwarded-for': '198.51.100.7' })).status).toBe(200);
    for (let i = 0; i < 5; i += 1) expect((await generate({ authorization: `Bearer ${SECRET}` })).status).toBe(200);
    const grant = (await (await generate({ 'x-forwarded-for': '198.51.100.8' })).json()) as ConversationGrant;
    const posts: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const url = `${small.url}/v3/directline/conversations/${grant.conversationId}/activities`;
      posts.push(
        (await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${grant.token}` }, body: JSON.stringify(message('x')) }))
          .status,
      );
    }
    expect(posts).toEqual([200, 200, 429]);
    expect(small.logged()).not.toMatch(/203\.0|198\.51/);
    await small.close();
  });

  it('counts an address by its network, and believes a proxy beside it only', () => {
    const hash = (peer: string, forwarded?: string) => hashClientAddress(new Uint8Array(32), peer, forwarded);
    expect(hash('2001:db8::1')).toBe(hash('2001:db8:0:0:ffff::2'));
    expect(hash('2001:db8:1::1')).not.toBe(hash('2001:db8:2::1'));
    expect(hash('::ffff:203.0.113.9')).toBe(hash('203.0.113.9'));
    expect(hash('203.0.113.9', '198.51.100.1')).toBe(hash('203.0.113.9'));
    expect(hash('10.0.0.2', '198.51.100.1')).toBe(hash('198.51.100.1'));
    expect(hash('203.0.113.9')).not.toContain('203');
  });

  it('lets pages of any origin in by default, and only listed ones when told so', async () => {
    const open = await call('OPTIONS', '/tokens/generate', null, undefined, { origin: 'https://anyone.example' });
    expect(open.status).toBe(204);
    expect(open.headers.get('access-control-allow-origin')).toBe('*');
    expect(open.headers.get('access-control-allow-headers')).toContain('x-ms-bot-agent');
    const closed = await startWebChat({ env: { DIRECT_LINE_ORIGINS: 'https://city.example, https://www.city.example/' } });
    const generate = (origin?: string) =>
      fetch(`${closed.url}/v3/directline/tokens/generate`, { method: 'POST', headers: origin === undefined ? {} : { origin } });
    const listed = await generate('https://www.city.example');
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://www.city.example');
    expect(listed.headers.get('vary')).toContain('origin');
    expect((await generate(closed.url)).status).toBe(200);
    expect((await generate()).status).toBe(200);
    const stranger = await generate('https://else.example');
    expect(stranger.status).toBe(403);
    expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
    await closed.close();
  });

  it('is on without settings, and says which setting is wrong', () => {
    expect(directLine.missingSettings({})).toEqual([]);
    expect(() => directLine.missingSettings({ DIRECT_LINE_ORIGINS: 'city.example' })).toThrow(/DIRECT_LINE_ORIGINS/);
    expect(() => directLine.missingSettings({ DIRECT_LINE_SECRET: 'short' })).toThrow(/DIRECT_LINE_SECRET/);
  });
});

/** So many that no test meets them. */
const GENEROUS = { tokens: { points: 1000, seconds: 60 }, messages: { points: 1000, seconds: 60 } };

describe('the stream', () => {
  interface Client {
    socket: WebSocket;
    frames: ActivitySet[];
    texts(): string[];
    closed: Promise<number>;
    pongs(): number;
  }
  function listen(url: string, headers: Record<string, string> = {}): Client {
    const socket = new WebSocket(url, { headers });
    const frames: ActivitySet[] = [];
    let pongs = 0;
    socket.on('message', (data) => {
      const text = (data as Buffer).toString();
      if (text === '') pongs += 1;
      else frames.push(JSON.parse(text) as ActivitySet);
    });
    socket.on('error', () => undefined);
    const closed = new Promise<number>((done) => void socket.on('close', done));
    return { socket, frames, closed, texts: () => frames.flatMap((frame) => frame.activities.map((one) => one.text)), pongs: () => pongs };
  }
  const reconnect = async (grant: ConversationGrant, watermark: string) =>
    (await call<ConversationGrant>('GET', `/conversations/${grant.conversationId}?watermark=${watermark}`, grant.token)).body.streamUrl ??
    '';

  it('brings everything from the beginning and answers empty pings', async () => {
    const grant = await begin();
    await post(grant, message('uno'));
    const client = listen(grant.streamUrl ?? '');
    await until(() => client.texts().length === 2);
    client.socket.send('');
    await post(grant, message('dos'));
    await until(() => client.texts().length === 4 && client.pongs() === 1);
    expect(client.texts()).toEqual(['uno', 'eco: uno', 'dos', 'eco: dos']);
    expect(client.frames.at(-1)?.watermark).toBe('4');
    expect(client.frames[0]?.state).toEqual({ owner: 'flow', placeInLine: null });
    client.socket.close();
  });

  it('brings a long history in pages, whole', async () => {
    const grant = await begin();
    for (let line = 1; line <= 1200; line += 1) chat.say(grant.conversationId, { text: `l${line}` });
    const client = listen(grant.streamUrl ?? '');
    await until(() => client.texts().length >= 1200);
    expect(client.texts()).toEqual(Array.from({ length: 1200 }, (_, index) => `l${index + 1}`));
    client.socket.close();
  });

  it('loses and repeats nothing over many drops at random moments', async () => {
    const grant = await begin();
    const texts: string[] = [];
    let watermark = '';
    for (let drop = 0; drop < 25; drop += 1) {
      const client = listen(await reconnect(grant, watermark));
      const posting = post(grant, message(`m${drop}`));
      if (drop % 3 === 0) await posting;
      if (drop % 2 === 0) await until(() => client.frames.length > 0);
      client.socket.terminate();
      await Promise.all([client.closed, posting]);
      texts.push(...client.texts());
      watermark = client.frames.at(-1)?.watermark ?? watermark;
    }
    await until(async () => (await read(grant)).body.activities.length === 50);
    const last = listen(await reconnect(grant, watermark));
    const all = (await read(grant)).body.activities.map((one) => one.text);
    await until(() => texts.length + last.texts().length >= all.length);
    expect([...texts, ...last.texts()]).toEqual(all);
    last.socket.close();
  });

  it('is one a conversation: a newer one closes the older', async () => {
    const grant = await begin();
    const older = listen(grant.streamUrl ?? '');
    await until(() => older.socket.readyState === WebSocket.OPEN);
    const newer = listen(await reconnect(grant, '-'));
    expect(await older.closed).toBe(4001);
    chat.say(grant.conversationId, { text: 'nuevo' });
    await until(() => newer.texts().includes('nuevo'));
    expect(older.texts()).not.toContain('nuevo');
    newer.socket.close();
  });

  it('is refused with the time to wait where no further one fits; the client polls, and one that is open may come back', async () => {
    const small = await startWebChat({ limits: { ...GENEROUS, streams: 1 } });
    const start = async (): Promise<string> => {
      const { token, conversationId } = (await (
        await fetch(`${small.url}/v3/directline/tokens/generate`, { method: 'POST' })
      ).json()) as ConversationGrant;
      return `${small.url.replace('http', 'ws')}/v3/directline/conversations/${conversationId}/stream?t=${token}`;
    };
    const url = await start();
    const first = listen(url);
    await until(() => first.socket.readyState === WebSocket.OPEN);
    const second = listen(await start());
    const answer = await new Promise<{ statusCode?: number; headers: Record<string, unknown> }>((done) =>
      second.socket.on('unexpected-response', (_request, response) => done(response)),
    );
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': expect.stringMatching(/^\d+$/) as string } });
    const again = listen(url);
    await until(() => again.socket.readyState === WebSocket.OPEN);
    again.socket.close();
    await small.close();
  });

  it('is refused without the right token, or to a page that may not use the chat', async () => {
    const [mine, other] = [await begin(), await begin()];
    const wrong = (mine.streamUrl ?? '').replace(mine.conversationId, other.conversationId);
    const refused = listen(wrong);
    const status = await new Promise((done) => refused.socket.on('unexpected-response', (_request, response) => done(response.statusCode)));
    expect(status).toBe(403);
    const closed = await startWebChat({ env: { DIRECT_LINE_ORIGINS: 'https://city.example' } });
    const ticket = (await (await fetch(`${closed.url}/v3/directline/tokens/generate`, { method: 'POST' })).json()) as ConversationGrant;
    const url = `${closed.url.replace('http', 'ws')}/v3/directline/conversations/${ticket.conversationId}/stream?t=${ticket.token}`;
    const stranger = listen(url, { origin: 'https://else.example' });
    expect(await new Promise((done) => stranger.socket.on('unexpected-response', (_request, response) => done(response.statusCode)))).toBe(
      403,
    );
    await closed.close();
  });

  it('tells who answers, and the place in line, when that changes', async () => {
    const grant = await begin();
    const client = listen(grant.streamUrl ?? '');
    await until(() => client.socket.readyState === WebSocket.OPEN);
    chat.setState(grant.conversationId, { owner: 'queue', placeInLine: 2 });
    await until(() => client.frames.some((frame) => frame.state?.placeInLine === 2));
    chat.say(grant.conversationId, { from: 'staff', text: 'Hola, soy Ana.' });
    await until(() => client.texts().length === 1);
    expect(client.frames.at(-1)).not.toHaveProperty('state');
    expect(client.frames.at(-1)?.activities[0]?.channelData.from).toBe('staff');
    client.socket.close();
  });

  it('says that everything before is gone after an erasure, and brings what was said since', async () => {
    const grant = await begin();
    const client = listen(grant.streamUrl ?? '');
    await post(grant, message('borrar'));
    await until(() => client.texts().length === 2);
    chat.erase(grant.conversationId);
    await until(() => client.frames.at(-1)?.reset === true);
    expect(client.frames.at(-1)).toMatchObject({ activities: [], watermark: '0' });
    chat.say(grant.conversationId, { text: 'Borrado.' });
    await until(() => client.texts().includes('Borrado.'));
    expect((await read(grant, '2')).body).toMatchObject({ reset: true, watermark: '3', activities: [{ text: 'Borrado.' }] });
    await post(grant, message('otra vez'));
    await until(() => client.texts().includes('eco: otra vez'));
    expect(client.texts()).toEqual(['borrar', 'eco: borrar', 'Borrado.', 'otra vez', 'eco: otra vez']);
    client.socket.close();
  });

  it('has every line already when the line is sent', async () => {
    const grant = await begin();
    const client = listen(grant.streamUrl ?? '');
    chat.say(grant.conversationId, { text: 'una vez' });
    expect(await chat.channel.channels[0]?.send(outbound(grant, 'una vez'))).toEqual({ kind: 'sent', providerRef: null });
    await until(() => client.texts().length > 0);
    expect(client.texts()).toEqual(['una vez']);
    client.socket.close();
  });
});

it('writes no text, token or address of a person into the log', () => {
  expect(chat.logged()).not.toMatch(/hola|eyJ|127\.0\.0\.1|[\w-]{22}/);
});

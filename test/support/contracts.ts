// `npm run contracts -- <folder>`: our channels against other people's descriptions of Twilio and of Direct Line (OpenAPI files).
// Prism plays Twilio for the real channel, and stands between real Direct Line clients and the running service.
// Prints every call and every violation; ends with 1 when there is any. Nothing else of the project needs these files.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SendResult } from '../../src/channels/channel.ts';
import { twilio } from '../../src/channels/twilio/twilio.ts';
import { launchBrowser } from './browser.ts';
import { outboundLine, startChannel } from './channel-host.ts';
import { newToken, startDirectLine } from './direct-line-page.ts';
import { startPrism } from './prism.ts';
import { freePort, startService } from './process.ts';
import { startRecordingProxy, type RecordingProxy } from './recording-proxy.ts';

const [folder = ''] = process.argv.slice(2);
const descriptions = {
  twilio: path.resolve(folder, 'twilio-messages.openapi.json'),
  directLine: path.resolve(folder, 'directline-3.0.swagger.json'),
};
if (folder === '' || !Object.values(descriptions).every((file) => existsSync(file))) {
  console.error('Usage: npm run contracts -- <folder with twilio-messages.openapi.json and directline-3.0.swagger.json>');
  process.exit(1);
}

const problems: string[] = [];
function expect(what: string, holds: boolean, got: unknown): void {
  if (!holds) problems.push(`${what}: ${JSON.stringify(got)}`);
}

const closing: (() => unknown)[] = [];
try {
  await checkTwilio();
  await checkDirectLine();
} catch (error) {
  problems.push(String(error));
} finally {
  for (const close of closing.toReversed()) await close();
}
for (const problem of new Set(problems)) console.error(`✗ ${problem}`);
console.log(problems.length === 0 ? 'Both contracts hold.' : `${problems.length} violations.`);
process.exit(problems.length === 0 ? 0 : 1);

async function finish(name: string, proxy: RecordingProxy): Promise<void> {
  for (const line of [...new Set(proxy.seen)].toSorted()) console.log(`${name}: ${line.replaceAll(/\/[\w-]{20,}/g, '/…')}`);
  problems.push(...proxy.violations.map((violation) => `${name}: ${violation}`));
  await proxy.close();
}

/** Sends, looks up, lists and deletes with the real channel; Prism refuses what Twilio's description does not know. */
async function checkTwilio(): Promise<void> {
  const prism = await startPrism(['mock', descriptions.twilio]);
  closing.push(() => prism.close());
  const proxy = await startRecordingProxy(() => prism.url);
  const host = await startChannel(twilio, {
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'a-token-of-the-tests',
    TWILIO_SMS_FROM: '+15005550006',
    TWILIO_WHATSAPP_FROM: '+15005550007',
    TWILIO_WHATSAPP_CONTENT: JSON.stringify({ buttons_2: `HX${'0'.repeat(32)}` }),
    TWILIO_API_URL: proxy.url,
  });
  const choices = [
    { id: 'yes', label: 'Sí' },
    { id: 'no', label: 'No' },
  ];
  const line = outboundLine({ kind: 'phone', value: '+34600111222' }, { text: '¿Sigue ahí?' }, { knownRefs: [] });
  const withButtons = outboundLine(line.to, { text: '¿Sigue ahí?', layout: 'buttons', choices });
  for (const channel of host.open.channels) {
    const send = async (what: string, wanted: (result: SendResult) => boolean, one = line): Promise<void> => {
      const result = await channel.send(one);
      expect(`Twilio: ${channel.name} ${what}`, wanted(result), result);
    };
    await send('sends', ({ kind }) => kind === 'sent');
    if (channel.capabilities.buttons !== null) await send('sends buttons', ({ kind }) => kind === 'sent', withButtons);
    for (const [code, retryable] of [
      [400, false],
      [401, true],
      [429, true],
      [503, true],
    ] as const) {
      proxy.prefer(() => `code=${code}`);
      await send(`is told ${code}`, (result) => result.kind === 'failed' && result.retryable === retryable);
    }
    // The description's first page always names a next one.
    proxy.prefer((place) => (place.includes('PageToken') ? 'example=readEmptySentdateLess' : null));
    const found = await channel.lookUp?.(line);
    expect(`Twilio: ${channel.name} looks a line up`, found?.kind === 'sent' || found?.kind === 'not_sent', found);
    const yesterday = Date.now() - 86_400_000;
    for (const list of [channel.list?.inbound(yesterday, Date.now()), channel.list?.outbound(yesterday, Date.now())]) {
      const listed = await list?.catch((error: unknown) => String(error));
      expect(`Twilio: ${channel.name} lists`, Array.isArray(listed), listed);
    }
    const erased = await channel.eraseCopy?.(`SM${'0'.repeat(32)}`);
    expect(`Twilio: ${channel.name} deletes`, erased === true, erased);
  }
  await host.close();
  await finish('Twilio', proxy);
}

/** A whole web chat through Prism: by hand for every route and refusal, and by the client of others in a real browser. */
async function checkDirectLine(): Promise<void> {
  const data = mkdtempSync(path.join(tmpdir(), 'ventanilla-contracts-'));
  closing.push(() => rmSync(data, { recursive: true, force: true }));
  const service = await startService({ DATA_DIR: data }, await freePort());
  closing.push(() => service.kill('SIGTERM'));
  const prism = await startPrism(['proxy', '--errors', descriptions.directLine, service.url]);
  closing.push(() => prism.close());
  const proxy = await startRecordingProxy((place) => (place.startsWith('/v3/') ? prism.url : service.url));
  await chatByHand(proxy.url);
  await chatInBrowser(proxy.url);
  // Last, since it uses up the share of this address.
  for (let flood = 0; flood < 130; flood += 1) await fetch(`${proxy.url}/v3/directline/tokens/generate`, { method: 'POST' });
  await finish('Direct Line', proxy);
}

interface Chat {
  conversationId: string;
  token: string;
  watermark: string;
  activities: { text: string }[];
}

async function chatByHand(url: string): Promise<void> {
  const call = async (
    what: string,
    status: number[],
    method: string,
    place: string,
    token: string,
    body?: object | FormData,
  ): Promise<Partial<Chat>> => {
    const json = body !== undefined && !(body instanceof FormData);
    const headers = {
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(json ? { 'content-type': 'application/json' } : {}),
    };
    const sent = json ? JSON.stringify(body) : (body as FormData | undefined);
    const response = await fetch(`${url}/v3/directline/${place}`, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
    const text = await response.text();
    expect(`Direct Line: ${what}`, status.includes(response.status), `${response.status} ${text.slice(0, 200)}`);
    return text === '' ? {} : (JSON.parse(text) as Partial<Chat>);
  };
  const { token: first = '' } = await call('makes a token', [200], 'POST', 'tokens/generate', '', { user: { id: 'me' } });
  const { conversationId: id = '' } = await call('opens a conversation', [201], 'POST', 'conversations', first, {});
  await call('opens it again', [200], 'POST', 'conversations', first, {});
  await call('posts', [200], 'POST', `conversations/${id}/activities`, first, {
    type: 'message',
    from: { id: 'me' },
    text: 'hola',
    locale: 'es',
    timeoutMs: 10_000,
  });
  let read: Partial<Chat> = {};
  for (let tries = 0; tries < 100 && (tries === 0 || (read.activities?.length ?? 2) < 2); tries += 1) {
    read = await call('reads', [200], 'GET', `conversations/${id}/activities`, first);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect('Direct Line: answers', (read.activities?.length ?? 0) >= 2, read);
  await call('reads on', [200], 'GET', `conversations/${id}/activities?watermark=${read.watermark}`, first);
  const { token = '' } = await call('refreshes', [200], 'POST', 'tokens/refresh', first);
  await call('connects again', [200], 'GET', `conversations/${id}?watermark=${read.watermark}`, token);
  for (const type of ['typing', 'event', 'endOfConversation'])
    await call(`posts ${type}`, [200], 'POST', `conversations/${id}/activities`, token, { type, from: { id: 'me' }, name: 'x' });
  const form = new FormData();
  form.append('file', new Blob([Buffer.from('89504e470d0a1a0a', 'hex')], { type: 'image/png' }), 'papers.png');
  await call('refuses a file', [400], 'POST', `conversations/${id}/upload?userId=me`, token, form);
  await call('refuses a stranger', [401], 'GET', `conversations/${id}/activities`, '');
  await call('refuses a forged token', [403], 'GET', `conversations/${id}/activities`, `${token}x`);
  await call('refuses another conversation', [403], 'GET', 'conversations/another/activities', token);
  await call('refuses an empty message', [400], 'POST', `conversations/${id}/activities`, token, { type: 'message', from: { id: 'me' } });
  await call('refuses a wrong watermark', [400], 'GET', `conversations/${id}/activities?watermark=x`, token);
}

async function chatInBrowser(url: string): Promise<void> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ bypassCSP: true });
  await page.goto(`${url}/livez`);
  const client = await startDirectLine(page, { webSocket: false, token: await newToken(url), locale: 'es', timeoutMs: 10_000 });
  await client.gets(1);
  for (const text of ['hola', '1', 'menu']) {
    const before = (await client.received()).length;
    const id = await client.post({ text });
    expect('Direct Line: the browser posts', /\|\d+$/.test(id), id);
    if (id.startsWith('refused')) break;
    await client.gets(before + 2);
  }
  const file = { contentType: 'image/png', contentUrl: 'data:image/png;base64,iVBORw0KGgo=', name: 'papers.png' };
  const refused = await client.post({ text: '', attachments: [file] });
  expect('Direct Line: a file from the browser is refused', refused === 'refused 400', refused);
  await browser.close();
}

// The real Direct Line client of others (botframework-directlinejs) in a real Chromium against our server.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { newToken, startDirectLine, type DirectLinePage } from '../support/direct-line-page.ts';
import { startWebChat, type WebChat } from '../support/web-chat.ts';
import { buildWidget, webPages } from '../support/web-pages.ts';

const SECRET = 'a-secret-of-other-clients';
let chat: WebChat;
let browser: Browser;

beforeAll(async () => {
  const pages = webPages(await buildWidget());
  chat = await startWebChat({
    env: { DIRECT_LINE_SECRET: SECRET },
    pages,
    answer: ({ opened, text }) => [
      opened
        ? { text: 'اختر', language: 'ar', direction: 'rtl', choices: [{ id: 'health', label: 'الصحة' }] }
        : { text: `جواب: ${text}`, language: 'ar', direction: 'rtl' },
    ],
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await chat.close();
});

async function open(token: string, webSocket = true): Promise<DirectLinePage> {
  const page = await browser.newPage();
  await page.goto(`${chat.url}/neutral`);
  return startDirectLine(page, { webSocket, token, locale: 'ar' });
}

it.each([true, false])('holds a conversation in Arabic (stream: %s)', async (webSocket) => {
  const client = await open(await newToken(chat.url), webSocket);
  const [menu] = await client.gets(1);
  expect(menu?.suggestedActions?.actions[0]?.value).toEqual({ choice: 'health' });
  const id = await client.post({ text: 'الصحة', value: 'health', channelData: { clientActivityID: 'c1' } });
  const [, echo, answer] = await client.gets(3);
  expect(echo).toMatchObject({ id, text: 'الصحة', channelData: { clientActivityID: 'c1' } });
  expect(answer).toMatchObject({ text: 'جواب: الصحة', locale: 'ar', from: { role: 'bot' } });
  expect(chat.received.at(-1)).toMatchObject({ payload: 'health', text: 'الصحة' });
  await client.page.close();
});

it('is told clearly that a file is not taken', async () => {
  const client = await open(await newToken(chat.url));
  await client.gets(1);
  // A page that calls itself a picture is none.
  const file = { contentType: 'image/png', contentUrl: `${chat.url}/neutral`, name: 'papers.png' };
  expect(await client.post({ text: '', attachments: [file] })).toBe('refused 400');
  expect(chat.received.at(-1)?.media).toEqual([{ contentType: 'application/octet-stream', providerRef: '' }]);
  await client.page.close();
});

it('works with the secret of other clients', async () => {
  const client = await open(SECRET);
  await client.gets(1);
  await client.post({ text: 'x' });
  await client.gets(3);
  await client.page.close();
});

it('loses and repeats nothing over twenty forced disconnects', async () => {
  const client = await open(await newToken(chat.url));
  await client.gets(1);
  const id = chat.received.at(-1)?.from[0]?.value ?? '';
  const expected = ['اختر'];
  for (let drop = 0; drop < 20; drop += 1) {
    // The stream stands again before it is cut again, in the middle of a line.
    await client.gets(1 + drop * 4);
    chat.say(id, { text: `قبل ${drop}` });
    chat.cut();
    chat.say(id, { text: `أثناء ${drop}` });
    await client.postAtLast(`m${drop}`, `m${drop}`);
    expected.push(`قبل ${drop}`, `أثناء ${drop}`);
  }
  const lines = 1 + 20 * 4;
  await client.gets(lines);
  await client.page.waitForTimeout(300);
  const got = await client.received();
  expect(got).toHaveLength(lines);
  expect(new Set(got.map((one) => one.id)).size).toBe(lines);
  // Sorted, because this client hands the activities of two frames on side by side.
  const sequences = got.map((one) => Number(one.id.split('|')[1])).sort((a, b) => a - b);
  expect(sequences).toEqual(Array.from({ length: lines }, (_, index) => index + 1));
  expect(got.map((one) => one.text)).toEqual(expect.arrayContaining(expected));
  await client.page.close();
});

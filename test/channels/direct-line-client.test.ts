// The real Direct Line client of others (botframework-directlinejs) in a real Chromium against our server.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
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

/** Starts the client in a page; `globalThis.got` collects what it receives. */
async function startClient(page: Page, options: { webSocket: boolean; token: string }): Promise<void> {
  await page.goto(`${chat.url}/neutral`);
  await page.addScriptTag({ url: '/directline.js' });
  await page.evaluate(({ webSocket, token }) => {
    interface Client {
      activity$: { subscribe(next: (activity: object) => void, error: (error: unknown) => void): void };
    }
    const { DirectLine } = (globalThis as never as { DirectLine: { DirectLine: new (options: object) => Client } }).DirectLine;
    const client = new DirectLine({
      token,
      domain: `${location.origin}/v3/directline`,
      webSocket,
      pollingInterval: 200,
      timeout: 300,
      conversationStartProperties: { locale: 'ar' },
    });
    // Its pause before it reconnects is 3 to 15 s; nothing else of it is changed.
    Object.assign(client, { getRetryDelay: () => 20 });
    const got: object[] = [];
    Object.assign(globalThis, { client, got });
    client.activity$.subscribe(
      (activity) => got.push(activity),
      (error) => got.push({ text: `error ${String(error)}` }),
    );
  }, options);
}

const received = (page: Page): Promise<{ id: string; text: string; suggestedActions?: { actions: { value: string }[] } }[]> =>
  page.evaluate(() => (globalThis as never as { got: never }).got);
const post = (page: Page, activity: object): Promise<string> =>
  page.evaluate(
    (one) =>
      new Promise<string>((done) => {
        const { client } = globalThis as never as {
          client: {
            postActivity(activity: object): { subscribe(next: (id: string) => void, error: (e: { status: number }) => void): void };
          };
        };
        client.postActivity(one).subscribe(done, (error) => done(`refused ${error.status}`));
      }),
    { type: 'message', from: { id: 'me' }, ...activity },
  );
/** Posts until the client has taken it: while its line is down it answers "retry". */
async function postAtLast(page: Page, text: string): Promise<void> {
  for (;;) {
    const id = await post(page, { text, channelData: { clientActivityID: text } });
    if (id !== 'retry') return;
  }
}
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 20));
}
async function ticket(): Promise<string> {
  const response = await fetch(`${chat.url}/v3/directline/tokens/generate`, { method: 'POST' });
  return ((await response.json()) as { token: string }).token;
}

it.each([true, false])('holds a conversation in Arabic (stream: %s)', async (webSocket) => {
  const page = await browser.newPage();
  await startClient(page, { webSocket, token: await ticket() });
  await until(async () => (await received(page)).length === 1);
  const [menu] = await received(page);
  expect(menu?.suggestedActions?.actions[0]?.value).toBe('health');
  const id = await post(page, { text: 'الصحة', value: 'health', channelData: { clientActivityID: 'c1' } });
  await until(async () => (await received(page)).length === 3);
  const [, echo, answer] = await received(page);
  expect(echo).toMatchObject({ id, text: 'الصحة', channelData: { clientActivityID: 'c1' } });
  expect(answer).toMatchObject({ text: 'جواب: الصحة', locale: 'ar', from: { role: 'bot' } });
  expect(chat.received.at(-1)).toMatchObject({ payload: 'health', text: 'الصحة' });
  await page.close();
});

it('is told clearly that a file is not taken', async () => {
  const page = await browser.newPage();
  await startClient(page, { webSocket: true, token: await ticket() });
  await until(async () => (await received(page)).length === 1);
  const file = { contentType: 'image/png', contentUrl: `${chat.url}/neutral`, name: 'papers.png' };
  expect(await post(page, { text: '', attachments: [file] })).toBe('refused 415');
  expect(chat.received.at(-1)?.media).toEqual([{ contentType: 'image/png', providerRef: '' }]);
  await page.close();
});

it('works with the secret of other clients', async () => {
  const page = await browser.newPage();
  await startClient(page, { webSocket: true, token: SECRET });
  await until(async () => (await received(page)).length === 1);
  await post(page, { text: 'x' });
  await until(async () => (await received(page)).length === 3);
  await page.close();
});

it('loses and repeats nothing over twenty forced disconnects', async () => {
  const page = await browser.newPage();
  await startClient(page, { webSocket: true, token: await ticket() });
  await until(async () => (await received(page)).length === 1);
  const id = chat.received.at(-1)?.from[0]?.value ?? '';
  const expected = ['اختر'];
  for (let drop = 0; drop < 20; drop += 1) {
    // The stream stands again before it is cut again, in the middle of a line.
    await until(async () => (await received(page)).length >= 1 + drop * 4);
    chat.say(id, { text: `قبل ${drop}` });
    chat.cut();
    chat.say(id, { text: `أثناء ${drop}` });
    await postAtLast(page, `m${drop}`);
    expected.push(`قبل ${drop}`, `أثناء ${drop}`);
  }
  const lines = 1 + 20 * 4;
  await until(async () => (await received(page)).length >= lines);
  await page.waitForTimeout(300);
  const got = await received(page);
  expect(got).toHaveLength(lines);
  expect(new Set(got.map((one) => one.id)).size).toBe(lines);
  // Sorted, because this client hands the activities of two frames on side by side.
  const sequences = got.map((one) => Number(one.id.split('|')[1])).sort((a, b) => a - b);
  expect(sequences).toEqual(Array.from({ length: lines }, (_, index) => index + 1));
  expect(got.map((one) => one.text)).toEqual(expect.arrayContaining(expected));
  await page.close();
});

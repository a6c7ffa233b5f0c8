// A person at the web chat, in a real browser. `const maria = await visit(…); await maria.write('hola')` reads like a transcript.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { ConversationGrant } from '../../src/api/direct-line.ts';

export interface Visitor {
  page: Page;
  /** Opens the chat; resolves when the service knows of it. Returns the conversation's id. */
  open(): Promise<string>;
  write(text: string): Promise<void>;
  /** Waits for a text on the page. */
  sees(text: string): Promise<void>;
  /** All bubbles, from top to bottom. */
  bubbles(): Promise<string[]>;
  /** What the status line says; empty without one. */
  status(): Promise<string>;
  /** Everything in the tab's storage, as one text. */
  storage(): Promise<string>;
  /** Addresses that the page asked for. */
  requests: string[];
  /** Complaints of the browser: errors of scripts and of the content security policy. */
  complaints: string[];
  close(): Promise<void>;
}

/** Goes to a page with a browser of one's own. */
export async function visit(browser: Browser, chat: { url: string }, path = '/', options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'es', reducedMotion: 'reduce', viewport: { width: 1000, height: 800 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(chat.url + path);
  return {
    page,
    requests,
    complaints,
    async open() {
      const started = page.waitForResponse((response) => response.url().endsWith('/v3/directline/conversations'));
      await page.locator('.shut .full').click();
      return ((await (await started).json()) as ConversationGrant).conversationId;
    },
    async write(text) {
      await page.locator('textarea').fill(text);
      await page.locator('textarea').press('Enter');
    },
    sees: (text) => page.locator('.root').getByText(text).first().waitFor(),
    bubbles: () => page.locator('.bubble').allTextContents(),
    status: async () => (await page.locator('.status p').textContent()) ?? '',
    storage: () => page.evaluate(() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage) + document.cookie),
    close: () => context.close(),
  };
}

/** Waits until something holds; the surrounding test's time limit ends it. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 10));
}

// The Direct Line client of others (botframework-directlinejs) in a page of a real browser, and what a test asks of it.
// Nothing of the client is changed but its pause before it reconnects, which is 3 to 15 s.
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { until } from './visitor.ts';

/** An activity as the client hands it on. */
export interface Got {
  id: string;
  text: string;
  locale?: string;
  suggestedActions?: { actions: { title: string; value: { choice: string } }[] };
  channelData?: { clientActivityID?: string; from?: string };
}

export interface DirectLinePage {
  page: Page;
  /** What the client has received so far, in the order in which it handed it on. */
  received(): Promise<Got[]>;
  /** Posts once; the answer is the activity's id, "retry" while the line is down, or "refused" and the status. */
  post(activity: object): Promise<string>;
  /** Posts under one client id until the client has taken it: while its line is down it answers "retry". */
  postAtLast(text: string, clientId: string): Promise<void>;
  /** Waits until the client has received so many activities. */
  gets(count: number): Promise<Got[]>;
}

interface Client {
  activity$: { subscribe(next: (activity: object) => void, error: (error: unknown) => void): void };
  postActivity(activity: object): { subscribe(next: (id: string) => void, error: (e: { status: number }) => void): void };
}

/** A token for a new conversation. */
export async function newToken(url: string): Promise<string> {
  const response = await fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST' });
  return ((await response.json()) as { token: string }).token;
}

/**
 * Starts the client in the page that is open, against the page's own server.
 * @param options `locale`: what the client says of the page's language when the conversation starts; `timeoutMs`: when it gives a request up
 */
export async function startDirectLine(
  page: Page,
  options: { webSocket: boolean; token: string; locale?: string; timeoutMs?: number },
): Promise<DirectLinePage> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('botframework-directlinejs/dist/directline.js') });
  await page.evaluate(({ webSocket, token, locale, timeoutMs }) => {
    const { DirectLine } = (globalThis as never as { DirectLine: { DirectLine: new (options: object) => Client } }).DirectLine;
    const client = new DirectLine({
      token,
      domain: `${location.origin}/v3/directline`,
      webSocket,
      pollingInterval: 200,
      timeout: timeoutMs ?? 300,
      ...(locale === undefined ? {} : { conversationStartProperties: { locale } }),
    });
    Object.assign(client, { getRetryDelay: () => 20 });
    const got: object[] = [];
    Object.assign(globalThis, { client, got });
    client.activity$.subscribe(
      (activity) => got.push(activity),
      (error) => got.push({ text: `error ${String(error)}` }),
    );
  }, options);

  const received = (): Promise<Got[]> => page.evaluate(() => (globalThis as never as { got: Got[] }).got);
  const post = (activity: object): Promise<string> =>
    page.evaluate(
      (one) =>
        new Promise<string>((done) => {
          const { client } = globalThis as never as { client: Client };
          client.postActivity(one).subscribe(done, (error) => done(`refused ${error.status}`));
        }),
      { type: 'message', from: { id: 'me' }, ...activity },
    );
  return {
    page,
    received,
    post,
    async postAtLast(text, clientId) {
      while ((await post({ text, channelData: { clientActivityID: clientId } })) === 'retry');
    },
    async gets(count) {
      await until(async () => (await received()).length >= count);
      return received();
    },
  };
}

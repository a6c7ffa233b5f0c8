// Sends canaries to every route that the service has, wherever a request has room for them, with good credentials and without.
// Routes that come later are in the table, and so found by themselves.
import { DIRECT_LINE_SECRET } from '../../support/every-channel.ts';
import { signTwilio, type FakeTwilio } from '../../support/twilio-server.ts';
import type { FakeSlack } from '../../support/slack-server.ts';
import type { Canary } from './canaries.ts';

export interface Route {
  method: string;
  pattern: string;
}

/** An answer that refuses, with everything that it says. */
export interface Refused {
  route: string;
  text: string;
}

const CONTENT = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'] as const;

/** Resolves with what was refused, and how many requests were made. */
export async function sendEverywhere(
  url: string,
  routes: Route[],
  { number, word }: Canary,
  providers: { twilio: FakeTwilio; slack: FakeSlack },
): Promise<{ refused: Refused[]; requests: number }> {
  const refused: Refused[] = [];
  let requests = 0;
  for (const route of routes) {
    if (route.method === 'UPGRADE') continue;
    const method = route.method === 'ALL' ? 'POST' : route.method;
    const path = `${fill(route.pattern, word, number)}?q=${word}&t=${encodeURIComponent(number)}&watermark=${word}&lang=${word}`;
    for (const content of method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? [null] : CONTENT)
      for (const body of content === null ? [null] : bodies(content, word, number))
        for (const headers of credentials(path, content, body, { url, word, number }, providers)) {
          requests += 1;
          const response = await fetch(url + path, {
            method,
            ...(body === null ? {} : { body }),
            redirect: 'manual',
            headers: { ...(content === null ? {} : { 'content-type': content }), ...headers },
          }).catch(() => null);
          if (response && response.status >= 400)
            refused.push({ route: `${method} ${route.pattern}`, text: `${JSON.stringify([...response.headers])}${await response.text()}` });
          else await response?.body?.cancel();
        }
  }
  return { refused, requests };
}

/** Each parameter is a canary, a word and a number in turn. */
function fill(pattern: string, word: string, number: string): string {
  let count = 0;
  return pattern
    .replaceAll(/:[A-Za-z]+/g, () => encodeURIComponent(count++ % 2 === 0 ? `${word}${number}` : number))
    .replace('*', `${word}/${encodeURIComponent(number)}`);
}

function bodies(content: (typeof CONTENT)[number], word: string, number: string): string[] {
  const fields = { type: 'message', text: `${word} ${number}`, From: number, Body: word, name: word, user: { id: number, name: word } };
  if (content === 'application/json')
    return [
      JSON.stringify(fields),
      JSON.stringify({ ...fields, type: word, from: number, timestamp: word }),
      `{"text":"${word} ${number}`,
      `"${word.repeat(20_000)}"`,
    ];
  const form = new URLSearchParams({
    From: number,
    To: number,
    Body: word,
    ProfileName: word,
    MessageSid: word,
    MessageStatus: word,
    payload: `{"${word}`,
  });
  if (content === 'application/x-www-form-urlencoded')
    return [form.toString(), `From=${number}&%E0%A4%A=${word}`, `Body=${`${word}+`.repeat(10_000)}`];
  return [`${word} ${number}`];
}

/** Nothing; what looks like a credential and holds a canary; and what each kind of route takes for genuine. */
function credentials(
  path: string,
  content: string | null,
  body: string | null,
  { url, word, number }: Canary & { url: string },
  { twilio }: { twilio: FakeTwilio; slack: FakeSlack },
): Record<string, string>[] {
  const everywhere = { 'user-agent': word, 'x-forwarded-for': encodeURIComponent(number), cookie: `c=${word}`, 'accept-language': word };
  const fields = content === 'application/x-www-form-urlencoded' ? Object.fromEntries(new URLSearchParams(body ?? '')) : {};
  return [
    everywhere,
    {
      ...everywhere,
      authorization: `Bearer ${word}`,
      'x-twilio-signature': word,
      'x-slack-signature': word,
      'x-slack-request-timestamp': word,
    },
    {
      ...everywhere,
      authorization: `Bearer ${DIRECT_LINE_SECRET}`,
      'x-twilio-signature': signTwilio(twilio.authToken, url + path, fields),
    },
  ];
}

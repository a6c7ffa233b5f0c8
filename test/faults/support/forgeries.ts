// Genuine requests of every provider, and what a forger makes of them. Used by the trial of forged requests.
// A change that leaves what is signed as it was is no forgery (%2B for %2b in a form), so it is thrown again.
import { generateKeyPairSync } from 'node:crypto';
import { DIRECT_LINE_SECRET, type EveryChannel } from '../../support/every-channel.ts';
import { signSlack } from '../../support/slack-server.ts';
import { newSid, signTwilio } from '../../support/twilio-server.ts';
import { damages, foreignLetters } from './mutations.ts';

type Dice = (sides: number) => number;

/** A request as it is sent. */
export interface Sent {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A provider's genuine request, and its forgeries; `make` answers null when the throw gave nothing that differs. */
export interface Forger {
  name: string;
  genuine: Sent;
  make(dice: Dice): Sent | null;
}

const FORM = 'application/x-www-form-urlencoded';
const pick = <T>(list: readonly T[], dice: Dice): T => list[dice(list.length)] as T;
const damage = (text: string, dice: Dice): string => pick(Object.values(damages), dice)(text, dice);
const damageBody = (text: string, dice: Dice): string => (dice(8) === 0 ? foreignLetters(text, dice) : damage(text, dice));
const withHeader = (sent: Sent, name: string, value: string | null): Sent => ({
  ...sent,
  headers: {
    ...Object.fromEntries(Object.entries(sent.headers).filter(([other]) => other !== name)),
    ...(value === null ? {} : { [name]: value }),
  },
});

/** Twilio: its two webhooks, by changed signature, body, address, token, or parameters that changed places. */
export function forgeTwilio({ url, twilio }: EveryChannel): Forger[] {
  const message = {
    AccountSid: twilio.accountSid,
    MessageSid: newSid(),
    From: '+34600111222',
    To: '+15005550006',
    Body: 'hola ¿qué tal?',
    NumMedia: '0',
  };
  const status = {
    AccountSid: twilio.accountSid,
    MessageSid: newSid(),
    MessageStatus: 'delivered',
    To: '+34600111222',
    From: '+15005550006',
  };
  const read = (body: string): Record<string, string[]> => {
    const params: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
    for (const [name, value] of new URLSearchParams(body)) (params[name] ??= []).push(value);
    return params;
  };
  const swap = (body: string, dice: Dice): string => {
    const pairs = [...new URLSearchParams(body)];
    const [a, b] = [dice(pairs.length), dice(pairs.length)];
    [pairs[a]![1], pairs[b]![1]] = [pairs[b]![1], pairs[a]![1]];
    return new URLSearchParams(pairs).toString();
  };
  const build = (name: string, path: string, params: Record<string, string>): Forger => {
    const sign = (at: string, body: string, token = twilio.authToken): string => signTwilio(token, url + at, read(body));
    const body = new URLSearchParams(params).toString();
    const signature = sign(path, body);
    const genuine: Sent = { method: 'POST', path, body, headers: { 'content-type': FORM, 'x-twilio-signature': signature } };
    const ways: ((dice: Dice) => Sent)[] = [
      (dice) => withHeader(genuine, 'x-twilio-signature', damage(signature, dice)),
      (dice) => ({ ...genuine, body: damageBody(body, dice) }),
      (dice) => ({ ...genuine, body: swap(body, dice) }),
      (dice) => ({ ...genuine, body: `${body}&${pick(['Body', 'From', 'To', 'MessageSid'], dice)}=${dice(1e9)}` }),
      (dice) => ({ ...genuine, path: `${path}${path.includes('?') ? '&' : '?'}${pick(['line', 'x', 'bodySHA256'], dice)}=${dice(1e9)}` }),
      (dice) => ({ ...genuine, path: path.replace(/\w(?=$|\?)/, String(dice(10))) }),
      (dice) => withHeader(genuine, 'x-twilio-signature', sign(path, body, damage(twilio.authToken, dice))),
      (dice) => withHeader(genuine, 'x-twilio-signature', sign(`/${dice(1e9)}`, body)),
      (dice) => withHeader(genuine, 'content-type', pick(['application/json', 'text/json; charset=utf-8', 'APPLICATION/JSON'], dice)),
      () => withHeader(genuine, 'x-twilio-signature', null),
    ];
    return {
      name,
      genuine,
      make(dice) {
        const forged = pick(ways, dice)(dice);
        const sameSignature = forged.headers['x-twilio-signature']?.trim() === sign(forged.path, forged.body);
        return sameSignature && forged.headers['content-type'] === FORM ? null : forged;
      },
    };
  };
  return [
    build('Twilio message', '/channels/twilio/messages', message),
    build('Twilio status', `/channels/twilio/status?line=${newSid()}`, status),
  ];
}

/** Slack: changed signature, time, body or secret; another version; too old or too new; parts missing. */
export function forgeSlack(): Forger {
  const body = JSON.stringify({ type: 'url_verification', challenge: 'a-challenge-of-the-tests' });
  const now = Math.floor(Date.now() / 1000);
  const signed = (text: string, at: number, secret?: string): Sent => ({
    method: 'POST',
    path: '/slack/events',
    body: text,
    headers: { 'content-type': 'application/json', ...signSlack(text, at, secret) },
  });
  const genuine = signed(body, now);
  const signature = genuine.headers['x-slack-signature'] ?? '';
  const ways: ((dice: Dice) => Sent)[] = [
    (dice) => withHeader(genuine, 'x-slack-signature', damage(signature, dice)),
    (dice) => ({ ...genuine, body: damageBody(body, dice) }),
    (dice) => withHeader(genuine, 'x-slack-request-timestamp', damage(String(now), dice)),
    (dice) => withHeader(genuine, 'x-slack-request-timestamp', String(now + 1 + dice(200))),
    // The clock of the trial goes on while it runs, so the edge itself is left to the unit tests.
    (dice) => signed(body, now - 301 - dice(1e6)),
    (dice) => signed(body, now + 900 + dice(1e6)),
    (dice) => signed(body, now, damage('a-secret-of-the-tests', dice)),
    (dice) => withHeader(genuine, 'x-slack-signature', signature.replace('v0', pick(['v1', 'v', 'V0', 'v00', '', '0'], dice))),
    () => withHeader(genuine, 'x-slack-signature', null),
    () => withHeader(genuine, 'x-slack-request-timestamp', null),
  ];
  return {
    name: 'Slack',
    genuine,
    make(dice) {
      const forged = pick(ways, dice)(dice);
      const names = ['x-slack-signature', 'x-slack-request-timestamp'];
      return forged.body === body && names.every((name) => forged.headers[name]?.trim() === genuine.headers[name]) ? null : forged;
    },
  };
}

/** Bot Framework: a damaged token, or one that is genuine for somebody or something else. */
export function forgeAzure({ azure }: EveryChannel): Forger {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const seconds = Math.floor(Date.now() / 1000);
  const activity = azure.activity();
  const sent = (token: string | null, change: Record<string, unknown> = {}): Sent => ({
    method: 'POST',
    path: '/api/messages',
    body: JSON.stringify({ ...activity, ...change }),
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
  });
  const token = azure.token();
  const [header = '', claims = '', signature = ''] = token.split('.');
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  const made = [
    `${unsigned}.${claims}.`,
    `${unsigned}.${claims}.${signature}`,
    ...['none', 'HS256', 'HS512', 'RS512', 'PS256', 'ES256', 'rs256'].map((alg) => azure.token({}, { alg })),
    ...['key-2', '', '../key-1'].map((kid) => azure.token({}, { kid })),
    azure.token({}, {}, stranger),
    ...[
      'https://evil.example.org',
      'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
      '',
      'https://api.botframework.com/',
    ].map((iss) => azure.token({ iss })),
    ...['00000000-2222-4333-8444-555555555555', '', 'https://api.botframework.com'].map((aud) => azure.token({ aud })),
    ...['https://evil.example.org/', '', `${azure.url}/`, azure.url.replace('127.0.0.1', 'localhost')].map((serviceurl) =>
      azure.token({ serviceurl }),
    ),
    azure.token({ nbf: seconds - 9000, exp: seconds - 3600 }),
    azure.token({ nbf: seconds + 3600 }),
    // Signatures have several spellings; only the canonical one counts.
    `${token}=`,
    `${header}.${claims}.${signature.replaceAll('-', '+').replaceAll('_', '/')}=`,
  ].filter((one) => one !== token);
  const ways: ((dice: Dice) => Sent)[] = [
    (dice) => sent(damage(token, dice)),
    (dice) => sent(`${header}.${damage(claims, dice)}.${signature}`),
    (dice) => sent(`${header}.${claims}.${damage(signature, dice)}`),
    (dice) =>
      sent(
        `${header}.${claims}.${signature.slice(0, -1)}${pick([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'], dice)}`,
      ),
    (dice) => sent(pick(made, dice)),
    (dice) => sent(token, { serviceUrl: `https://x${dice(1e9)}.example.org/` }),
    (dice) => sent(token, { channelId: pick(['facebook', 'emulator', 'webchat', 'MSTEAMS'], dice) }),
    (dice) => withHeader(sent(token), 'authorization', `${pick(['Basic', 'Token', 'Bearer:', ''], dice)} ${token}`),
    () => sent(null),
  ];
  const genuine = sent(token);
  return {
    name: 'Bot Framework',
    genuine,
    make(dice) {
      const forged = pick(ways, dice)(dice);
      return forged.body === genuine.body && forged.headers['authorization']?.trim() === genuine.headers['authorization'] ? null : forged;
    },
  };
}

/** Tokens of the web chat: own and foreign, and one whose time is over. */
export interface ChatTokens {
  conversationId: string;
  token: string;
  resumeToken: string;
  expired: { conversationId: string; token: string };
  other: { conversationId: string; token: string };
}

/** Direct Line: a damaged token or secret, another conversation's, a resume token, one that is over. */
export function forgeDirectLine({ conversationId, token, resumeToken, expired, other }: ChatTokens): Forger {
  const path = (id: string): string => `/v3/directline/conversations/${id}/activities`;
  const read = (id: string, credential: string | null): Sent => ({
    method: 'GET',
    path: path(id),
    body: '',
    headers: credential === null ? {} : { authorization: `Bearer ${credential}` },
  });
  const write = (sent: Sent): Sent => ({
    ...sent,
    method: 'POST',
    body: JSON.stringify({ type: 'message', text: 'hola' }),
    headers: { ...sent.headers, 'content-type': 'application/json' },
  });
  const [header = '', claims = '', signature = ''] = token.split('.');
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  const ways: ((dice: Dice) => Sent)[] = [
    (dice) => read(conversationId, damage(token, dice)),
    (dice) => read(conversationId, `${header}.${damage(claims, dice)}.${signature}`),
    (dice) => read(conversationId, damage(DIRECT_LINE_SECRET, dice)),
    (dice) => read(conversationId, `${header}.${claims}.${damage(signature, dice)}`),
    (dice) => read(pick([other.conversationId, damage(conversationId, dice).replace(/[^\w-]/g, 'x')], dice), token),
    (dice) =>
      read(
        conversationId,
        pick([other.token, resumeToken, expired.token, `${unsigned}.${claims}.`, `${unsigned}.${claims}.${signature}`], dice),
      ),
    () => read(expired.conversationId, expired.token),
    (dice) => withHeader(read(conversationId, null), 'authorization', `${pick(['Basic', 'Token', 'Bearer:', ''], dice)} ${token}`),
    () => read(conversationId, null),
  ];
  const genuine = read(conversationId, token);
  return {
    name: 'Direct Line',
    genuine,
    make(dice) {
      const forged = pick(ways, dice)(dice);
      if (forged.path === genuine.path && forged.headers['authorization']?.trim() === genuine.headers['authorization']) return null;
      if (forged.headers['authorization'] === `Bearer ${DIRECT_LINE_SECRET}`) return null;
      return dice(2) === 0 ? forged : write(forged);
    },
  };
}

// A provider that speaks Twilio's protocol on this machine: takes messages, lists and deletes them, calls back, signs webhooks.
// It refuses what the real one refuses, and fails when it is told to. Shares no code with the product.
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeMessage {
  sid: string;
  to: string;
  from: string | null;
  messagingServiceSid: string | null;
  body: string;
  contentSid: string | null;
  contentVariables: string | null;
  statusCallback: string | null;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  status: string;
  createdAt: number;
  /** Sids of its files; what they hold stands in `files`. */
  media: string[];
}

/** A picture or voice note that a person sends. */
export interface FakeFile {
  contentType: string;
  bytes: Uint8Array;
}

/** What happens to the next new message instead of a plain 201. `taken` tells whether the message exists afterwards. */
export type Trouble =
  | { kind: 'status'; status: number; code?: number; retryAfter?: string }
  /** The connection is cut after the request was read. */
  | { kind: 'cut'; taken: boolean }
  /** No answer comes. */
  | { kind: 'silence'; taken: boolean };

export interface FakeTwilio {
  url: string;
  accountSid: string;
  authToken: string;
  /** Settings that point the product here. */
  env: Record<string, string>;
  /** Every message that exists, oldest first. */
  messages: FakeMessage[];
  /** How the account and its numbers are set up, by their settings' names in Twilio. */
  account: { status: string; smsUrl: string; serviceUrl: string | null; clockSkewMs: number };
  /** Requests for new messages, whatever became of them. */
  attempts: number;
  /** Troubles for the next new messages, first come first served. */
  troubles: Trouble[];
  /** Awaited before a new message to this address is taken: how long a real provider takes, or what a trial watches. */
  onCreate?: (to: string) => Promise<void>;
  /** Asked about each new message when no trouble waits: what happens to it, or null. */
  judge?: (form: URLSearchParams) => Trouble | null;
  /** Answers that refuse the next requests for lists, first come first served. */
  listTroubles: Extract<Trouble, { kind: 'status' }>[];
  /** What is in the store of files, by sid. */
  files: Map<string, FakeFile>;
  /** Requests to the store of files, with the password that came along, which must be none. */
  downloads: { sid: string; authorization: string | undefined }[];
  /** Where somebody who asks for a file is sent; to the store of files unless told otherwise. */
  storeUrl?: string;
  /** Queries of the lists that were asked for, oldest first. */
  lists: URLSearchParams[];
  /** Lists that name a next page for ever. */
  isEndless?: (query: URLSearchParams) => boolean;
  /** Its clock, ms: that of this machine unless a test has one of its own. */
  now(): number;
  /** Puts a message there as if it had come by another way. */
  add(message: Partial<FakeMessage>): FakeMessage;
  /** Posts a signed webhook to the product and returns its answer. */
  webhook(baseUrl: string, path: string, params: Record<string, string | string[]>, options?: { signature?: string }): Promise<Response>;
  /** Posts an inbound message from a person. */
  inbound(baseUrl: string, message: { from: string; to: string; body: string; sid?: string } & Record<string, string>): Promise<Response>;
  /** Posts an inbound message with files. */
  show(baseUrl: string, message: { from: string; to: string; body: string; sid?: string }, files: FakeFile[]): Promise<Response>;
  /** Calls back with a state of a message. */
  callBack(message: FakeMessage, status: string, errorCode?: number): Promise<Response>;
  close(): Promise<void>;
}

const NUMBER = /^(whatsapp:)?\+[1-9]\d{4,14}$|^whatsapp:[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
const MAX_BODY = 1600;

/** A new message sid. */
export const newSid = (kind: 'SM' | 'MM' | 'ME' = 'SM'): string => kind + randomBytes(16).toString('hex');

/** X-Twilio-Signature of a form. @see https://www.twilio.com/docs/usage/security#validating-requests */
export function signTwilio(authToken: string, url: string, params: Record<string, string | string[]>): string {
  const data = Object.keys(params)
    .sort()
    .flatMap((name) => [...new Set([params[name] ?? ''].flat())].sort().map((value) => name + value))
    .join('');
  return createHmac('sha1', authToken)
    .update(url + data)
    .digest('base64');
}

/** Starts the provider on a free port. */
export async function startTwilio(accountSid = `AC${'0'.repeat(32)}`, authToken = 'a-token-of-the-tests'): Promise<FakeTwilio> {
  const server = createServer((request, response) => void answer(twilio, request, response).catch(() => response.destroy()));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const twilio: FakeTwilio = {
    url,
    accountSid,
    authToken,
    env: {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_SMS_FROM: '+15005550006',
      TWILIO_WHATSAPP_FROM: '+15005550007',
      TWILIO_API_URL: url,
      // What a trial counts as lost must not come back by another way.
      RECONCILE_MINUTES: '0',
    },
    messages: [],
    account: { status: 'active', smsUrl: '', serviceUrl: null, clockSkewMs: 0 },
    attempts: 0,
    troubles: [],
    listTroubles: [],
    lists: [],
    files: new Map(),
    downloads: [],
    now: () => Date.now(),
    add(message) {
      const added: FakeMessage = { ...blank(twilio.now()), ...message };
      twilio.messages.push(added);
      return added;
    },
    webhook(baseUrl, path, params, options = {}) {
      const target = baseUrl + path;
      const body = new URLSearchParams(
        Object.entries(params).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
      );
      const signature = options.signature ?? signTwilio(authToken, target, params);
      return fetch(target, {
        method: 'POST',
        body,
        headers: { 'x-twilio-signature': signature, 'i-twilio-idempotency-token': randomBytes(8).toString('hex') },
      });
    },
    inbound(baseUrl, { from, to, body, sid = newSid(), ...rest }) {
      const params = {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        MessageSid: sid,
        SmsSid: sid,
        From: from,
        To: to,
        Body: body,
        NumMedia: '0',
        NumSegments: '1',
        ...rest,
      };
      twilio.add({ sid, from, to, body, direction: 'inbound', status: 'received' });
      return twilio.webhook(baseUrl, '/channels/twilio/messages', params);
    },
    show(baseUrl, { from, to, body, sid = newSid('MM') }, files) {
      const media = files.map((file) => {
        const fileSid = newSid('ME');
        twilio.files.set(fileSid, file);
        return fileSid;
      });
      const params: Record<string, string> = { NumMedia: String(files.length) };
      for (const [index, file] of files.entries()) {
        params[`MediaUrl${index}`] = `${url}/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media/${media[index]}`;
        params[`MediaContentType${index}`] = file.contentType;
      }
      const answered = twilio.inbound(baseUrl, { from, to, body, sid, ...params });
      const message = twilio.messages.find((one) => one.sid === sid);
      if (message) message.media = media;
      return answered;
    },
    callBack(message, status, errorCode) {
      if (message.statusCallback === null) throw new Error('The message asked for no callback.');
      const target = new URL(message.statusCallback);
      const params = {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        MessageSid: message.sid,
        SmsSid: message.sid,
        MessageStatus: status,
        SmsStatus: status,
        To: message.to,
        From: message.from ?? '',
        ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
      };
      return twilio.webhook(target.origin, target.pathname + target.search, params);
    },
    close: () => stop(server),
  };
  return twilio;
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

function blank(now: number): FakeMessage {
  return {
    sid: newSid(),
    to: '',
    from: null,
    messagingServiceSid: null,
    body: '',
    contentSid: null,
    contentVariables: null,
    statusCallback: null,
    direction: 'outbound-api',
    status: 'queued',
    createdAt: now,
    media: [],
  };
}

async function answer(twilio: FakeTwilio, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const target = new URL(request.url ?? '/', twilio.url);
  const stored = /^\/store\/(ME[0-9a-f]{32})$/.exec(target.pathname)?.[1];
  if (stored !== undefined) return answerFile(twilio, stored, request, response);
  const expected = `Basic ${Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64')}`;
  if (request.headers.authorization !== expected) return refuse(response, 401, 20003);
  const base = `/2010-04-01/Accounts/${twilio.accountSid}/Messages`;
  const [, sid, media, mediaSid] =
    new RegExp(`^${base}(?:/([A-Z]{2}[0-9a-f]{32}))?(/Media)?(?:/(ME[0-9a-f]{32}))?\\.json$`).exec(target.pathname) ?? [];
  if (!target.pathname.startsWith(base)) return answerAccount(twilio, target, response);
  const file = new RegExp(`^${base}/([A-Z]{2}[0-9a-f]{32})/Media/(ME[0-9a-f]{32})$`).exec(target.pathname);
  if (file) {
    const there = twilio.messages.find((one) => one.sid === file[1])?.media.includes(file[2] ?? '');
    if (!there) return refuse(response, 404, 20404);
    response.writeHead(307, { location: `${twilio.storeUrl ?? `${twilio.url}/store`}/${file[2]}` }).end();
    return;
  }
  const message = twilio.messages.find((one) => one.sid === sid);
  if (sid === undefined && request.method === 'POST') {
    const form = new URLSearchParams(body);
    await twilio.onCreate?.(form.get('To') ?? '');
    return create(twilio, form, request, response);
  }
  if (sid === undefined && request.method === 'GET') return answerList(twilio, target, response);
  if (message === undefined) return refuse(response, 404, 20404);
  if (media !== undefined && request.method === 'GET') return json(response, 200, mediaPage(message));
  if (request.method === 'DELETE') {
    if (mediaSid !== undefined && !message.media.includes(mediaSid)) return refuse(response, 404, 20404);
    if (mediaSid !== undefined) message.media = message.media.filter((one) => one !== mediaSid);
    else twilio.messages.splice(twilio.messages.indexOf(message), 1);
    response.writeHead(204).end();
    return;
  }
  json(response, 200, resource(twilio, message));
}

/** The store of files asks for no password: the address is the secret. */
function answerFile(twilio: FakeTwilio, sid: string, request: IncomingMessage, response: ServerResponse): void {
  twilio.downloads.push({ sid, authorization: request.headers.authorization });
  const file = twilio.files.get(sid);
  const exists = file && twilio.messages.some((message) => message.media.includes(sid));
  if (!exists) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
}

/** What is not about messages: the account, its numbers, its messaging services. */
function answerAccount({ account, accountSid, env }: FakeTwilio, target: URL, response: ServerResponse): void {
  const date = { date: new Date(Date.now() + account.clockSkewMs).toUTCString() };
  if (target.pathname === `/2010-04-01/Accounts/${accountSid}.json`)
    return json(response, 200, { sid: accountSid, status: account.status, type: 'Full' }, date);
  if (target.pathname === `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`) {
    const own = target.searchParams.get('PhoneNumber') === env['TWILIO_SMS_FROM'];
    return json(response, 200, { incoming_phone_numbers: own ? [{ sms_url: account.smsUrl, sms_method: 'POST' }] : [] });
  }
  if (target.pathname.startsWith('/v1/Services/MG') && account.serviceUrl !== null)
    return json(response, 200, { inbound_request_url: account.serviceUrl, use_inbound_webhook_on_number: false });
  refuse(response, 404, 20404);
}

function create(twilio: FakeTwilio, form: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
  twilio.attempts += 1;
  const trouble = twilio.troubles.shift() ?? twilio.judge?.(form) ?? undefined;
  if (trouble?.kind === 'status') return refuse(response, trouble.status, trouble.code, trouble.retryAfter);
  const code = complaint(form);
  if (code !== null) return refuse(response, 400, code);
  const take = (): FakeMessage =>
    twilio.add({
      to: form.get('To') ?? '',
      from: form.get('From'),
      messagingServiceSid: form.get('MessagingServiceSid'),
      body: form.get('Body') ?? '',
      contentSid: form.get('ContentSid'),
      contentVariables: form.get('ContentVariables'),
      statusCallback: form.get('StatusCallback'),
    });
  if (trouble !== undefined) {
    if (trouble.taken) take();
    if (trouble.kind === 'cut') request.socket.destroy();
    return;
  }
  json(response, 201, resource(twilio, take()));
}

/** The code with which the real one refuses such a message; null when it would take it. */
function complaint(form: URLSearchParams): number | null {
  const body = form.get('Body') ?? '';
  if (!NUMBER.test(form.get('To') ?? '')) return 21211;
  if (form.get('From') === null && form.get('MessagingServiceSid') === null) return 21603;
  if (body === '' && form.get('ContentSid') === null) return 21619;
  if (body.length > MAX_BODY) return 21617;
  return null;
}

/** The newest first, a page at a time; the next page stands in next_page_uri and nowhere else. */
function answerList(twilio: FakeTwilio, target: URL, response: ServerResponse): void {
  const query = target.searchParams;
  twilio.lists.push(query);
  const trouble = twilio.listTroubles.shift();
  if (trouble) return refuse(response, trouble.status, trouble.code, trouble.retryAfter);
  const size = Number(query.get('PageSize') ?? 50);
  if (!Number.isInteger(size) || size < 1 || size > 1000) return refuse(response, 400, 20001);
  const found = twilio.messages
    .filter((one) => matches(one, query))
    .toReversed()
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const from = query.has('PageToken') ? found.findIndex((one) => `PA${one.sid}` === query.get('PageToken')) + 1 : 0;
  const messages = found.slice(from, from + size).map((one) => resource(twilio, one));
  const page = Number(query.get('Page') ?? 0);
  const uriOf = (index: number, token?: string): string => {
    const other = new URL(target);
    other.searchParams.set('PageSize', String(size));
    other.searchParams.set('Page', String(index));
    if (token === undefined) other.searchParams.delete('PageToken');
    else other.searchParams.set('PageToken', token);
    return other.pathname + other.search;
  };
  const last = found[from + size - 1];
  const endless = twilio.isEndless?.(query) === true ? uriOf(page + 1, 'PA0') : null;
  json(response, 200, {
    messages,
    page,
    page_size: size,
    start: page * size,
    end: page * size + Math.max(0, messages.length - 1),
    next_page_uri: last !== undefined && found.length > from + size ? uriOf(page + 1, `PA${last.sid}`) : endless,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
    first_page_uri: uriOf(0),
    uri: target.pathname + target.search,
  });
}

/** Filters of the list. A date without a time means its whole day, GMT; a message that was not sent yet has no date. */
function matches(message: FakeMessage, query: URLSearchParams): boolean {
  if ((query.get('To') ?? message.to) !== message.to || (query.get('From') ?? message.from) !== message.from) return false;
  const [on, until, since] = ['DateSent', 'DateSent<', 'DateSent>'].map((name) => query.get(name));
  if (on == null && until == null && since == null) return true;
  if (message.status === 'queued') return false;
  const second = Math.floor(message.createdAt / 1000) * 1000;
  const startOf = (date: string): number => Date.parse(date.includes('T') ? date : `${date}T00:00:00Z`);
  const endOf = (date: string): number => (date.includes('T') ? Date.parse(date) : startOf(date) + 86_399_999);
  if (on != null && (second < startOf(on) || second > endOf(on))) return false;
  return second >= (since == null ? 0 : startOf(since)) && second <= (until == null ? Number.POSITIVE_INFINITY : endOf(until));
}

function mediaPage(message: FakeMessage): object {
  const media_list = message.media.map((sid) => ({ sid, parent_sid: message.sid, content_type: 'image/jpeg' }));
  return {
    media_list,
    page: 0,
    page_size: 50,
    start: 0,
    end: media_list.length - 1,
    next_page_uri: null,
    previous_page_uri: null,
    first_page_uri: '/',
    uri: '/',
  };
}

function resource(twilio: FakeTwilio, message: FakeMessage): object {
  const date = new Date(message.createdAt).toUTCString().replace('GMT', '+0000');
  return {
    account_sid: twilio.accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: date,
    date_sent: message.status === 'queued' ? null : date,
    date_updated: date,
    direction: message.direction,
    error_code: null,
    error_message: null,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.media.length),
    num_segments: '1',
    price: null,
    price_unit: null,
    sid: message.sid,
    status: message.status,
    to: message.to,
    uri: `/2010-04-01/Accounts/${twilio.accountSid}/Messages/${message.sid}.json`,
  };
}

function refuse(response: ServerResponse, status: number, code?: number, retryAfter?: string): void {
  // The real one quotes the number in its message; nothing of it may reach a log.
  const body = {
    code,
    message: "The 'To' number +34600111222 cannot be reached: te escribo desde el albergue",
    more_info: 'https://www.twilio.com/docs/errors',
    status,
  };
  json(response, status, body, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
}

function json(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

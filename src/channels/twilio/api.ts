// Twilio's REST API as far as the channel needs it, through the twilio package. Called by channel.ts.
// The package is loaded at first use: 100 ms and 40 MB that a web-chat-only service never pays.
// Refusals leave here without Twilio's message, which quotes the number.
import type { Twilio } from 'twilio';
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message.js';
import { AppError } from '../../domain/errors.ts';
import { readRetryAfter } from '../retry-after.ts';
import type { TwilioSettings } from './settings.ts';

const TIMEOUT_MS = 10_000;
/** More than both channels ever send and look up at the same time. */
const MAX_SOCKETS = 250;
const SECOND_MS = 1000;
/** Messages a page; Twilio gives 1,000 at most. */
const PAGE = 500;
/** Pages that are read at once, 20,000 messages, and how long that may take. More is asked for in shorter times. */
const MAX_PAGES = 40;
const MAX_LIST_MS = 60_000;

/** Parameters of a new message, in the package's spelling. */
export interface NewMessage {
  to: string;
  from?: string;
  messagingServiceSid?: string;
  body?: string;
  contentSid?: string;
  contentVariables?: string;
  statusCallback?: string;
}

/** A message as Twilio lists it. Times are ms, Twilio's clock. */
export interface ListedMessage {
  sid: string;
  status: string;
  direction: string;
  from: string | null;
  to: string | null;
  messagingServiceSid: string | null;
  createdAt: number;
}

/** A message with its words. */
export interface ListedWords extends ListedMessage {
  body: string;
  media: number;
  /** What Twilio filters by; for inbound messages, when it took them. */
  sentAt: number;
}

/** What to list. Absent: whatever it is. */
export interface ListFilter {
  from?: string;
  to?: string;
  since: number;
  until: number | null;
}

export interface TwilioApi {
  /** Queues a message and returns its sid. @throws TwilioRefusal, or a network error as it came */
  create(message: NewMessage): Promise<string>;
  /** The newest messages to an address, newest first. */
  listTo(address: string): Promise<ListedMessage[]>;
  /** All messages of a time, newest first. @throws AppError channel.too_large, TwilioRefusal, or a network error as it came */
  listAll(filter: ListFilter): Promise<ListedWords[]>;
  /** Deletes a message and its media. True when nothing is left. */
  erase(sid: string): Promise<boolean>;
  /** Deletes the media of a message, which stays. True when none is left. */
  eraseMedia(sid: string): Promise<boolean>;
  /** Sids of a message's media, in their order. @throws TwilioRefusal, or a network error as it came */
  listMedia(sid: string): Promise<string[]>;
}

/** Twilio answered, and the answer was no. */
export class TwilioRefusal extends AppError {
  readonly status: number;
  /** Twilio's error code; null where the answer had none. */
  readonly providerCode: number | null;

  constructor(status: number, providerCode: number | null, retryAfterSeconds: number | undefined) {
    super('channel.rejected', `Twilio answered ${status}${providerCode === null ? '' : ` with code ${providerCode}`}.`, {
      retryable: status === 429 || status >= 500,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
    this.status = status;
    this.providerCode = providerCode;
  }
}

/**
 * Opens the API.
 * @param now our clock, for Retry-After dates
 * @see https://www.twilio.com/docs/messaging/api/message-resource
 */
export function createTwilioApi(settings: TwilioSettings, now: () => number): TwilioApi {
  let client: Promise<Twilio> | null = null;
  const load = (): Promise<Twilio> => (client ??= loadClient(settings, now));
  return {
    async create(message) {
      const created = await (await load()).messages.create(message);
      // A 201 that cannot be read is a message of unknown fate, not a refusal.
      if (typeof created.sid !== 'string') throw new AppError('channel.unavailable', 'Twilio accepted a message without telling its sid.');
      return created.sid;
    },
    async listTo(address) {
      const messages = await (await load()).messages.list({ to: address, pageSize: 50, limit: 50 });
      return messages.map(readListed);
    },
    async listAll({ from, to, since, until }) {
      // The filter may be read by the second, or even by the day: a little more is asked for than is wanted.
      const { messages } = await load();
      const first = await messages.page({
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        dateSentAfter: new Date(since - SECOND_MS),
        ...(until === null ? {} : { dateSentBefore: new Date(until + SECOND_MS) }),
        pageSize: PAGE,
      });
      return (await readPages(first)).filter(({ sentAt }) => sentAt >= since && sentAt < (until ?? Number.POSITIVE_INFINITY));
    },
    async erase(sid) {
      await this.eraseMedia(sid);
      await orGone((await load()).messages(sid).remove());
      return true;
    },
    async eraseMedia(sid) {
      const message = (await load()).messages(sid);
      const media = await orGone(message.media.list({ pageSize: 50 }));
      for (const item of media ?? []) await orGone(message.media(item.sid).remove());
      return true;
    },
    async listMedia(sid) {
      const media = await (await load()).messages(sid).media.list({ pageSize: 50, limit: 50 });
      return media.map((item) => item.sid);
    },
  };
}

/** A page as the package gives it. */
interface Page {
  instances: MessageInstance[];
  nextPage(): Promise<Page> | undefined;
}

/** All pages from the first one on, unless they are too many: a list may name a next page for ever. */
async function readPages(first: Page): Promise<ListedWords[]> {
  const startedAt = performance.now();
  const words = first.instances.map(readWords);
  let page: Page | undefined = first;
  for (let pages = 1; (page = await page.nextPage()); pages++) {
    words.push(...page.instances.map(readWords));
    if (pages === MAX_PAGES || performance.now() - startedAt > MAX_LIST_MS)
      throw new AppError('channel.too_large', 'Twilio lists more messages than are read at once.', { retryable: true });
  }
  return words;
}

function readWords(message: MessageInstance): ListedWords {
  return {
    ...readListed(message),
    body: message.body ?? '',
    media: Number(message.numMedia) || 0,
    sentAt: (message.dateSent ?? message.dateCreated)?.getTime() ?? 0,
  };
}

function readListed(message: MessageInstance): ListedMessage {
  return {
    sid: message.sid,
    status: message.status,
    direction: message.direction,
    from: message.from ?? null,
    to: message.to ?? null,
    messagingServiceSid: message.messagingServiceSid ?? null,
    createdAt: message.dateCreated?.getTime() ?? 0,
  };
}

/** What the request resolves to, or null when Twilio does not know it (any more). */
async function orGone<T>(request: Promise<T>): Promise<T | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof TwilioRefusal && error.status === 404) return null;
    throw error;
  }
}

async function loadClient(settings: TwilioSettings, now: () => number): Promise<Twilio> {
  const [{ default: twilio }, { default: RequestClient }] = await Promise.all([
    import('twilio'),
    import('twilio/lib/base/RequestClient.js'),
  ]);

  // No request waits for a free connection: it would go out after its line was given to another.
  const httpClient = new RequestClient({ timeout: TIMEOUT_MS, autoRetry: false, maxSockets: MAX_SOCKETS, maxTotalSockets: MAX_SOCKETS });
  const request = httpClient.request.bind(httpClient);
  // The package would build an error that holds Twilio's message and drops the headers.
  httpClient.request = (async (options) => {
    const response = await request(options);
    if (response.statusCode >= 400) throw readRefusal(response, now());
    return response;
  }) as typeof httpClient.request;
  const client = twilio(settings.accountSid, settings.authToken, { httpClient, autoRetry: false });
  client.api.baseUrl = settings.apiUrl;
  return client;
}

function readRefusal(response: { statusCode: number; body: unknown }, now: number): TwilioRefusal {
  const headers = (response as { headers?: Record<string, unknown> }).headers ?? {};
  const body = typeof response.body === 'object' && response.body !== null ? response.body : {};
  const code = 'code' in body ? Number(body.code) : Number.NaN;
  return new TwilioRefusal(
    response.statusCode,
    Number.isInteger(code) && code > 0 ? code : null,
    readRetryAfter(headers['retry-after'], now),
  );
}

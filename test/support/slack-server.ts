// Slack on this machine: keeps messages and threads, signs what it sends, limits and fails when told to. Shares no code with the product.
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export const DESK = 'C0DESK';
const SECRET = 'a-secret-of-the-tests';
const BOT = 'B0BOT';

interface Block {
  type: string;
  text?: { type: string; text: string };
  fields?: { type: string; text: string }[];
  elements?: { type: string; text?: { text: string } | string; action_id?: string; value?: string; url?: string }[];
}

export interface SlackPost {
  ts: string;
  channel: string;
  thread_ts?: string;
  text: string;
  blocks: Block[];
  user?: string;
  bot_id?: string;
  metadata?: unknown;
}

/** A form or a home page. */
export interface SlackView {
  type: string;
  callback_id?: string;
  private_metadata?: string;
  blocks: Block[];
}

export type SlackTrouble =
  | { kind: 'limited'; retryAfter: number }
  | { kind: 'status'; status: number }
  | { kind: 'error'; error: string }
  | { kind: 'cut'; taken: boolean };

export interface FakeSlack {
  url: string;
  /** Settings that point the product here. */
  env: Record<string, string>;
  /** Messages of the channel, oldest first. */
  posts: SlackPost[];
  /** Messages that one user saw: who, and what. */
  whispers: { user: string; text: string; thread_ts?: string; blocks: Block[] }[];
  /** Answers to presses. */
  responses: { text?: string; replace_original?: boolean; response_type?: string }[];
  /** Forms that were opened: with which trigger, and what they show. */
  forms: { trigger: string; view: SlackView }[];
  /** The home page of each user who has one, and how often one was published. */
  homes: Map<string, SlackView>;
  published: number;
  /** What the app may do, and whether it is in the channel. */
  scopes: string;
  member: boolean;
  /** Users in the channel; null when the app may not read who is. */
  members: string[] | null;
  /** Calls by method, in order. */
  calls: string[];
  /** Troubles for the next calls that post, change or delete. */
  troubles: SlackTrouble[];
  /** A message typed by a colleague. */
  type(user: string, threadTs: string, text: string): SlackPost;
  /** Sends an event to the product; the answer's status. */
  event(baseUrl: string, event: object, options?: { id?: string; retry?: number }): Promise<Response>;
  /** Sends a press of a button. */
  press(baseUrl: string, user: string, action: { action_id: string; value: string }, threadTs: string): Promise<Response>;
  /** Sends a press of a button on the home page. */
  pressAtHome(baseUrl: string, user: string, action: { action_id: string; value: string }): Promise<Response>;
  /** What a press sends; `threadTs` null on the home page. */
  pressPayload(user: string, action: { action_id: string; value: string }, threadTs: string | null): object;
  shortcut(baseUrl: string, user: string, message: SlackPost): Promise<Response>;
  /** Sends a form back, filled in: by the block's id a chosen value, or a written one. */
  submit(
    baseUrl: string,
    user: string,
    form: SlackView,
    filled: Record<string, { chosen: string } | { written: string }>,
  ): Promise<Response>;
  /** A colleague writes a command. */
  command(baseUrl: string, user: string, text: string): Promise<Response>;
  /** Posts a body signed as Slack signs it. */
  post(baseUrl: string, body: string, contentType: string, headers?: Record<string, string>): Promise<Response>;
  /** The first socket that the product opens. */
  socket(): Promise<WebSocket>;
  /** Sends something over the newest socket; resolves when the product has acknowledged it. */
  overSocket(type: 'events_api' | 'interactive' | 'slash_commands', payload: object, retry?: number): Promise<void>;
  /** Asks the product to open another socket and closes the old one; resolves when the new one is there. */
  renewSocket(): Promise<void>;
  close(): Promise<void>;
}

/** Starts Slack on a free port. @param now the clock that its requests are signed by */
export async function startSlack(now: () => number = Date.now): Promise<FakeSlack> {
  const server = createServer((request, response) => void answer(slack, request, response));
  const sockets = new WebSocketServer({ server });
  const opened = new Promise<WebSocket>((done) => sockets.once('connection', done));
  sockets.on('connection', (socket) =>
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } })),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const postPayload = (baseUrl: string, payload: object): Promise<Response> =>
    slack.post(baseUrl, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), 'application/x-www-form-urlencoded');
  const slack: FakeSlack = {
    url,
    env: { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_SIGNING_SECRET: SECRET, SLACK_CHANNEL: DESK, SLACK_API_URL: `${url}/api` },
    posts: [],
    whispers: [],
    responses: [],
    forms: [],
    homes: new Map(),
    published: 0,
    scopes: 'chat:write,channels:history',
    member: true,
    members: Array.from({ length: 9 }, (_, index) => `U${index + 1}`),
    calls: [],
    troubles: [],
    type(user, threadTs, text) {
      const post = { ts: nextTs(), channel: DESK, thread_ts: threadTs, text, blocks: [], user };
      slack.posts.push(post);
      return post;
    },
    event(baseUrl, event, options = {}) {
      const body = {
        token: 'x',
        team_id: 'T1',
        api_app_id: 'A1',
        type: 'event_callback',
        event_id: options.id ?? `Ev${randomUUID()}`,
        event,
      };
      const retry: Record<string, string> =
        options.retry === undefined ? {} : { 'x-slack-retry-num': String(options.retry), 'x-slack-retry-reason': 'http_timeout' };
      return slack.post(baseUrl, JSON.stringify(body), 'application/json', retry);
    },
    pressPayload: (user, action, threadTs) => ({
      type: 'block_actions',
      user: { id: user },
      team: { id: 'T1' },
      ...(threadTs === null
        ? { container: { type: 'view', view_id: 'V1' } }
        : { channel: { id: DESK }, container: { type: 'message', message_ts: threadTs, thread_ts: threadTs, channel_id: DESK } }),
      trigger_id: randomUUID(),
      response_url: `${url}/respond`,
      actions: [{ type: 'button', block_id: 'b', ...action }],
    }),
    press: (baseUrl, user, action, threadTs) => postPayload(baseUrl, slack.pressPayload(user, action, threadTs)),
    pressAtHome: (baseUrl, user, action) => postPayload(baseUrl, slack.pressPayload(user, action, null)),
    shortcut(baseUrl, user, message) {
      const base = { type: 'message_action', callback_id: 'send_to_person', user: { id: user }, team: { id: 'T1' }, channel: { id: DESK } };
      const payload = { ...base, message, trigger_id: randomUUID(), response_url: `${url}/respond` };
      return postPayload(baseUrl, payload);
    },
    submit(baseUrl, user, form, filled) {
      const values = Object.fromEntries(
        Object.entries(filled).map(([id, given]) => [
          id,
          {
            [id]:
              'chosen' in given
                ? { type: 'static_select', selected_option: { value: given.chosen } }
                : { type: 'plain_text_input', value: given.written },
          },
        ]),
      );
      const payload = {
        type: 'view_submission',
        user: { id: user },
        team: { id: 'T1' },
        trigger_id: randomUUID(),
        view: { id: `V${randomUUID()}`, hash: '1', ...form, state: { values } },
      };
      return postPayload(baseUrl, payload);
    },
    command(baseUrl, user, text) {
      const form = {
        command: '/hotline',
        text,
        user_id: user,
        team_id: 'T1',
        channel_id: DESK,
        trigger_id: randomUUID(),
        response_url: `${url}/respond`,
      };
      return slack.post(baseUrl, new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded');
    },
    post: (baseUrl, body, contentType, headers = {}) =>
      fetch(`${baseUrl}/slack/events`, {
        method: 'POST',
        body,
        headers: { 'content-type': contentType, ...signSlack(body, Math.floor(now() / 1000)), ...headers },
      }),
    socket: () => opened,
    async overSocket(type, payload, retry) {
      await opened;
      const socket = [...sockets.clients].at(-1) as WebSocket;
      const envelope_id = randomUUID();
      const acknowledged = new Promise<void>((done) => {
        socket.on('message', function hear(data: Buffer) {
          if ((JSON.parse(data.toString()) as { envelope_id?: string }).envelope_id !== envelope_id) return;
          socket.off('message', hear);
          done();
        });
      });
      const again = retry === undefined ? {} : { retry_attempt: retry, retry_reason: 'timeout' };
      socket.send(JSON.stringify({ envelope_id, type, accepts_response_payload: type !== 'events_api', payload, ...again }));
      await acknowledged;
    },
    async renewSocket() {
      await opened;
      const next = new Promise<void>((done) => sockets.once('connection', () => setImmediate(done)));
      for (const socket of sockets.clients) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
      await next;
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return slack;
}

/** Headers of a signed request. @see https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signSlack(
  body: string,
  atSeconds: number = Math.floor(Date.now() / 1000),
  secret: string = SECRET,
): Record<string, string> {
  const hash = createHmac('sha256', secret).update(`v0:${atSeconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(atSeconds), 'x-slack-signature': `v0=${hash}` };
}

let count = 0;
function nextTs(): string {
  count += 1;
  return `1700000000.${String(count).padStart(6, '0')}`;
}

async function answer(slack: FakeSlack, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  if (request.url === '/respond') {
    slack.responses.push(JSON.parse(body) as FakeSlack['responses'][number]);
    return json(response, { ok: true });
  }
  const method = request.url?.replace('/api/', '') ?? '';
  const form = Object.fromEntries(new URLSearchParams(body));
  if (method === 'apps.connections.open') return json(response, { ok: true, url: slack.url.replace('http', 'ws') });
  if (request.headers.authorization !== 'Bearer xoxb-test') return json(response, { ok: false, error: 'invalid_auth' });
  slack.calls.push(method);
  if (method === 'auth.test') return json(response, { ok: true, bot_id: BOT }, 200, { 'x-oauth-scopes': slack.scopes });
  if (method === 'conversations.info')
    return json(
      response,
      form['channel'] === DESK ? { ok: true, channel: { id: DESK, is_member: slack.member } } : { ok: false, error: 'channel_not_found' },
    );
  const trouble = method.startsWith('chat.') ? slack.troubles.shift() : undefined;
  if (trouble?.kind === 'limited')
    return json(response, { ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(trouble.retryAfter) });
  if (trouble?.kind === 'status') return json(response, {}, trouble.status);
  if (trouble?.kind === 'error') return json(response, { ok: false, error: trouble.error });
  const result = trouble?.kind === 'cut' && !trouble.taken ? {} : carryOut(slack, method, form);
  if (trouble?.kind === 'cut') request.socket.destroy();
  else json(response, result);
}

function carryOut(slack: FakeSlack, method: string, form: Record<string, string>): object {
  const blocks = JSON.parse(form['blocks'] ?? '[]') as Block[];
  const { channel = '', text = '', ts = '', thread_ts, user = '' } = form;
  const thread = thread_ts === undefined ? {} : { thread_ts };
  if (method === 'views.open' || method === 'views.publish') return showView(slack, method, form);
  const found = slack.posts.find((post) => post.ts === ts);
  if (channel !== DESK) return { ok: false, error: 'channel_not_found' };
  switch (method) {
    case 'chat.postMessage': {
      const post: SlackPost = {
        ts: nextTs(),
        channel,
        text,
        blocks,
        bot_id: BOT,
        user: 'UBOT',
        ...thread,
        metadata: JSON.parse(form['metadata'] ?? 'null') as unknown,
      };
      slack.posts.push(post);
      return { ok: true, ts: post.ts, channel };
    }
    case 'chat.postEphemeral':
      slack.whispers.push({ user, text, blocks, ...thread });
      return { ok: true, message_ts: nextTs() };
    case 'chat.update':
      if (found === undefined) return { ok: false, error: 'message_not_found' };
      Object.assign(found, { text, blocks });
      return { ok: true, ts, channel };
    case 'chat.delete':
      if (found === undefined) return { ok: false, error: 'message_not_found' };
      if (found.bot_id !== BOT) return { ok: false, error: 'cant_delete_message' };
      slack.posts.splice(slack.posts.indexOf(found), 1);
      return { ok: true };
    case 'conversations.members':
      return readMembers(slack, form['cursor']);
    case 'conversations.history':
      return { ok: true, messages: slack.posts.filter((post) => post.thread_ts === undefined).toReversed() };
    case 'conversations.replies':
      return readThread(slack, ts, form['cursor']);
    default:
      return { ok: false, error: 'unknown_method' };
  }
}

/** @see https://docs.slack.dev/reference/methods/views.open */
function showView(slack: FakeSlack, method: string, form: Record<string, string>): object {
  const view = JSON.parse(form['view'] ?? 'null') as SlackView | null;
  if (view === null || view.blocks.length > 100 || view.blocks.length === 0) return { ok: false, error: 'invalid_arguments' };
  if (method === 'views.publish') {
    slack.homes.set(form['user_id'] ?? '', view);
    slack.published += 1;
    return { ok: true };
  }
  const trigger = form['trigger_id'] ?? '';
  if (trigger === '' || slack.forms.some((one) => one.trigger === trigger)) return { ok: false, error: 'expired_trigger_id' };
  slack.forms.push({ trigger, view });
  return { ok: true, view: { id: `V${slack.forms.length}` } };
}

/** @see https://docs.slack.dev/reference/methods/conversations.members */
function readMembers({ members }: FakeSlack, cursor: string | undefined): object {
  if (members === null) return { ok: false, error: 'missing_scope', needed: 'channels:read' };
  const from = Number(cursor ?? 0);
  const next = from + 3 < members.length ? String(from + 3) : '';
  return { ok: true, members: members.slice(from, from + 3), response_metadata: { next_cursor: next } };
}

/** Threads come in pages of three, so that reading on is tried. */
function readThread(slack: FakeSlack, ts: string, cursor: string | undefined): object {
  const messages = slack.posts.filter((post) => post.ts === ts || post.thread_ts === ts);
  if (messages.length === 0) return { ok: false, error: 'thread_not_found' };
  const from = Number(cursor ?? 0);
  const next = from + 3 < messages.length ? String(from + 3) : '';
  return { ok: true, messages: messages.slice(from, from + 3), has_more: next !== '', response_metadata: { next_cursor: next } };
}

function json(response: ServerResponse, body: object, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

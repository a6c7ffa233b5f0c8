// A web chat to test against: the real Direct Line channel and pages on a real HTTP server, with a small conversation partner
// behind them instead of the runtime. What lies outside the channel's room is played here, nothing inside it.
import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { ChannelContext, ConversationState, HistoryLine, OpenChannel } from '../../src/channels/channel.ts';
import type { Limits } from '../../src/channels/direct-line/access.ts';
import { createDirectLine } from '../../src/channels/direct-line/direct-line.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { InboundMessage } from '../../src/domain/message.ts';

/** What a partner says; missing parts are those of a plain line in Spanish. */
export type Said = Partial<Pick<HistoryLine, 'from' | 'choices' | 'language' | 'direction'>> & { text: string };

export interface WebChat {
  url: string;
  channel: OpenChannel;
  /** Everything that was received, in order, without duplicates. */
  received: InboundMessage[];
  /** How many duplicates were turned away. */
  duplicates(): number;
  counted: string[];
  /** Everything that was logged, as one text. */
  logged(): string;
  say(conversationId: string, line: Said): void;
  setState(conversationId: string, state: ConversationState): void;
  erase(conversationId: string): void;
  /** While true, nothing can be stored. */
  setFull(full: boolean): void;
  advance(ms: number): void;
  /** Requests that are answered with 503 before they reach the chat; null for none. */
  setDown(down: boolean): void;
  /** Cuts every open connection, as a dead network does. */
  cut(): void;
  close(): Promise<void>;
}

export interface WebChatOptions {
  env?: Record<string, string>;
  limits?: Limits;
  /** Further pages of the same server. */
  pages?: Hono;
  /** What is answered to a message; an echo by default. */
  answer?: (message: InboundMessage) => Said[];
}

interface Conversation {
  /** Number of the newest line; goes on after an erasure. */
  last: number;
  lines: HistoryLine[];
  listeners: Set<() => void>;
  state: ConversationState;
}

const FREE: Limits = { tokens: { points: 10_000, seconds: 60 }, messages: { points: 10_000, seconds: 60 } };

/** Starts a web chat on a free port of this machine. */
export async function startWebChat(options: WebChatOptions = {}): Promise<WebChat> {
  const conversations = new Map<string, Conversation>();
  const known = new Set<string>();
  const received: InboundMessage[] = [];
  const counted: string[] = [];
  const logs: string[] = [];
  let duplicates = 0;
  let full = false;
  let down = false;
  let skewMs = 0;
  const answer = options.answer ?? ((message) => (message.opened ? [] : [{ text: `eco: ${message.text}` }]));
  const now = (): number => Date.now() + skewMs;

  const find = (id: string): Conversation => {
    const conversation = conversations.get(id) ?? { last: 0, lines: [], listeners: new Set(), state: { owner: 'flow', placeInLine: null } };
    conversations.set(id, conversation);
    return conversation;
  };
  const changed = (conversation: Conversation): void => {
    for (const listener of conversation.listeners) listener();
  };
  const add = (id: string, line: Said & { clientId?: string }): void => {
    const conversation = find(id);
    const sequence = (conversation.last += 1);
    const { text, from = 'service', choices = [], language = 'es', direction = 'ltr', clientId = null } = line;
    conversation.lines.push({ sequence, lineId: `${id}-${sequence}`, from, text, choices, language, direction, clientId, atMs: now() });
    changed(conversation);
  };
  const record = (fields: Record<string, unknown>, message: string): void => void logs.push(`${JSON.stringify(fields)} ${message}`);

  const context: ChannelContext = {
    receive(message) {
      if (full) return Promise.reject(new AppError('store.full', 'The disk is full.', { retryable: true }));
      if (known.has(message.externalId)) {
        duplicates += 1;
        return Promise.resolve('duplicate');
      }
      known.add(message.externalId);
      received.push(message);
      const id = message.from[0]?.value ?? '';
      const clientId = message.externalId.slice(id.length + 1);
      if (!message.opened) add(id, { from: 'person', text: message.text, language: '', clientId });
      setTimeout(() => answer(message).forEach((line) => add(id, line)), 5);
      return Promise.resolve('new');
    },
    receiveStatus: () => Promise.resolve(),
    history: (_channel, address, after) =>
      Promise.resolve(
        find(address.value)
          .lines.filter((line) => line.sequence > after)
          .slice(0, 1000),
      ),
    subscribe(_channel, address, onChange) {
      const { listeners } = find(address.value);
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
    state: (_channel, address) => Promise.resolve(find(address.value).state),
    publicUrl: 'http://127.0.0.1',
    now,
    log: { info: record, warn: record, error: record },
    count: (metric, channel) => void counted.push(`${channel} ${metric}`),
    deriveKey: (purpose) => createHmac('sha256', 'a secret key of the tests').update(purpose).digest(),
    deriveKeys: (purpose) => [createHmac('sha256', 'a secret key of the tests').update(purpose).digest()],
  };

  const channel = await createDirectLine(options.limits ?? FREE).open(options.env ?? {}, context);
  const app = new Hono();
  app.use('/v3/*', async (c, next) => {
    if (down) c.res = new Response('down', { status: 503, headers: { 'access-control-allow-origin': '*' } });
    else await next();
  });
  if (channel.routes !== null) app.route('/', channel.routes);
  if (options.pages !== undefined) app.route('/', options.pages);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.on('upgrade', (request, socket, head) => {
    if (down || channel.upgrade?.(request, socket, head) !== true) socket.destroy();
  });
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    channel,
    received,
    duplicates: () => duplicates,
    counted,
    logged: () => logs.join('\n'),
    say: add,
    setState(id, state) {
      find(id).state = state;
      changed(find(id));
    },
    erase(id) {
      find(id).lines = [];
      find(id).state = { owner: 'flow', placeInLine: null };
      changed(find(id));
    },
    setFull: (value) => void (full = value),
    advance: (ms) => void (skewMs += ms),
    setDown: (value) => void (down = value),
    cut: () => sockets.forEach((socket) => socket.destroy()),
    async close() {
      await channel.close?.();
      sockets.forEach((socket) => socket.destroy());
      await new Promise((done) => server.close(done));
    },
  };
}

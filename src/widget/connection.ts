// Keeps the line to the service: token, conversation, stream, polling where streams do not pass, and coming back after a drop.
// Used by chat.ts. Knows nothing of the page; what it received it hands on and forgets, but for the watermark.
import type { ActivitySet } from '../api/direct-line.ts';
import type { DirectLineClient, Reply } from './direct-line-client.ts';
import type { Memory, Outgoing } from './memory.ts';
import { openSocket, REPLACED, type Socket } from './socket.ts';
import { createTokenKeeper } from './token-keeper.ts';

/** How the line stands. `ended`: too long away, a new conversation is needed. `blocked`: this page may not connect. */
export type Link = 'idle' | 'connecting' | 'online' | 'offline' | 'busy' | 'blocked' | 'replaced' | 'ended';

/** What became of a message: taken; not on its way, for want of a line; turned away for now; or refused for good. */
export type SendOutcome = { kind: 'sent' } | { kind: 'offline' } | { kind: 'busy'; afterMs: number } | { kind: 'refused' };

export interface Connection {
  /** Connects, and stays connected. */
  start(): void;
  send(outgoing: Outgoing): Promise<SendOutcome>;
  sendFile(clientId: string, file: Blob): Promise<SendOutcome>;
  /** Tries at once what would be tried later. */
  wake(): void;
  stop(): void;
}

export interface ConnectionOptions {
  client: DirectLineClient;
  memory: Memory;
  locale: () => string;
  onLink: (link: Link) => void;
  onSet: (set: ActivitySet) => void;
}

const POLL_MS = 3000;
const POLLS_BEFORE_STREAM = 20;
const MAX_WAIT_MS = 15_000;
/** A stream that lived this long was a good one. */
const STEADY_MS = 5000;

/** Opens the line; nothing is sent before `start`. */
export function createConnection({ client, memory, locale, onLink, onSet }: ConnectionOptions): Connection {
  const tokens = createTokenKeeper(client, memory);
  let link: Link = 'idle';
  let socket: Socket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let streamFailures = 0;
  let busy = false;
  /** Somebody wanted to connect while that was under way. */
  let again = false;
  let stopped = false;
  /** Everything up to here is on the page. A reload begins at the beginning. */
  let watermark = '';

  const setLink = (next: Link): void => {
    if (next === link || stopped) return;
    link = next;
    onLink(next);
  };
  const later = (ms: number, work: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  const backOff = (): number => {
    attempts += 1;
    return Math.min(MAX_WAIT_MS, 200 * 2 ** attempts) * (0.75 + Math.random() / 2);
  };
  const isOver = (): boolean => link === 'idle' || link === 'replaced' || link === 'ended';

  async function connect(): Promise<void> {
    again = busy;
    if (busy || stopped) return;
    busy = true;
    clearTimeout(timer);
    if (link === 'idle' || link === 'replaced') setLink('connecting');
    await openConversation();
    busy = false;
    if (again && socket === null) later(0, () => void connect());
  }

  async function openConversation(): Promise<void> {
    const held = await tokens.ensure();
    if (stopped) return;
    if ('problem' in held) {
      await fail(held.problem);
      return;
    }
    const { conversationId = '', started } = memory.read();
    const reply = started
      ? await client.reconnect(held.token, conversationId, watermark)
      : await client.startConversation(held.token, locale());
    if (stopped) return;
    if (!reply.ok) {
      await fail(reply);
      return;
    }
    tokens.keep(reply.body);
    memory.write({ started: true });
    if (streamFailures >= 2) await poll(POLLS_BEFORE_STREAM);
    else openStream(reply.body.streamUrl ?? '');
  }

  function openStream(url: string): void {
    let openedAt = Number.POSITIVE_INFINITY;
    socket = openSocket(client.streamUrl(url), {
      onOpen() {
        openedAt = Date.now();
        streamFailures = 0;
        setLink('online');
      },
      onSet: take,
      onClose(code, opened) {
        socket = null;
        if (stopped) return;
        if (code === REPLACED) {
          setLink('replaced');
          return;
        }
        if (!opened) streamFailures += 1;
        if (!navigator.onLine) setLink('offline');
        if (Date.now() - openedAt > STEADY_MS) attempts = 0;
        later(backOff(), () => void connect());
      },
    });
  }

  /** Where streams do not pass: asks every few seconds, and tries a stream again after a while. */
  async function poll(left: number): Promise<void> {
    const held = await tokens.ensure();
    if (stopped) return;
    const reply = 'problem' in held ? held.problem : await client.readActivities(held.token, memory.read().conversationId ?? '', watermark);
    if (stopped) return;
    if (!reply.ok) {
      await fail(reply);
      return;
    }
    attempts = 0;
    setLink('online');
    take(reply.body as ActivitySet);
    if (left === 0) streamFailures = 1;
    later(POLL_MS, left === 0 ? () => void connect() : () => void poll(left - 1));
  }

  function take(set: ActivitySet): void {
    watermark = set.watermark;
    onSet(set);
  }

  /** Decides what a failed call means, and when to try again. */
  async function fail(reply: Reply<unknown> & { ok: false }): Promise<void> {
    if (reply.code === 'BadOrigin') setLink('blocked');
    else if (reply.status === 403 || reply.status === 401 || reply.status === 404) {
      watermark = '';
      setLink('ended');
    } else if (reply.status === 0) {
      // Twice in a row, while the service itself answers: something forbids this page to connect.
      const blocked = attempts > 0 && link !== 'online' && navigator.onLine && (await client.isReachable());
      setLink(blocked ? 'blocked' : 'offline');
    } else setLink('busy');
    if (!isOver() && reply.code !== 'BadOrigin') later(Math.max(backOff(), reply.retryAfterMs), () => void connect());
  }

  /** One try to hand something over, and what its answer means. */
  async function deliver(post: (token: string, conversationId: string) => Promise<Reply<unknown>>): Promise<SendOutcome> {
    if (link !== 'online') return { kind: 'offline' };
    const held = await tokens.ensure();
    const reply = 'problem' in held ? held.problem : await post(held.token, memory.read().conversationId ?? '');
    if (reply.ok) return { kind: 'sent' };
    if (reply.status === 400 || reply.status === 413) return { kind: 'refused' };
    if (reply.status >= 429) return { kind: 'busy', afterMs: reply.retryAfterMs };
    if (reply.status === 0) socket?.check();
    else await fail(reply);
    return { kind: 'offline' };
  }

  function wake(): void {
    if (stopped || isOver()) return;
    attempts = 0;
    if (socket === null) void connect();
    else socket.check();
  }

  const unwatch = watchNetwork(wake, () => {
    if (!isOver()) setLink('offline');
    socket?.drop();
  });

  return {
    start() {
      if (!isOver()) return;
      attempts = 0;
      setLink('connecting');
      void connect();
    },
    send: (outgoing) => deliver((token, id) => client.post(token, id, outgoing, locale())),
    sendFile: (clientId, file) => deliver((token, id) => client.upload(token, id, clientId, file)),
    wake,
    stop() {
      stopped = true;
      clearTimeout(timer);
      unwatch();
      socket?.drop();
    },
  };
}

/** Calls `onBack` when the network or the person returns, `onGone` when the network goes; returns the way to end it. */
function watchNetwork(onBack: () => void, onGone: () => void): () => void {
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') onBack();
  };
  addEventListener('online', onBack);
  addEventListener('offline', onGone);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    removeEventListener('online', onBack);
    removeEventListener('offline', onGone);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

// Keeps the line to the service: token, conversation, stream, polling where streams do not pass, and coming back after a drop.
// Used by chat.ts. Knows nothing of the page; what it received it hands on and forgets, but for the watermark.
import type { ActivitySet, ConversationGrant } from '../api/direct-line.ts';
import type { DirectLineClient, Reply } from './direct-line-client.ts';
import type { Memory, Outgoing } from './memory.ts';
import { openSocket, REPLACED, type Socket } from './socket.ts';

/** How the line stands. `ended`: too long away, a new conversation is needed. `blocked`: this page may not connect. */
export type Link = 'idle' | 'connecting' | 'online' | 'offline' | 'busy' | 'blocked' | 'replaced' | 'ended';

/** What became of a message: taken; not on its way, for want of a line; turned away for now; or refused for good. */
export type SendOutcome = { kind: 'sent' } | { kind: 'offline' } | { kind: 'busy'; afterMs: number } | { kind: 'refused' };

export interface Connection {
  /** Connects, and stays connected. */
  start(): void;
  send(outgoing: Outgoing): Promise<SendOutcome>;
  /** Tries at once what would be tried later. */
  wake(): void;
  stop(): void;
}

export interface ConnectionOptions {
  client: DirectLineClient;
  memory: Memory;
  locale(): string;
  onLink(link: Link): void;
  onSet(set: ActivitySet): void;
}

const REFRESH_BEFORE_MS = 15 * 60_000;
const POLL_MS = 3000;
const POLLS_BEFORE_STREAM = 20;
const MAX_WAIT_MS = 15_000;
/** A stream that lived this long was a good one. */
const STEADY_MS = 5000;

/** Opens the line; nothing is sent before `start`. */
export function createConnection({ client, memory, locale, onLink, onSet }: ConnectionOptions): Connection {
  let link: Link = 'idle';
  let socket: Socket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let streamFailures = 0;
  let busy = false;
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
  const backOff = (): number => Math.min(MAX_WAIT_MS, 400 * 2 ** attempts++) * (0.75 + Math.random() / 2);
  const keep = (grant: ConversationGrant): void => {
    const { conversationId, token, resumeToken, expires_in: seconds } = grant;
    memory.write({ conversationId, token, expiresAt: Date.now() + seconds * 1000, ...(resumeToken === undefined ? {} : { resumeToken }) });
  };

  /** A token that is good for now; null when there is none, and then the link says why. */
  async function ensureToken(): Promise<string | null> {
    const { token, expiresAt = 0, resumeToken } = memory.read();
    const left = expiresAt - Date.now();
    if (token !== undefined && left > REFRESH_BEFORE_MS) return token;
    const old = left > 0 ? token : resumeToken;
    const reply = old === undefined ? await client.generateToken() : await client.refreshToken(old);
    if (reply.ok) {
      keep(reply.body);
      return reply.body.token;
    }
    if (token !== undefined && left > 0 && reply.status !== 403) return token;
    await fail(reply);
    return null;
  }

  async function connect(): Promise<void> {
    if (busy || stopped) return;
    busy = true;
    clearTimeout(timer);
    if (link === 'idle' || link === 'replaced') setLink('connecting');
    try {
      const token = await ensureToken();
      const { conversationId = '', started } = memory.read();
      if (token === null || stopped) return;
      const reply = started ? await client.reconnect(token, conversationId, watermark) : await client.startConversation(token, locale());
      if (stopped) return;
      if (!reply.ok) return void (await fail(reply));
      keep(reply.body);
      memory.write({ started: true });
      openStream(reply.body.streamUrl ?? '');
    } finally {
      busy = false;
    }
  }

  function openStream(url: string): void {
    if (streamFailures >= 2) return void poll(POLLS_BEFORE_STREAM);
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
        if (code === REPLACED) return setLink('replaced');
        if (!opened) streamFailures += 1;
        if (!navigator.onLine) setLink('offline');
        if (Date.now() - openedAt > STEADY_MS) attempts = 0;
        later(backOff(), () => void connect());
      },
    });
  }

  /** Where streams do not pass: asks every few seconds, and tries a stream again after a while. */
  async function poll(left: number): Promise<void> {
    const token = await ensureToken();
    if (token === null || stopped) return;
    const reply = await client.readActivities(token, memory.read().conversationId ?? '', watermark);
    if (stopped) return;
    if (!reply.ok) return fail(reply);
    attempts = 0;
    setLink('online');
    take(reply.body);
    if (left === 0) streamFailures = 1;
    later(POLL_MS, left === 0 ? () => void connect() : () => void poll(left - 1));
  }

  function take(set: ActivitySet): void {
    watermark = set.watermark;
    onSet(set);
  }

  /** Decides what a failed call means, and when to try again. */
  async function fail(reply: Reply<unknown> & { ok: false }): Promise<void> {
    if (reply.code === 'BadOrigin') return setLink('blocked');
    if (reply.status === 403 || reply.status === 401 || reply.status === 404) {
      watermark = '';
      return setLink('ended');
    }
    if (reply.status === 0) {
      // Twice in a row, while the service itself answers: something forbids this page to connect.
      const blocked = attempts > 0 && link !== 'online' && navigator.onLine && (await client.isReachable());
      setLink(blocked ? 'blocked' : 'offline');
    } else setLink('busy');
    later(Math.max(backOff(), reply.retryAfterMs), () => void connect());
  }

  function wake(): void {
    if (stopped || link === 'idle' || link === 'replaced' || link === 'ended') return;
    attempts = 0;
    if (socket === null) void connect();
    else socket.check();
  }
  const onOffline = (): void => {
    if (link !== 'idle' && link !== 'ended' && link !== 'replaced') setLink('offline');
    socket?.drop();
  };
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') wake();
  };
  addEventListener('online', wake);
  addEventListener('offline', onOffline);
  document.addEventListener('visibilitychange', onVisible);

  return {
    start() {
      if (link === 'ended') attempts = 0;
      if (link === 'idle' || link === 'ended' || link === 'replaced') {
        setLink('connecting');
        void connect();
      }
    },
    async send(outgoing) {
      if (link !== 'online') return { kind: 'offline' };
      const token = await ensureToken();
      if (token === null) return { kind: 'offline' };
      const reply = await client.post(token, memory.read().conversationId ?? '', outgoing, locale());
      if (reply.ok) return { kind: 'sent' };
      if (reply.status === 400 || reply.status === 413) return { kind: 'refused' };
      if (reply.status >= 429) return { kind: 'busy', afterMs: reply.retryAfterMs };
      if (reply.status === 0) socket?.check();
      else await fail(reply);
      return { kind: 'offline' };
    },
    wake,
    stop() {
      stopped = true;
      clearTimeout(timer);
      removeEventListener('online', wake);
      removeEventListener('offline', onOffline);
      document.removeEventListener('visibilitychange', onVisible);
      socket?.drop();
    },
  };
}

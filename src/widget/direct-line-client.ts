// The HTTP calls of Direct Line 3.0 that the widget makes. Used by connection.ts. Keeps nothing and tries nothing twice.
import type { ActivitySet, ConversationGrant, DirectLineError } from '../api/direct-line.ts';
import type { Outgoing } from './memory.ts';

const TIMEOUT_MS = 15_000;
/** A picture on a slow line. */
const UPLOAD_TIMEOUT_MS = 180_000;
const MAX_RETRY_AFTER_SECONDS = 120;
/** Id of an activity that has a place in the conversation. */
const NUMBERED = /\|\d{7,15}$/;

/** `status` 0: the service was not reached. */
export type Reply<T> = { ok: true; body: T } | { ok: false; status: number; code: string; retryAfterMs: number };

export interface DirectLineClient {
  generateToken(): Promise<Reply<ConversationGrant>>;
  refreshToken(token: string): Promise<Reply<ConversationGrant>>;
  startConversation(token: string, locale: string): Promise<Reply<ConversationGrant>>;
  /** A stream that goes on after a watermark. */
  reconnect(token: string, conversationId: string, watermark: string): Promise<Reply<ConversationGrant>>;
  readActivities(token: string, conversationId: string, watermark: string): Promise<Reply<ActivitySet>>;
  post(token: string, conversationId: string, outgoing: Outgoing, locale: string): Promise<Reply<{ id: string }>>;
  /** Sends a file, without its name. A file that the service took in and did not keep is refused with 400. */
  upload(token: string, conversationId: string, clientId: string, file: Blob): Promise<Reply<{ id: string }>>;
  /** The stream's address as this page can reach it: the service may not know under which name it was called. */
  streamUrl(url: string): string;
  /** Whether the service answers at all, to tell a dead network from a page that may not use the chat. */
  isReachable(): Promise<boolean>;
}

/** @param base address of the service with a trailing slash */
export function createDirectLineClient(base: string): DirectLineClient {
  const call = <T>(method: string, path: string, token: string | null, body?: unknown): Promise<Reply<T>> =>
    request<T>(`${base}v3/directline/${path}`, method, token, body);
  return {
    generateToken: () => call('POST', 'tokens/generate', null),
    refreshToken: (token) => call('POST', 'tokens/refresh', token),
    startConversation: (token, locale) => call('POST', 'conversations', token, { locale }),
    reconnect: (token, id, watermark) => call('GET', `conversations/${id}?watermark=${watermark}`, token),
    readActivities: (token, id, watermark) => call('GET', `conversations/${id}/activities?watermark=${watermark}`, token),
    post: (token, id, { clientId, text, payload }, locale) =>
      call('POST', `conversations/${id}/activities`, token, {
        type: 'message',
        text,
        locale,
        ...(payload === undefined ? {} : { value: payload }),
        channelData: { clientActivityID: clientId },
      }),
    async upload(token, id, clientId, file) {
      const activity = JSON.stringify({ type: 'message', channelData: { clientActivityID: clientId } });
      const form = new FormData();
      form.append('activity', new Blob([activity], { type: 'application/vnd.microsoft.activity' }), 'activity');
      form.append('file', file, 'file');
      const reply = await call<{ id: string }>('POST', `conversations/${id}/upload`, token, form);
      // Only what is in the conversation has a number there.
      return reply.ok && !NUMBERED.test(reply.body.id) ? { ok: false, status: 400, code: '', retryAfterMs: 0 } : reply;
    },
    streamUrl(url) {
      const { search } = new URL(url, base);
      const id = /conversations\/([^/]+)\/stream/.exec(url)?.[1] ?? '';
      return `${base.replace(/^http/, 'ws')}v3/directline/conversations/${id}/stream${search}`;
    },
    async isReachable() {
      try {
        return (await fetch(`${base}widget/texts/und.json`, { cache: 'no-store', credentials: 'omit' })).ok;
      } catch {
        return false;
      }
    },
  };
}

async function request<T>(url: string, method: string, token: string | null, body: unknown): Promise<Reply<T>> {
  const abort = new AbortController();
  const isForm = body instanceof FormData;
  const timer = setTimeout(() => abort.abort(), isForm ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method,
      credentials: 'omit',
      signal: abort.signal,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok && answer !== null) return { ok: true, body: answer as T };
    const code = (answer as DirectLineError | null)?.error?.code ?? '';
    // A proxy on the way may write a date instead of seconds.
    const seconds = Math.min(Number(response.headers.get('retry-after')) || 0, MAX_RETRY_AFTER_SECONDS);
    return { ok: false, status: response.status, code, retryAfterMs: seconds * 1000 };
  } catch {
    return { ok: false, status: 0, code: '', retryAfterMs: 0 };
  } finally {
    clearTimeout(timer);
  }
}

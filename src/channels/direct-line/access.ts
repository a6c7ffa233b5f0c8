// Who may do what: tokens, the secret, allowed origins, rate limits. Used by routes.ts and stream.ts.
// Counts in memory only; a client's address is hashed before it is counted and forgotten with the window.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { ChannelContext } from '../channel.ts';
import { hashClientAddress } from './client-address.ts';
import { Refusal } from './refuse.ts';
import type { DirectLineSettings } from './settings.ts';
import { createTokens, LIFETIME_SECONDS, type Grant, type TokenUse } from './tokens.ts';

/** Most requests in a window. A shelter behind one address needs room; a flood does not fit. */
export interface Limits {
  tokens: { points: number; seconds: number };
  messages: { points: number; seconds: number };
  /** Streams that are open at the same time in this process; further clients poll. 5,000 unless told otherwise. */
  streams?: number;
}
export const DEFAULT_LIMITS: Limits = { tokens: { points: 120, seconds: 600 }, messages: { points: 60, seconds: 60 } };

/** After a rotation of the secret key the tokens of the old one stay good until they expire. */
const LONGEST_TOKEN_MS = LIFETIME_SECONDS.resume * 1000;

/** `secret`: the holder of DIRECT_LINE_SECRET, who may open any conversation. */
export type Caller = { kind: 'secret' } | { kind: 'token'; grant: Grant; use: TokenUse };

export type Access = ReturnType<typeof createAccess>;

/** Opens the door. */
export function createAccess(settings: DirectLineSettings, context: ChannelContext, limits: Limits) {
  const key = context.deriveKey('direct-line');
  const addressKey = createHmac('sha256', key).update('client address').digest();
  const userKey = createHmac('sha256', key).update('user id').digest();
  const tokens = createTokens(
    () => context.deriveKeys('direct-line', context.now() - LONGEST_TOKEN_MS),
    () => context.now(),
  );
  const tokenLimit = new RateLimiterMemory({ points: limits.tokens.points, duration: limits.tokens.seconds });
  const messageLimit = new RateLimiterMemory({ points: limits.messages.points, duration: limits.messages.seconds });
  const ownOrigin = URL.canParse(context.publicUrl) ? new URL(context.publicUrl).origin : null;

  /** The user id of a conversation where nobody chose one: unguessable, and the same whoever asks. */
  function userOf(conversationId: string): string {
    return `dl_${createHmac('sha256', userKey).update(conversationId).digest('base64url').slice(0, 22)}`;
  }

  function readToken(token: string): Caller {
    const read = tokens.read(token);
    if ('grant' in read) return { kind: 'token', grant: read.grant, use: read.use };
    if (read.problem === 'expired') {
      throw new Refusal(
        403,
        'TokenExpired',
        'The token has expired. Refresh tokens before 30 minutes are over, or start a new conversation.',
      );
    }
    context.count('bad_signature', 'web');
    throw new Refusal(403, 'BadArgument', 'The token is not valid. Get one from tokens/generate.');
  }

  return {
    tokens,

    /** A grant for a new conversation: random ids, unless the holder of the secret names the user. */
    newGrant(userId?: string): Grant {
      const conversationId = randomBytes(16).toString('base64url');
      return { conversationId, userId: userId ?? userOf(conversationId) };
    },

    /** Who calls, from the Authorization header; null without one. @throws Refusal on a header that is wrong. */
    caller(authorization: string | undefined): Caller | null {
      if (authorization === undefined) return null;
      const bearer = /^bearer\s+(\S+)$/i.exec(authorization)?.[1];
      if (bearer === undefined) throw new Refusal(401, 'Unauthorized', 'Send the header "Authorization: Bearer <token>".');
      if (settings.secret !== null && sameText(bearer, settings.secret)) return { kind: 'secret' };
      return readToken(bearer);
    },

    /** The grant that opens this conversation. @throws Refusal when the caller has none. */
    enter(caller: Caller | null, conversationId: string): Grant {
      if (caller === null) throw new Refusal(401, 'Unauthorized', 'Send the header "Authorization: Bearer <token>".');
      if (caller.kind === 'secret') return { conversationId, userId: userOf(conversationId) };
      if (caller.use !== 'access' || caller.grant.conversationId !== conversationId) {
        throw new Refusal(403, 'BadArgument', 'The token belongs to another conversation.');
      }
      return caller.grant;
    },

    readToken,

    /** The value for Access-Control-Allow-Origin; null where pages of this origin may not use the chat. */
    allowedOrigin(origin: string | undefined, host: string | undefined): string | null {
      if (settings.origins === null || origin === undefined) return '*';
      const own = origin === ownOrigin || (host !== undefined && origin.replace(/^https?:\/\//, '') === host);
      return own || settings.origins.includes(origin) ? origin : null;
    },

    /** Counts a request for a token. @throws Refusal when the address had its share. */
    async countToken(peer: string | undefined, forwardedFor: string | undefined): Promise<void> {
      await consume(tokenLimit, hashClientAddress(addressKey, peer, forwardedFor));
    },

    /** Counts a message. @throws Refusal when the conversation had its share. */
    async countMessage(conversationId: string): Promise<void> {
      await consume(messageLimit, conversationId);
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (full) {
    const wait = typeof full === 'object' && full !== null && 'msBeforeNext' in full ? Number(full.msBeforeNext) : 1000;
    const seconds = Math.max(1, Math.ceil(wait / 1000));
    throw new Refusal(429, 'RateLimited', `Too many requests. Try again in ${seconds} seconds.`, seconds);
  }
}

/** Equal texts, compared in constant time. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

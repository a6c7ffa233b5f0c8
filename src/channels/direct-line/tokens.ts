// Signed tokens of the web chat: compact JWS (HS256) with a fixed header, bound to one conversation and one user.
// Used by access.ts. Keeps no state: what a token grants is what it says. The header of a token is never trusted, only compared.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a token opens. */
export interface Grant {
  conversationId: string;
  userId: string;
}

/** `access` opens the conversation for 30 minutes; `resume` only buys a new access token, for 24 hours. */
export type TokenUse = 'access' | 'resume';

export const LIFETIME_SECONDS: Record<TokenUse, number> = { access: 30 * 60, resume: 24 * 60 * 60 };

const HEADER = encode({ alg: 'HS256', typ: 'JWT' });
const Claims = z.strictObject({
  conv: z.string().min(1),
  user: z.string().min(1),
  use: z.enum(['access', 'resume']),
  /** Seconds since the epoch, as RFC 7519 has it. */
  exp: z.int(),
});

export interface Tokens {
  issue(grant: Grant, use: TokenUse): string;
  /** What the token grants, or what is wrong with it. */
  read(token: string): { grant: Grant; use: TokenUse } | { problem: 'forged' | 'expired' };
}

/**
 * Opens the maker of tokens.
 * @param keys secret key material, used for nothing else, newest first: the first one signs, each is accepted
 * @param now milliseconds since the epoch
 * @see https://www.rfc-editor.org/rfc/rfc7515 (compact serialization)
 */
export function createTokens(keys: () => Uint8Array[], now: () => number): Tokens {
  const sign = (key: Uint8Array, body: string): Buffer => createHmac('sha256', key).update(`${HEADER}.${body}`).digest();
  // Base64url has several spellings of the same bytes; only the one that was issued counts.
  const isSigned = (key: Uint8Array, body: string, signature: string): boolean => {
    const expected = sign(key, body);
    const given = Buffer.from(signature, 'base64url');
    return given.length === expected.length && timingSafeEqual(given, expected) && signature === expected.toString('base64url');
  };
  return {
    issue(grant, use) {
      const exp = Math.floor(now() / 1000) + LIFETIME_SECONDS[use];
      const body = encode({ conv: grant.conversationId, user: grant.userId, use, exp });
      return `${HEADER}.${body}.${sign(keys()[0] ?? new Uint8Array(), body).toString('base64url')}`;
    },
    read(token) {
      const [header, body, signature, ...rest] = token.split('.');
      if (header !== HEADER || body === undefined || signature === undefined || rest.length > 0) return { problem: 'forged' };
      if (!keys().some((key) => isSigned(key, body, signature))) return { problem: 'forged' };
      const claims = Claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
      if (!claims.success) return { problem: 'forged' };
      if (claims.data.exp * 1000 <= now()) return { problem: 'expired' };
      return { grant: { conversationId: claims.data.conv, userId: claims.data.user }, use: claims.data.use };
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

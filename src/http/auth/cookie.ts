// The session cookie: its name, and the signature over what it holds, as better-auth writes and reads them.
// Lets authenticate.ts know who calls without loading better-auth. The token inside stands in the database as a hash only.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Begins the names of all cookies of accounts. */
export const COOKIE_PREFIX = 'ventanilla';

/** Name of a cookie. Over https only a secure page can set one that begins so. */
export function cookieName(name: 'session_token' | 'two_factor' | 'passkey', secure: boolean): string {
  return `${secure ? '__Secure-' : ''}${COOKIE_PREFIX}.${name}`;
}

/** Value of a cookie of a request; null where it is not there. */
export function readCookie(header: string | null, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key = '', ...rest] = part.trim().split('=');
    if (key !== name) continue;
    try {
      return decodeURIComponent(rest.join('='));
    } catch {
      return null;
    }
  }
  return null;
}

/** What a signed cookie holds, where one of the secrets has signed it; null otherwise. */
export function openCookie(value: string, secrets: readonly string[]): string | null {
  const dot = value.lastIndexOf('.');
  if (dot < 1) return null;
  const content = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  const signed = secrets.some((secret) => {
    const right = sign(content, secret);
    return given.length === right.length && timingSafeEqual(given, right);
  });
  return signed ? content : null;
}

/** A signed cookie as a request carries it. */
export function writeCookie(name: string, content: string, secret: string): string {
  return `${name}=${encodeURIComponent(`${content}.${sign(content, secret).toString('base64')}`)}`;
}

/** What stands in the database of a session's token. It has 190 random bits: nobody finds it from its hash. */
export function hashSessionToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function sign(content: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(content).digest();
}

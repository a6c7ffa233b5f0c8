// Who runs the service, as far as HTTP can tell: asked for every route whose permission is `operator`.
// 2026-11: counts name no person, but they tell a censor how many write and when. So they are open to this machine and its
// private network only while nobody else can come by the same way; a service with a public name wants METRICS_TOKEN.
import { createHash, timingSafeEqual } from 'node:crypto';
import { isNear } from '../util/address-ranges.ts';

export interface OperatorRule {
  /** METRICS_TOKEN; null where none is set. */
  token: string | null;
  /** The service has a name that others than this machine know. */
  exposed: boolean;
}

export interface OperatorCall {
  authorization: string | undefined;
  /** Address of the other end of the socket. */
  peer: string | undefined;
  /** The request came through a proxy, so the peer says nothing. */
  forwarded: boolean;
}

/** The sentence with which the caller is refused; null when the caller may go on. */
export function refuseOperator({ token, exposed }: OperatorRule, call: OperatorCall): string | null {
  if (token !== null) {
    const given = /^bearer\s+(\S+)$/i.exec(call.authorization ?? '')?.[1] ?? '';
    return sameText(given, token) ? null : 'Send the header "Authorization: Bearer <METRICS_TOKEN>".';
  }
  if (exposed) return 'Set METRICS_TOKEN to read this on a service with a public name.';
  if (call.forwarded || !isNear(call.peer ?? '')) return 'Only this machine and its private network may read this; or set METRICS_TOKEN.';
  return null;
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

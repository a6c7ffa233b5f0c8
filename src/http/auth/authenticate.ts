// Who is calling: asked for every request to the API. One look into the database, and better-auth is not needed for it.
// 2026-11-21: better-auth goes by the system's clock, so the end of a session is judged by it too.
import { toActor } from '../../store/staff.ts';
import { findStaffSession, touchStaffSession } from '../../store/staff-sessions.ts';
import type { Store } from '../../store/store.ts';
import type { Accounts } from './accounts.ts';
import { hashSessionToken } from './cookie.ts';
import type { Caller } from './staff-auth.ts';
import { findProgram } from './tokens.ts';

/** A session's last use is noted when the one before is so old. */
const NOTE_MS = 60_000;

/**
 * Whoever calls; null when nobody does. A header `authorization` counts alone: a request cannot be two callers.
 * @param now the service's clock, by which tokens end
 */
export async function authenticate(store: Store, accounts: Accounts, request: Request, now: number): Promise<Caller | null> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const actor = await findProgram(store, authorization, now);
    return actor && { actor, sessionId: null, secondFactor: 'done' };
  }
  const token = await accounts.read(request, 'session_token');
  if (token === null) return null;
  const time = Date.now();
  const session = await store.read((reader) => findStaffSession(reader, hashSessionToken(token), time));
  if (!session) return null;
  if (time >= session.lastSeenAt + NOTE_MS) await store.transaction((tx) => touchStaffSession(tx, session.id, time));
  return { actor: toActor(session.member, 'session'), sessionId: session.id, secondFactor: session.secondFactor ? 'done' : 'missing' };
}

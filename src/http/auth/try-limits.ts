// How often somebody may try: by address, by client, by member. Counted in the store, so that it holds over nodes; under keyed
// hashes, so that the counts tell of nobody. Used by the files beside this one before a password or a code is looked at.
import { createHmac } from 'node:crypto';
import { hashClientAddress } from '../../channels/direct-line/client-address.ts';
import { AppError } from '../../domain/errors.ts';
import { countAttempt, forgetAttempts, removeOldAttempts, uncountAttempt } from '../../store/staff-attempts.ts';
import type { Store } from '../../store/store.ts';
import { peerOf } from '../peer.ts';

const WINDOW_MS = 15 * 60_000;
/** Tries in a window. Many people may share a client's address: only what failed counts for long. */
const MOST = { address: 10, client: 100, member: 10 } as const;

export type Counted = keyof typeof MOST;

export interface TryLimits {
  /**
   * Counts a try before it is made.
   * @returns what to call when it was right: it does not count then
   * @throws AppError access.too_many_tries
   */
  count(kind: Counted, value: string): Promise<() => Promise<void>>;
  /** The same for whoever sent a request. */
  countClient(request: Request): Promise<() => Promise<void>>;
}

/** Makes the limits. */
export function createTryLimits(store: Store, now: () => number): TryLimits {
  async function countKey(kind: Counted, key: string): Promise<() => Promise<void>> {
    const tries = await store.transaction(async (tx) => {
      const count = await countAttempt(tx, key, WINDOW_MS, now());
      // Seldom enough to cost nothing, often enough that little is left.
      if (count === 1) await removeOldAttempts(tx, Object.keys(MOST), now() - 2 * WINDOW_MS);
      return count;
    });
    if (tries > MOST[kind])
      throw new AppError('access.too_many_tries', 'Too many tries. Wait a quarter of an hour, then try again.', {
        retryAfterSeconds: WINDOW_MS / 1000,
      });
    return () => store.transaction((tx) => (kind === 'client' ? uncountAttempt(tx, key) : forgetAttempts(tx, key)));
  }
  return {
    count: (kind, value) => countKey(kind, `${kind} ${createHmac('sha256', keyOf(store)).update(value).digest('base64url')}`),
    countClient: (request) =>
      countKey('client', `client ${hashClientAddress(keyOf(store), peerOf(request), request.headers.get('x-forwarded-for') ?? undefined)}`),
  };
}

function keyOf(store: Store): Uint8Array {
  return store.deriveKey('staff tries');
}

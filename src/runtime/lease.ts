// Work that one node does at a time: which one is settled in the store. With SQLite there is one service only.
// 2026-11-21: the clocks of nodes may differ and jump. So nobody compares times of others: a holder renews what it wrote, one
// that waits takes over when the same words have stood there for as long as a lease lasts, by its own running time, and a
// holder that was stopped for so long knows by its own running time that it holds nothing any more.
import { endLease, takeSilentLease } from '../store/leases.ts';
import { newId } from '../util/ids.ts';
import type { Services } from './services.ts';

export interface Lease {
  /** Whether this node has the work now. Takes or renews the lease when that is due. */
  hold(): Promise<boolean>;
  /** Gives it back. */
  end(): Promise<void>;
}

/**
 * Asks for a lease of this name, without taking it yet.
 * @param lastsMs how long it holds without being renewed: ask more often than twice in that time.
 */
export function createLease(name: string, lastsMs: number, { store, clock, steady }: Pick<Services, 'store' | 'clock' | 'steady'>): Lease {
  const holder = newId();
  let heldUntil = Number.NEGATIVE_INFINITY;
  let seen = { value: '', since: 0 };
  return {
    async hold() {
      if (store.dialect === 'sqlite') return true;
      const now = steady();
      if (now < heldUntil - lastsMs / 2) return true;
      const silent = now - seen.since >= lastsMs ? seen.value : null;
      const { held, value } = await store.transaction((tx) => takeSilentLease(tx, name, holder, clock() + lastsMs, silent));
      heldUntil = held ? now + lastsMs : Number.NEGATIVE_INFINITY;
      if (value !== seen.value) seen = { value, since: now };
      return held && steady() < heldUntil;
    },
    async end() {
      if (heldUntil > 0) await store.transaction((tx) => endLease(tx, name, holder));
      heldUntil = Number.NEGATIVE_INFINITY;
    },
  };
}

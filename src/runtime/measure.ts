// Sets what operators watch, every few seconds, and times every commit. Called by housekeeping.ts and service.ts.
import type { Store } from '../store/store.ts';
import { takeMeasurements } from '../store/measurements.ts';
import type { Gauges } from './gauges.ts';
import type { Services } from './services.ts';

const DAY_MS = 86_400_000;

/** Reads the queues, ages and clocks of all nodes, and the room of this one. */
export async function measure({ store, clock, metrics, releases, channels }: Services): Promise<void> {
  const now = clock();
  const { ordinary, labelled } = metrics.gauges;
  const found = await takeMeasurements(store, now);
  const age = (since: number | null): number => (since === null ? 0 : Math.max(0, now - since) / 1000);

  for (const gauge of Object.values(labelled)) gauge.reset();
  // A channel without anything waiting says 0, not nothing.
  for (const channel of channels.keys()) {
    labelled.inbox_waiting.set({ channel }, 0);
    labelled.inbox_waiting_seconds.set({ channel }, 0);
    for (const state of ['queued', 'sending', 'unknown']) {
      labelled.outbox_waiting.set({ channel, state }, 0);
      labelled.outbox_waiting_seconds.set({ channel, state }, 0);
    }
    labelled.segments_today.set({ channel }, 0);
  }
  for (const { channel, count, since } of found.inbox) {
    labelled.inbox_waiting.set({ channel }, count);
    labelled.inbox_waiting_seconds.set({ channel }, age(since));
  }
  for (const { channel, state, count, since } of found.outbox) {
    labelled.outbox_waiting.set({ channel, state }, count);
    labelled.outbox_waiting_seconds.set({ channel, state }, age(since));
  }
  for (const { channel, segments } of found.today) labelled.segments_today.set({ channel }, segments);
  const { limits, retention } = releases.current().settings;
  for (const [channel, ceiling] of Object.entries(limits.channel_daily_segments)) labelled.segments_ceiling.set({ channel }, ceiling);
  for (const { name, held } of found.leases) labelled.lease_held.set({ lease: name }, held ? 1 : 0);

  ordinary.cases_waiting.set(found.casesWaiting.count);
  ordinary.cases_waiting_seconds.set(age(found.casesWaiting.since));
  ordinary.provider_copies_to_erase.set(found.copies.count);
  ordinary.provider_copies_overdue_seconds.set(age(found.copies.since));
  ordinary.erasures_unfinished.set(found.erasures.count);
  ordinary.erasures_unfinished_seconds.set(age(found.erasures.since));
  ordinary.purge_lag_seconds.set(found.oldestMessage === null ? 0 : age(found.oldestMessage + retention.messages_days * DAY_MS));
  ordinary.last_backup_timestamp_seconds.set((found.lastBackup ?? 0) / 1000);
  ordinary.clock_skew_seconds.set((found.clockSkewMs ?? 0) / 1000);
  ordinary.database_bytes.set(found.databaseBytes);
  if (found.diskFreeBytes !== null) ordinary.disk_free_bytes.set(found.diskFreeBytes);
}

/** The same store, with every transaction timed. */
export function timeCommits(store: Store, { commitSeconds }: Gauges): Store {
  const timed =
    (run: Store['transaction']): Store['transaction'] =>
    async (work) => {
      const began = performance.now();
      const result = await run(work);
      commitSeconds.observe((performance.now() - began) / 1000);
      return result;
    };
  return { ...store, transaction: timed(store.transaction), shared: timed(store.shared) };
}

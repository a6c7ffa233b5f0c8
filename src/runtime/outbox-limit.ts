// Channels whose outbox is full, because their provider is away or slower than people write. Asked by worker.ts.
// Their messages wait in the inbox, which has a limit of its own: nothing grows for ever, and nothing is dropped in silence.
// 2026-11-21: a turn whose answer cannot be sent for hours is better taken later, in the state of that time.
import { linesByChannel } from '../store/outbox-load.ts';
import type { Services } from './services.ts';

/** Counted this often at most. */
const MEASURE_MS = 1000;

/**
 * Opens the watch.
 * @param limit lines that may wait for sending, a channel.
 * @returns the channels whose ordinary messages are to wait; never waits itself.
 */
export function createOutboxLimit(
  limit: number,
  { store, steady, metrics, log }: Pick<Services, 'store' | 'steady' | 'metrics' | 'log'>,
): () => readonly string[] {
  let held: string[] = [];
  let measuredAt = Number.NEGATIVE_INFINITY;

  async function measure(): Promise<void> {
    measuredAt = steady();
    const full = (await store.read(linesByChannel)).filter(({ count }) => count >= limit).map(({ channel }) => channel);
    for (const channel of full) {
      metrics.outboxFull.set({ channel }, 1);
      if (!held.includes(channel)) {
        log.error(
          { channel, limit },
          'The outbox of a channel is full: ordinary messages of it are answered once its provider takes messages again.',
        );
      }
    }
    for (const channel of held) if (!full.includes(channel)) metrics.outboxFull.set({ channel }, 0);
    held = full;
  }

  return () => {
    // What cannot be counted just now is counted the next time.
    if (steady() - measuredAt >= MEASURE_MS) measure().catch(() => {});
    return held;
  };
}

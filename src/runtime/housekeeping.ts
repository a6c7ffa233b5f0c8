// What is done from time to time: erase copies at providers, remove what has outlived its retention, measure the queues.
import { copiesToErase, markCopyErased, markCopyRetry, type CopyToErase } from '../store/provider-copies.ts';
import { purgeExpired } from '../store/purge.ts';
import { measureOutbox } from './deliver.ts';
import { startLoop, type Loop } from './loop.ts';
import { retryDelay } from './retry.ts';
import type { Services } from './services.ts';
import { measureInbox } from './worker.ts';

const POLL_MS = 5000;
const PURGE_EVERY_MS = 10 * 60_000;
const BATCH = 20;

/** Starts the loop. Retention runs every ten minutes, copies at providers as soon as they are due. */
export function startHousekeeping(services: Services): Loop {
  let purgedAt = 0;
  return startLoop(
    'housekeeping',
    async () => {
      await Promise.all([measureInbox(services), measureOutbox(services)]);
      if (services.clock() - purgedAt >= PURGE_EVERY_MS) {
        purgedAt = services.clock();
        await purge(services);
      }
      return eraseCopies(services);
    },
    POLL_MS,
    services.log,
  );
}

/** Removes everything whose retention is over, and the keys that sealed it. Returns how many rows of each kind went. */
export async function purge(services: Services): Promise<Record<string, number>> {
  const { retention } = services.releases.current().settings;
  const { counts } = await services.store.transaction((tx) => purgeExpired(tx, retention, services.clock()));
  for (const [kind, count] of Object.entries(counts)) if (count > 0) services.metrics.purged.inc({ kind }, count);
  return counts;
}

/** Asks providers to delete what they hold of erased or expired messages. Returns true when there was any. */
export async function eraseCopies(services: Services): Promise<boolean> {
  const { store, clock, metrics } = services;
  const copies = await store.transaction((tx) => copiesToErase(tx, BATCH, clock()));
  for (const copy of copies) {
    const gone = await eraseCopy(copy, services);
    metrics.erasures.inc({ result: gone ? 'copy' : 'copy_failed' });
    await store.transaction((tx) =>
      gone ? markCopyErased(tx, copy) : markCopyRetry(tx, copy, clock() + retryDelay(copy.attempts, undefined)),
    );
  }
  return copies.length > 0;
}

/** True when nobody holds the copy any more: deleted now or before, or a channel that keeps none. */
async function eraseCopy({ channel: name, providerRef }: CopyToErase, { channels, surface, log }: Services): Promise<boolean> {
  try {
    if (surface?.name === name) return (await surface.eraseThread(providerRef)) !== null;
    const channel = channels.get(name);
    if (!channel) return false;
    return channel.eraseCopy ? await channel.eraseCopy(providerRef) : true;
  } catch (error) {
    log.warn({ channel: name, error }, 'A copy at the provider could not be erased yet.');
    return false;
  }
}

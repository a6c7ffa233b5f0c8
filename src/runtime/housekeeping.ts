// What is done from time to time: erase copies at providers, remove what has outlived its retention, measure the queues,
// finish erasures whose keys could not be destroyed at once, remind the desk of what is overdue.
import { copiesToErase, markCopyErased, markCopyRetry, type CopyToErase } from '../store/provider-copies.ts';
import { purgeDeskChanges } from '../store/desk-changes.ts';
import { finishErasures } from '../store/erase.ts';
import { forgetErasedAddresses } from '../store/erased-addresses.ts';
import { findOverdue } from '../store/overdue.ts';
import { purgeExpired } from '../store/purge.ts';
import { createAuditHeadTeller } from './tell-audit-head.ts';
import { measureOutbox } from './deliver.ts';
import { closeAnsweredComplaints, remindOverdue } from './desk/overdue.ts';
import { startLoop, type Loop } from './loop.ts';
import { retryDelay } from './retry.ts';
import { measure } from './measure.ts';
import type { Services } from './services.ts';
import { measureInbox } from './worker.ts';

const POLL_MS = 5000;
const FINISH_EVERY_MS = 60_000;
const PURGE_EVERY_MS = 10 * 60_000;
/** A service that starts has people waiting: they come first. */
const FIRST_PURGE_MS = 30_000;
/** Pieces of one purge: a large table is gone through in many, so small that nobody waits long for one. */
const PURGE_ROUNDS = 160;
/** After each piece others have this many times as long, and no longer than that. */
const PURGE_REST = 4;
const LONGEST_REST_MS = 500;
const BATCH = 20;
/** Longest wait for one copy: a provider that is away must not hold up the others. */
const ERASE_MS = 20_000;

/** Starts the loops. Retention runs every ten minutes; copies at providers go as soon as they are due, woken after an erasure. */
export function startHousekeeping(services: Services): Loop {
  let purgedAt = services.clock() - PURGE_EVERY_MS + FIRST_PURGE_MS;
  let finishedAt = services.clock();
  let stopping = false;
  const tellAuditHead = createAuditHeadTeller(services);
  const tidying = startLoop(
    'housekeeping',
    async () => {
      await Promise.all([measureInbox(services), measureOutbox(services), measure(services)]);
      if (Math.abs(services.clock() - finishedAt) >= FINISH_EVERY_MS) {
        finishedAt = services.clock();
        await finishLate(services);
        await remindOverdue(services);
        await closeAnsweredComplaints(services);
      }
      await tellAuditHead();
      if (Math.abs(services.clock() - purgedAt) >= PURGE_EVERY_MS) {
        purgedAt = services.clock();
        await purge(services, PURGE_ROUNDS, () => stopping);
        services.metrics.gauges.ordinary.last_purge_timestamp_seconds.set(services.clock() / 1000);
      }
      return false;
    },
    POLL_MS,
    services.log,
  );
  const erasing = startLoop('provider copies', () => eraseCopies(services), POLL_MS, services.log);
  return {
    wake: () => erasing.wake(),
    stop: async () => {
      stopping = true;
      await Promise.all([tidying.stop(), erasing.stop()]);
    },
  };
}

async function finishLate({ store, clock, log }: Services): Promise<void> {
  const count = await finishErasures(store, clock());
  if (count > 0) log.warn({ count }, 'Keys of erased people could not be destroyed at once; they are now.');
}

/**
 * Removes everything whose retention is over, and the keys that sealed it; tells the metrics whether that was in time.
 * @param rounds how many pieces at most; the running service leaves the rest to the next time
 * @param isStopping given by a service that people wait for: it rests after each piece, and ends when this says so
 * @returns how many rows of each kind went
 */
export async function purge(services: Services, rounds = PURGE_ROUNDS, isStopping?: () => boolean): Promise<Record<string, number>> {
  const { store, clock, metrics, releases, listedMs } = services;
  const { retention } = releases.current().settings;
  for (const { kind, lateMs } of await store.read((reader) => findOverdue(reader, retention, clock())))
    metrics.deletionLagSeconds.set({ kind }, lateMs / 1000);
  const total: Record<string, number> = {
    erased_addresses: await store.transaction((tx) => forgetErasedAddresses(tx, clock() - listedMs)),
    desk_changes: await purgeChanges(store, clock(), rounds),
  };
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const { counts, more } = await store.transaction((tx) => purgeExpired(tx, retention, clock()));
    for (const [kind, count] of Object.entries(counts)) {
      total[kind] = (total[kind] ?? 0) + count;
      if (count > 0) metrics.purged.inc({ kind }, count);
    }
    if (!more || isStopping?.()) break;
    if (isStopping)
      await new Promise((resolve) => setTimeout(resolve, Math.min(PURGE_REST * (performance.now() - began), LONGEST_REST_MS)));
  }
  for (const { kind, count } of await store.read((reader) => findOverdue(reader, retention, clock()))) metrics.overdue.set({ kind }, count);
  return total;
}

/** What consoles were told of, so long ago that none of them goes on from there. */
async function purgeChanges(store: Services['store'], now: number, rounds: number): Promise<number> {
  let total = 0;
  for (let round = 0; round < rounds; round++) {
    const count = await store.transaction((tx) => purgeDeskChanges(tx, now));
    if (count === 0) break;
    total += count;
  }
  return total;
}

/** Asks providers to delete what they hold of erased or expired messages. Returns true when there was any. */
export async function eraseCopies(services: Services): Promise<boolean> {
  const { store, clock } = services;
  const copies = await store.transaction((tx) => copiesToErase(tx, BATCH, clock()));
  await Promise.all(
    copies.map((copy) =>
      eraseOne(copy, services).catch((error: unknown) =>
        services.log.warn(
          { channel: copy.channel, error },
          'What became of a copy at the provider could not be written down; it is tried again.',
        ),
      ),
    ),
  );
  return copies.length > 0;
}

async function eraseOne(copy: CopyToErase, services: Services): Promise<void> {
  const { store, clock, metrics } = services;
  const gone = await atMost(ERASE_MS, eraseCopy(copy, services));
  metrics.erasures.inc({ result: gone ? 'copy' : 'copy_failed' });
  await store.transaction((tx) =>
    gone ? markCopyErased(tx, copy) : markCopyRetry(tx, copy, clock() + retryDelay(copy.attempts, undefined)),
  );
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

/** False when it takes longer: then it is asked for again, and erasing twice does no harm. */
async function atMost(ms: number, erasing: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => void (timer = setTimeout(() => resolve(false), ms)));
  return Promise.race([erasing, late]).finally(() => clearTimeout(timer));
}

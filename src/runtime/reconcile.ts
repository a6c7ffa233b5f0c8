// Finds inbound messages that never reached us: a provider calls twice, and then only its list knows of them.
// Runs at the start and every few minutes, on one node at a time, from a watermark in the store, through the usual receiver.
// What was sent with an unknown fate is looked up line by line in deliver.ts.
//
// 2026-11-21: Nothing from before the first start, or from before another number was set, is ever answered. An id that the inbox
// knows stops a message, also when its words are erased; ids are kept as long as messages are, so no list goes back that far.
// Clocks may be wrong: a watermark that lies ahead is not believed, and reading something twice does no harm.
import type { Channel, ProviderList } from '../channels/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { InboundMessage } from '../domain/message.ts';
import { neverReceived, readWatermark, setWatermark, type Watermark } from '../store/provider-watermarks.ts';
import { createLease, type Lease } from './lease.ts';
import { readPart, type PartReader } from './list-parts.ts';
import { startLoop, type Loop } from './loop.ts';
import { sortMissing } from './missed.ts';
import { retryDelay } from './retry.ts';
import type { Services } from './services.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A list may lag behind, and clocks differ: the end of what was read is read again. */
const OVERLAP_MS = 15 * MINUTE_MS;
/** A younger message may still come by itself, and would say more. */
const GRACE_MS = 2 * MINUTE_MS;
/** How much is read at once after a long absence; the watermark moves after each piece. */
const PIECE_MS = HOUR_MS + OVERLAP_MS;
/** Longer than a piece takes. */
const LEASE_MS = 3 * MINUTE_MS;
/** A provider that refuses is asked again after half a minute at first, as after so many tries to send. */
const FIRST_RETRY = 5;

/** How often the list is read, and how far back at most. */
export interface Reconciliation {
  everyMs: number;
  backMs: number;
}

/** Takes a message in as if it had come by itself. */
type Receive = (message: InboundMessage) => Promise<'new' | 'duplicate'>;

interface Work {
  services: Services;
  receive: Receive;
  settings: Reconciliation;
  /** Aborted when the service ends: no answer of the provider is waited for then. */
  ending: AbortSignal;
}

/** One channel's list, and the right to read it. */
interface Source {
  channel: string;
  list: ProviderList;
  lease: Lease;
  reader: PartReader;
}

/** Starts one loop for each channel whose provider can be asked. */
export function startReconciling(services: Services, receive: Receive, settings: Reconciliation): Loop {
  const end = new AbortController();
  const work: Work = { services, receive, settings, ending: end.signal };
  const loops = [...services.channels.values()].flatMap((channel) => (channel.list ? [startReading(channel, channel.list, work)] : []));
  return {
    wake: () => loops.forEach((loop) => loop.wake()),
    async stop() {
      end.abort();
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function startReading(channel: Channel, list: ProviderList, work: Work): Loop {
  const { log, clock } = work.services;
  const wait = <T>(answer: Promise<T>): Promise<T> => unlessEnding(answer, work.ending);
  const lease = createLease(`reconcile ${channel.name}`, LEASE_MS, work.services);
  const source: Source = { channel: channel.name, list, lease, reader: { now: clock, wait } };
  let failures = 0;
  let isFirst = true;
  return startLoop(
    `reconcile ${channel.name}`,
    async () => {
      try {
        // Somebody else reads, or has died at it: then this node takes over soon.
        if (!(await readOn(source, isFirst, work))) return Math.min(work.settings.everyMs, LEASE_MS);
        failures = 0;
        isFirst = false;
        return work.settings.everyMs;
      } catch (error) {
        if (work.ending.aborted) return false;
        const retryAfter = error instanceof AppError ? error.retryAfterSeconds : undefined;
        log.warn(
          { channel: channel.name, failures: ++failures, ...describe(error) },
          'The list of messages could not be read; again later.',
        );
        return retryDelay(FIRST_RETRY - 1 + failures, retryAfter);
      }
    },
    work.settings.everyMs,
    log,
  );
}

/** A network error may quote the address that was asked, and with it a number: only its code is told. */
function describe(error: unknown): { code: string } {
  const { code } = (error ?? {}) as { code?: unknown };
  return { code: typeof code === 'string' ? code : 'unknown' };
}

/** What the provider answers, unless the service ends first. */
async function unlessEnding<T>(answer: Promise<T>, ending: AbortSignal): Promise<T> {
  answer.catch(() => {});
  ending.throwIfAborted();
  let stop = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(new AppError('channel.unavailable', 'The service ends.'));
    ending.addEventListener('abort', stop);
  });
  return Promise.race([answer, ended]).finally(() => ending.removeEventListener('abort', stop));
}

/**
 * Reads a list from its watermark to now, and takes in what is missing.
 * @param isFirst whether this process has not done it yet; later it leaves alone what another node has just done.
 * @returns whether it was this node's to do.
 */
async function readOn(source: Source, isFirst: boolean, work: Work): Promise<boolean> {
  const { services, settings } = work;
  try {
    if (!(await source.lease.hold())) return false;
    const now = services.clock();
    const mark = await services.store.transaction((tx) => readWatermark(tx, source.channel, source.list.source, now));
    const isFresh = mark.until <= now && now - mark.until < settings.everyMs / 2;
    if (isFirst || !isFresh) await readFrom(mark, now, source, work);
    return true;
  } finally {
    await source.lease.end().catch(() => {});
  }
}

async function readFrom(mark: Watermark, now: number, source: Source, work: Work): Promise<void> {
  const { services } = work;
  const from = Math.min(mark.from, now);
  const known = mark.until <= now + OVERLAP_MS ? Math.min(mark.until, now) : from;
  let since = Math.max(known - OVERLAP_MS, now - furthest(work), from);
  let waitingSince = Number.POSITIVE_INFINITY;
  for (let span = PIECE_MS; await source.lease.hold();) {
    const readAt = services.clock();
    const { found, until } = await readPart((start, end) => source.list.inbound(start, end), since, span, source.reader);
    const past = found.filter((message) => (message.sentAt ?? 0) <= readAt - GRACE_MS);
    waitingSince = Math.min(waitingSince, await recover(past, source, work));
    // What has to wait is read again the next time, with all that came after it.
    const reached = Math.min(Math.max(known, until ?? readAt), waitingSince);
    await services.store.transaction((tx) => setWatermark(tx, source.channel, source.list.source, { until: reached, from }));
    if (until === null) return;
    span = Math.min(PIECE_MS, 2 * (until - since));
    since = until;
  }
}

/** Ids of messages must be known for longer than the list goes back. */
function furthest({ services, settings }: Work): number {
  const { messages_days } = services.releases.current().settings.retention;
  return Math.min(settings.backMs, messages_days * DAY_MS - HOUR_MS);
}

/** Takes in what is missing. Returns when the first message was sent that has to wait (ms). */
async function recover(inbound: InboundMessage[], { channel, list, reader }: Source, work: Work): Promise<number> {
  const { store, metrics, log } = work.services;
  const missing = await store.read((tx) => neverReceived(tx, inbound));
  if (missing.length === 0) return Number.POSITIVE_INFINITY;
  const { wanted, elsewhere, erased, waitingSince } = await sortMissing(channel, list, missing, work.services, reader);
  let recovered = 0;
  for (const message of wanted) {
    work.ending.throwIfAborted();
    if ((await work.receive(message)) === 'new') recovered += 1;
  }
  const counts = { recovered, answered_elsewhere: elsewhere, erased };
  for (const [result, count] of Object.entries(counts)) if (count > 0) metrics.reconciled.inc({ channel, result }, count);
  const waiting = missing.length - wanted.length - elsewhere - erased;
  log.warn({ channel, recovered, elsewhere, erased, waiting }, 'The provider had messages that never reached this service.');
  return waitingSince ?? Number.POSITIVE_INFINITY;
}

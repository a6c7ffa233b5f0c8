// Finds inbound messages that never reached us: a provider calls twice, and then only its list knows of them.
// Runs at the start and every few minutes, on one node at a time, from a watermark in the store, through the usual receiver.
// What was sent with an unknown fate is looked up line by line in deliver.ts.
//
// 2026-11-21: Nothing from before the first start, or from before another number was set, is ever answered. An id that the inbox
// knows stops a message, also when its words are erased; ids are kept as long as messages are, so no list goes back that far.
// A message that got an answer which this store does not know of was answered by somebody else on the same number, or by this
// hotline before a backup was put back: it is left alone.
import type { Channel, ProviderList } from '../channels/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { InboundMessage } from '../domain/message.ts';
import { endLease, takeLease } from '../store/leases.ts';
import { neverReceived, neverSent, readWatermark, setWatermark } from '../store/provider-watermarks.ts';
import { newId } from '../util/ids.ts';
import { startLoop, type Loop } from './loop.ts';
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
const PIECE_MS = HOUR_MS;
const LEASE_MS = MINUTE_MS;
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
  /** Names this process. */
  holder: string;
  /** Aborted when the service ends: no answer of the provider is waited for then. */
  ending: AbortSignal;
}

/** Starts one loop for each channel whose provider can be asked. */
export function startReconciling(services: Services, receive: Receive, settings: Reconciliation): Loop {
  const end = new AbortController();
  const work: Work = { services, receive, settings, holder: newId(), ending: end.signal };
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
  const { log } = work.services;
  let failures = 0;
  let isFirst = true;
  return startLoop(
    `reconcile ${channel.name}`,
    async () => {
      try {
        await readOn(channel.name, list, isFirst, work);
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
 */
async function readOn(channel: string, list: ProviderList, isFirst: boolean, work: Work): Promise<void> {
  const { services, holder } = work;
  const lease = `reconcile ${channel}`;
  try {
    for (let more = true, first = isFirst; more; first = true) more = await readPiece(channel, list, lease, first, work);
  } finally {
    await services.store.transaction((tx) => endLease(tx, lease, holder)).catch(() => {});
  }
}

/** Returns whether there is more to read. */
async function readPiece(channel: string, list: ProviderList, lease: string, isFirst: boolean, work: Work): Promise<boolean> {
  const { services, holder, settings, ending } = work;
  const now = services.clock();
  const mark = await services.store.transaction(async (tx) =>
    (await takeLease(tx, lease, holder, now, LEASE_MS)) ? readWatermark(tx, channel, list.source, now) : null,
  );
  if (mark === null || (!isFirst && mark.until <= now && now - mark.until < settings.everyMs / 2)) return false;
  const since = Math.max(Math.min(mark.until, now) - OVERLAP_MS, now - furthest(work), mark.from);
  const until = since + OVERLAP_MS + PIECE_MS;
  const more = until < now;
  const inbound = await unlessEnding(list.inbound(since, more ? until : null), ending);
  const past = inbound.filter((message) => (message.sentAt ?? 0) <= now - GRACE_MS);
  await recover(channel, list, past, work);
  await services.store.transaction((tx) => setWatermark(tx, channel, list.source, { until: more ? until : now, from: mark.from }));
  return more;
}

/** Ids of messages must be known for longer than the list goes back. */
function furthest({ services, settings }: Work): number {
  const { messages_days } = services.releases.current().settings.retention;
  return Math.min(settings.backMs, messages_days * DAY_MS - HOUR_MS);
}

async function recover(channel: string, list: ProviderList, inbound: InboundMessage[], work: Work): Promise<void> {
  const { store, metrics, log } = work.services;
  const missing = await store.read((reader) => neverReceived(reader, inbound));
  const wanted = missing.length === 0 ? [] : await unanswered(channel, list, missing, work);
  const counts = { new: 0, duplicate: 0 };
  for (const message of wanted) {
    work.ending.throwIfAborted();
    counts[await work.receive(message)] += 1;
  }
  const elsewhere = missing.length - wanted.length;
  if (counts.new > 0) metrics.reconciled.inc({ channel, result: 'recovered' }, counts.new);
  if (elsewhere > 0) metrics.reconciled.inc({ channel, result: 'answered_elsewhere' }, elsewhere);
  if (missing.length > 0)
    log.warn({ channel, recovered: counts.new, elsewhere }, 'The provider had messages that never reached this service.');
}

/** Without those that somebody answered of whom this store knows nothing. */
async function unanswered(
  channel: string,
  list: ProviderList,
  missing: InboundMessage[],
  { services, ending }: Work,
): Promise<InboundMessage[]> {
  const oldest = missing.reduce((time, message) => Math.min(time, message.sentAt ?? 0), Number.POSITIVE_INFINITY);
  const sent = await unlessEnding(list.outbound(oldest), ending);
  const people = new Set(missing.flatMap((message) => message.from.map((address) => address.value)));
  const answers = sent.filter((copy) => people.has(copy.to.value));
  const strange = await services.store.read((reader) =>
    neverSent(
      reader,
      channel,
      answers.map((copy) => copy.providerRef),
    ),
  );
  return missing.filter(
    ({ from, sentAt = 0 }) =>
      !answers.some(
        (copy) => strange.has(copy.providerRef) && copy.at >= sentAt && from.some((address) => address.value === copy.to.value),
      ),
  );
}

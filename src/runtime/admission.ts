// Whether one more message is taken in: asked by receive.ts before anything is written, so that a refusal costs nobody anything.
// Bounds what waits in memory and in the inbox, in all and by channel and sender. Emergencies have a reserve of their own.
// 2026-11-21: a message that is refused is still with whoever sent it; one that would wait for minutes is as good as lost.
import { createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../domain/errors.ts';
import type { InboundMessage } from '../domain/message.ts';
import { inboxLoad, type ChannelLoad } from '../store/inbox-load.ts';
import { createBuckets } from './buckets.ts';
import type { Services } from './services.ts';

/** Most messages that may wait for a commit, and how many more emergencies. */
const MAX_UNCOMMITTED = 2000;
const RESERVE_UNCOMMITTED = 500;
/** Parts of the inbox's limit: what one channel may fill, where each sender is held to a rate, below which age does not count. */
const CHANNEL_PART = 0.75;
const SENDER_PART = 0.5;
const AGE_PART = 0.05;
/** Emergencies are taken in up to this many times the limit. */
const EMERGENCY_FACTOR = 1.5;
/** What one person may send while it is crowded: so many at once, and so many a second. */
const SENDER_RATE = { capacity: 30, perSecond: 0.5, maxKeys: 50_000 };
/** The inbox is counted this often at most; what came since is known here. */
const MEASURE_MS = 250;
/** A count that is older than this says nothing any more. */
const FORGET_MS = 5000;
const TELL_MS = 10_000;
const RETRY_SECONDS = { least: 2, most: 60 };

type Reason = 'commit' | 'inbox' | 'channel' | 'age' | 'sender';

export interface InboxLimits {
  /** Messages that may wait for their turn, over all nodes. */
  messages: number;
  /** How long the oldest of a channel may have waited. */
  seconds: number;
}

export interface Admission {
  /**
   * Lets a message in, or not.
   * @param uncommitted messages that wait for a commit in this process.
   * @throws AppError service.overloaded (retryable, with the seconds to wait): nothing may be written.
   */
  admit(message: InboundMessage, emergency: boolean, uncommitted: number): void;
  /** What was let in is in the inbox now (`stored`), or nowhere. */
  settled(message: InboundMessage, stored: boolean): void;
}

/** Opens the door. */
export function createAdmission(limits: InboxLimits, services: Services): Admission {
  const { store, clock, steady, log, metrics } = services;
  const key = randomBytes(32);
  const senders = createBuckets(SENDER_RATE, steady);
  let loads = new Map<string, ChannelLoad>();
  /** Let in, and not in the inbox yet; and in the inbox since it was counted. */
  const underWay = new Map<string, number>();
  let since = new Map<string, number>();
  /** Of those, what the count that is being made will hold. */
  let beingCounted = new Map<string, number>();
  let measuring = false;
  let measuredAt = Number.NEGATIVE_INFINITY;
  let untold = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  /** Never waited for: the door must not be slower than what it guards. */
  async function measure(): Promise<void> {
    measuring = true;
    measuredAt = steady();
    beingCounted = since;
    since = new Map();
    try {
      loads = new Map((await store.read(inboxLoad)).map((load) => [load.channel, load]));
    } catch {
      // What cannot be counted cannot be written either; whoever writes is told why.
      for (const [channel, count] of beingCounted) add(since, channel, count);
    } finally {
      beingCounted = new Map();
      measuring = false;
    }
  }

  function judge(message: InboundMessage, emergency: boolean, uncommitted: number): Reason | null {
    const { channel } = message;
    const withinRate = senders.take(senderKey(key, message));
    const count = (name: string): number =>
      [underWay, beingCounted, since].reduce((sum, counts) => sum + (counts.get(name) ?? 0), loads.get(name)?.count ?? 0);
    // Whatever was let in went through `underWay`, so that it has every channel that the others have.
    const total = [...new Set([...loads.keys(), ...underWay.keys()])].reduce((sum, name) => sum + count(name), 0);
    if (uncommitted >= MAX_UNCOMMITTED + (emergency ? RESERVE_UNCOMMITTED : 0)) return 'commit';
    // The reserve is for many people, not for one who fills it.
    if (emergency && !withinRate && total >= limits.messages) return 'sender';
    if (emergency) return total >= limits.messages * EMERGENCY_FACTOR ? 'inbox' : null;
    if (total >= limits.messages) return 'inbox';
    if (count(channel) >= limits.messages * CHANNEL_PART) return 'channel';
    if (count(channel) >= limits.messages * AGE_PART && ageSeconds(channel) > limits.seconds) return 'age';
    return !withinRate && total >= limits.messages * SENDER_PART ? 'sender' : null;
  }

  const ageSeconds = (channel: string): number => Math.max(0, clock() - (loads.get(channel)?.since ?? clock())) / 1000;

  function tell(): void {
    untold += 1;
    if (steady() - toldAt < TELL_MS) return;
    log.warn({ refused: untold }, 'More messages come than can be answered: some are refused with 503 and told to come again.');
    toldAt = steady();
    untold = 0;
  }

  return {
    admit(message, emergency, uncommitted) {
      if (steady() - measuredAt >= FORGET_MS) loads = new Map();
      if (!measuring && steady() - measuredAt >= MEASURE_MS) void measure();
      const reason = judge(message, emergency, uncommitted);
      if (reason === null) {
        add(underWay, message.channel, 1);
        return;
      }
      metrics.shed.inc({ channel: message.channel, reason });
      tell();
      // After as long as the oldest has waited, all that waits now is answered.
      const wait = Math.min(RETRY_SECONDS.most, Math.max(RETRY_SECONDS.least, Math.ceil(ageSeconds(message.channel))));
      throw new AppError('service.overloaded', 'Too many messages wait for their answer.', { retryable: true, retryAfterSeconds: wait });
    },
    settled({ channel }, stored) {
      add(underWay, channel, -1);
      if (stored) add(since, channel, 1);
    },
  };
}

function add(counts: Map<string, number>, channel: string, change: number): void {
  counts.set(channel, (counts.get(channel) ?? 0) + change);
}

/** A person's address as a hash under a key that lives as long as this process. */
function senderKey(key: Uint8Array, { channel, from: [address] }: InboundMessage): string {
  return createHmac('sha256', key).update(`${channel}\n${address?.kind}\n${address?.value}`).digest('base64url');
}

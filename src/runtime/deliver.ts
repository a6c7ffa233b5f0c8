// Sends what was queued: claims lines, paces them, and sees to it that what became of each is written down.
// Never decides what to say. A send of unknown fate is looked up at the provider before anything else happens to it.
//
// 2026-11-21: a lease is fenced by what it says, not by the time: whoever claims a line gives it another end, and the one
// before neither sends it then nor puts it back. Clocks of nodes may differ and jump; a lease that looks over too early only
// makes another node ask the provider, after a pause that it measures by its own running time.
import type { Channel, OutboundLine } from '../channels/channel.ts';
import { AppError } from '../domain/errors.ts';
import { loadConversation } from '../store/conversations.ts';
import { isHeld } from '../store/outbox-hold.ts';
import { doubtsAbout } from '../store/line-doubts.ts';
import { claimLines, queueAge } from '../store/outbox.ts';
import type { ClaimedLine, Conversation } from '../store/records.ts';
import { isTooLate } from './desk/hold.ts';
import { recordFate, tellOfFailure, type Fate } from './line-fate.ts';
import { createLease } from './lease.ts';
import { startLoop, type Loop } from './loop.ts';
import { createPacer, type Pacer } from './pacer.ts';
import type { Services } from './services.ts';

/** None begins to be sent when less than this share of the lease is left: it must be over, and its provider's list must know of it, by then. */
const SEND_SHARE = 2 / 3;
/** Lines of one channel that are sent at the same time. */
const AT_ONCE = 50;
const POLL_MS = 1000;
/** Longest wait of a claimed line for its number's rate, and its share of the lease where that is short. */
const PACED_MS = 2000;
const PACED_SHARE = 1 / 6;
/** Lines are claimed together that become due within so long. */
const GATHER_MS = 10;
/** A channel whose number has a rate is sent from by one node at a time; another takes over after so long. */
const SENDER_MS = 5000;
const DAY_MS = 86_400_000;
const WRITE_TRIES = 6;
const WRITE_PAUSE_MS = 100;
const MAX_DOUBTS = 100_000;

/** A line under the lease of this process. */
interface Held {
  line: ClaimedLine;
  /** As it stands in the store. */
  leaseUntil: number;
  /** By the steady clock: after this it may be another's. */
  sendBefore: number;
  /** A line of unknown fate: if it was sent, its provider's list knows of it by now. */
  listed: boolean;
}

/** Starts one sending loop a channel, so that a slow provider holds up no other. */
export function startDelivery(services: Services): Loop {
  const loops = [...services.channels.values()].map((channel) => startSending(channel, services));
  return {
    wake: () => loops.forEach((loop) => loop.wake()),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** Each line goes its own way, so that one that takes long holds up no other conversation. */
function startSending(channel: Channel, services: Services): Loop {
  const { store, clock, steady, log, sendLeaseMs: leaseMs } = services;
  const pacer = createPacer(channel.capabilities.segmentsPerSecond, Math.min(PACED_MS, leaseMs * PACED_SHARE));
  // Where lines are given up as lost sooner (in trials), so are senders.
  const senderMs = Math.min(SENDER_MS, leaseMs / 4);
  const sender = channel.capabilities.segmentsPerSecond === null ? null : createLease(`send ${channel.name}`, senderMs, services);
  const doubts = createDoubts(services, (channel.settleSeconds ?? 0) * 1000);
  const sending = new Map<string, Promise<void>>();

  async function round(): Promise<boolean | number> {
    // Asked first, so that it is renewed while all that may be sent at once is on its way.
    if (sender && !(await sender.hold())) return false;
    const limit = Math.min(AT_ONCE - sending.size, pacer.linesAtOnce());
    if (limit <= 0) return Math.min(POLL_MS, pacer.fullForMs() || POLL_MS);
    const now = clock();
    const sendBefore = steady() + leaseMs * (1 - SEND_SHARE);
    const lines = await store.transaction((tx) => claimLines(tx, { channel: channel.name, limit, now, leaseMs }));
    for (const line of lines) {
      // After a leap of the clock a lease looks over that is not.
      if (sending.has(line.id)) continue;
      const done = deliver({ line, leaseUntil: now + leaseMs, sendBefore, listed: doubts.isListed(line) }, channel, pacer, services)
        .then((result) => (result === 'unknown' ? doubts.begin(line.id) : doubts.end(line.id)))
        .catch((error: unknown) =>
          log.error(
            { line: line.id, channel: channel.name, error },
            'What became of a line could not be written down; it will be looked up.',
          ),
        )
        .then(() => {
          sending.delete(line.id);
          loop.wake();
        });
      sending.set(line.id, done);
    }
    return lines.length > 0;
  }

  const loop = startLoop(`deliver ${channel.name}`, round, POLL_MS, log, GATHER_MS);
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      await Promise.all(sending.values());
      await sender?.end();
    },
  };
}

/** Returns what was written down. */
async function deliver(held: Held, channel: Channel, pacer: Pacer, services: Services): Promise<string> {
  const { line } = held;
  const fate = line.unknown ? await settle(held, channel, services) : await send(held, channel, pacer, services);
  const result = await writeDown(held, fate, services);
  services.metrics.sent.inc({ channel: line.channel, result });
  if (result === 'sent') services.metrics.segments.inc({ channel: line.channel }, line.message.segments);
  services.hub.publish(line.channel, line.to);
  if (result === 'failed' || result === 'held') await tellOfFailure(line, fate, services);
  return result;
}

async function send(held: Held, channel: Channel, pacer: Pacer, services: Services): Promise<Fate> {
  const { line } = held;
  if (!(await pacer.take(line.message.segments)) || services.steady() > held.sendBefore) return { kind: 'late' };
  const wanted = await whatToDo(line, channel, services);
  if (wanted !== 'send') return { kind: wanted };
  if (!(await isOurs(held, services))) return { kind: 'late' };
  try {
    return await channel.send(toOutbound(line));
  } catch (error) {
    services.log.error({ line: line.id, channel: channel.name, error }, 'A channel threw while sending; the fate of the line is unknown.');
    return { kind: 'unknown' };
  }
}

/**
 * Asked at the last moment: since the claim people may have taken over, the person may have said STOP or DELETE, and the
 * time in which the channel takes any text may be over.
 */
async function whatToDo(line: ClaimedLine, channel: Channel, { store, clock }: Services): Promise<'send' | 'unwanted' | 'held'> {
  // The last words to an erased person belong to nobody.
  if (line.contactId === '') return isTooLate(line, channel, null, clock()) ? 'unwanted' : 'send';
  const conversation = await store.read((reader) => loadConversation(reader, line.conversationId));
  if (!conversation || !isWanted(line, conversation)) return 'unwanted';
  return isTooLate(line, channel, conversation, clock()) ? 'held' : 'send';
}

function isWanted(line: ClaimedLine, conversation: Conversation): boolean {
  if (line.kind === 'system' || line.epoch === conversation.epoch) return true;
  return line.kind === 'staff' ? conversation.owner !== 'stopped' : false;
}

async function settle({ line, listed }: Held, channel: Channel, services: Services): Promise<Fate> {
  // A process that died a moment ago may have sent it; a list that does not know of it yet would have it sent twice.
  if (!listed) return { kind: 'unlisted' };
  try {
    // Listed messages that we know already are other lines; what remains is this one.
    const doubts = await services.store.read((reader) => doubtsAbout(reader, line, line.createdAt - DAY_MS));
    const found = (await channel.lookUp?.({ ...toOutbound(line), ...doubts })) ?? { kind: 'unknown' as const };
    return found.kind === 'sent' ? { kind: 'sent', providerRef: found.providerRef } : found;
  } catch (error) {
    services.log.warn({ line: line.id, channel: channel.name, error }, 'A line of unknown fate could not be looked up yet.');
    return { kind: 'unknown' };
  }
}

function toOutbound(line: ClaimedLine): OutboundLine {
  return {
    id: line.id,
    conversationId: line.conversationId,
    to: line.to,
    message: line.message,
    createdAt: line.createdAt,
    attempts: line.attempts,
  };
}

/** Asked last of all: this process may have been stopped for long, or another node's clock may have leapt ahead. */
async function isOurs({ line, leaseUntil, sendBefore }: Held, { store, steady }: Services): Promise<boolean> {
  const held = store.dialect === 'sqlite' || (await store.read((reader) => isHeld(reader, line.id, leaseUntil)));
  return held && steady() <= sendBefore;
}

/** Since when this process has known of lines that nobody knows what became of them, by the steady clock. */
function createDoubts({ steady }: Services, settleMs: number) {
  const since = new Map<string, number>();
  return {
    /** Notes the doubt; true once whatever was sent before it began is in its provider's list. */
    isListed({ id, unknown }: ClaimedLine): boolean {
      if (!unknown) return false;
      if (!since.has(id)) this.begin(id);
      return steady() - (since.get(id) ?? 0) >= settleMs;
    },
    begin(id: string): void {
      since.set(id, since.get(id) ?? steady());
      // Those that another node has settled stay here.
      if (since.size > MAX_DOUBTS) since.delete(since.keys().next().value ?? '');
    },
    end: (id: string): void => void since.delete(id),
  };
}

/** A database that is away for a moment must not cost the knowledge that a line was sent. */
async function writeDown({ line, leaseUntil }: Held, fate: Fate, services: Services): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await services.store.shared((tx) => recordFate(tx, line, fate, leaseUntil, services));
    } catch (error) {
      if (attempt === WRITE_TRIES || !(error instanceof AppError && error.retryable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, WRITE_PAUSE_MS * 2 ** attempt));
    }
  }
}

/** Age of the oldest due line, for the metrics. */
export async function measureOutbox(services: Services): Promise<void> {
  const seconds = (await services.store.read((tx) => queueAge(tx, services.clock()))) / 1000;
  services.metrics.outboxAgeSeconds.set(seconds);
}

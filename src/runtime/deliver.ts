// Sends what was queued: claims lines, paces them, and writes down what became of each. Never decides what to say.
// A send of unknown fate is looked up at the provider before anything else happens to it; a permanent refusal is final.
import type { Channel, OutboundLine, SendResult } from '../channels/channel.ts';
import { nextOwner } from '../desk/ownership.ts';
import { changeOwner, lockConversation } from '../store/conversations.ts';
import { claimLines, markFailed, markRetry, markSent, markUnknown, queueAge } from '../store/outbox.ts';
import { providerRefsSince } from '../store/messages.ts';
import { rememberCopy } from '../store/provider-copies.ts';
import type { ClaimedLine } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import { startLoop, type Loop } from './loop.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { retryDelay } from './retry.ts';
import type { Services } from './services.ts';

const LEASE_MS = 60_000;
const BATCH = 50;
const POLL_MS = 1000;
const MAX_ATTEMPTS = 10;
/** When a send of unknown fate is looked up (a channel may ask for longer), and how long before it is flagged. */
const SETTLE_SECONDS = 5;
const GIVE_UP_UNKNOWN_MS = 5 * 60_000;
/** The provider's code for a person who has opted out (Twilio 21610). */
const OPTED_OUT = '21610';
const DAY_MS = 86_400_000;

/** Starts one sending loop a channel, so that a slow provider holds up no other. */
export function startDelivery(services: Services): Loop {
  const loops = [...services.channels.values()].map((channel) => {
    const pacer = createPacer(channel.capabilities.segmentsPerSecond, services.clock);
    return startLoop(`deliver ${channel.name}`, () => drainOutbox(channel, pacer, services), POLL_MS, services.log);
  });
  return {
    wake: () => loops.forEach((loop) => loop.wake()),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** Sends the lines of one channel that are due. Returns true when there were any. */
export async function drainOutbox(channel: Channel, pacer: Pacer, services: Services): Promise<boolean> {
  const { store, clock } = services;
  // A paced number gets no more lines than it can send well within their lease.
  const limit = pacer.segmentsWithin(LEASE_MS / 3, BATCH);
  const lines = await store.transaction((tx) => claimLines(tx, { channel: channel.name, limit, now: clock(), leaseMs: LEASE_MS }));
  if (lines.length === 0) return false;
  await Promise.all(
    lines.map(async (line) => {
      const result = line.unknown ? await settle(channel, line, services) : await send(channel, pacer, line, services);
      await writeDown(line, result, services);
    }),
  );
  return true;
}

/** What became of a line. `not_sent`: looked up and never arrived, so it may be sent. */
type Fate = SendResult | { kind: 'not_sent' };

async function send(channel: Channel, pacer: Pacer, line: ClaimedLine, services: Services): Promise<Fate> {
  await pacer.take(line.message.segments);
  try {
    return await channel.send(toOutbound(line));
  } catch (error) {
    services.log.error({ line: line.id, channel: channel.name, error }, 'A channel threw while sending; the fate of the line is unknown.');
    return { kind: 'unknown' };
  }
}

async function settle(channel: Channel, line: ClaimedLine, services: Services): Promise<Fate> {
  try {
    // Listed messages that we know already are other lines; what remains is this one.
    const knownRefs = await services.store.read((reader) => providerRefsSince(reader, line.conversationId, line.createdAt - DAY_MS));
    const found = (await channel.lookUp?.({ ...toOutbound(line), knownRefs })) ?? { kind: 'unknown' as const };
    return found.kind === 'sent' ? { kind: 'sent', providerRef: found.providerRef } : found;
  } catch (error) {
    services.log.warn({ line: line.id, channel: channel.name, error }, 'A line of unknown fate could not be looked up yet.');
    return { kind: 'unknown' };
  }
}

function toOutbound(line: ClaimedLine): OutboundLine {
  return { id: line.id, conversationId: line.conversationId, to: line.to, message: line.message, createdAt: line.createdAt, attempts: line.attempts };
}

async function writeDown(line: ClaimedLine, fate: Fate, services: Services): Promise<void> {
  const result = await services.store.transaction((tx) => record(tx, line, fate, services));
  services.metrics.sent.inc({ channel: line.channel, result });
  if (result === 'sent') services.metrics.segments.inc({ channel: line.channel }, line.message.segments);
  services.hub.publish(line.channel, line.to);
}

async function record(tx: Tx, line: ClaimedLine, fate: Fate, services: Services): Promise<string> {
  const now = services.clock();
  switch (fate.kind) {
    case 'sent':
      await markSent(tx, line.id, fate.providerRef);
      if (fate.providerRef) await rememberCopy(tx, { contactId: line.contactId, channel: line.channel, providerRef: fate.providerRef, at: now });
      return 'sent';
    case 'not_sent':
      await markRetry(tx, line.id, now, 'not_sent');
      return 'retry';
    case 'unknown':
      if (now - line.createdAt > GIVE_UP_UNKNOWN_MS && line.unknown) return fail(tx, line, 'unknown_fate', services);
      await markUnknown(tx, line.id, now + (services.channels.get(line.channel)?.settleSeconds ?? SETTLE_SECONDS) * 1000);
      return 'unknown';
    case 'failed': {
      if (fate.retryable && line.attempts + 1 < MAX_ATTEMPTS) {
        await markRetry(tx, line.id, now + retryDelay(line.attempts, fate.retryAfterSeconds), fate.code);
        return 'retry';
      }
      if (fate.code === OPTED_OUT) await stopConversation(tx, line);
      return fail(tx, line, fate.code, services);
    }
  }
}

async function fail(tx: Tx, line: ClaimedLine, code: string, services: Services): Promise<string> {
  services.log.warn({ line: line.id, channel: line.channel, code, attempts: line.attempts + 1 }, 'A message could not be delivered and is given up.');
  await markFailed(tx, line.id, code);
  return 'failed';
}

/** The provider says that this person has opted out: nothing is sent any more until START. */
async function stopConversation(tx: Tx, line: ClaimedLine): Promise<void> {
  const conversation = await lockConversation(tx, line.conversationId);
  if (!conversation) return;
  const change = nextOwner(conversation.owner, { type: 'stop' });
  if ('refused' in change || !change.changed) return;
  await changeOwner(tx, conversation.id, { fromEpoch: conversation.epoch, owner: change.owner, assignee: null });
}

/** Age of the oldest due line, for the metrics. */
export async function measureOutbox(services: Services): Promise<void> {
  const seconds = (await services.store.read((tx) => queueAge(tx, services.clock()))) / 1000;
  services.metrics.outboxAgeSeconds.set(seconds);
}

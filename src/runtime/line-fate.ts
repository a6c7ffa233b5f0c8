// What became of a line that was to be sent, written down in one transaction. Called by deliver.ts.
// A permanent refusal is final; staff are told when it was their message.
import type { SendResult } from '../channels/channel.ts';
import { nextOwner } from '../desk/ownership.ts';
import { latestCase } from '../store/cases.ts';
import { changeOwner, lockConversation } from '../store/conversations.ts';
import { UNKNOWN_FATE } from '../store/line-doubts.ts';
import { cancelLine } from '../store/outbox-cancel.ts';
import { holdLine } from '../store/outbox-hold.ts';
import { giveBack, markFailed, markRetry, markSent, markUnknown } from '../store/outbox.ts';
import { rememberCopy } from '../store/provider-copies.ts';
import { noteDelivery } from '../store/staff-messages.ts';
import type { ClaimedLine } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import { declineSms } from './desk/decline-sms.ts';
import { holdLineBack } from './desk/hold.ts';
import { retryDelay } from './retry.ts';
import type { Services } from './services.ts';

const MAX_ATTEMPTS = 10;
/** When a send of unknown fate is looked up (a channel may ask for longer), and how long before it is flagged. */
const SETTLE_SECONDS = 5;
const GIVE_UP_UNKNOWN_MS = 5 * 60_000;
/** The provider's code for a person who has opted out (Twilio 21610). */
const OPTED_OUT = '21610';

/**
 * What became of a line. `not_sent`: looked up and never arrived, so it may be sent. `unlisted`: it is too early to look it
 * up. `late`: its lease was nearly over, so it was not sent. `unwanted`: it must not be sent any more. `held`: its channel
 * takes it only when the person has written again.
 */
export type Fate = SendResult | { kind: 'not_sent' | 'unlisted' | 'late' | 'unwanted' | 'held' };

/**
 * Writes down a fate.
 * @param leaseUntil the lease that the line was sent under.
 * @returns what to count it as; `overtaken` when the line is another's by now, or gone.
 */
export async function recordFate(tx: Tx, line: ClaimedLine, fate: Fate, leaseUntil: number, services: Services): Promise<string> {
  const result = await writeFate(tx, line, fate, leaseUntil, services);
  if (line.kind === 'staff') await noteDelivery(tx, line.id);
  return result;
}

async function writeFate(tx: Tx, line: ClaimedLine, fate: Fate, leaseUntil: number, services: Services): Promise<string> {
  const now = services.clock();
  // The conversation before the line, as whoever erases takes them.
  if ((fate.kind === 'failed' && fate.code === OPTED_OUT) || fate.kind === 'held') await lockConversation(tx, line.conversationId);
  // What was sent must never be sent again, whoever has the line by now. Anything else is for the one who holds it to say:
  // a node that was stopped for longer than its lease would put back what another is sending.
  if (fate.kind !== 'sent' && !(await holdLine(tx, line.id, leaseUntil))) return 'overtaken';
  switch (fate.kind) {
    case 'sent':
      // The copy first: an erasure that runs at this moment holds the contact and wants the line.
      if (fate.providerRef)
        await rememberCopy(tx, { contactId: line.contactId, channel: line.channel, providerRef: fate.providerRef, at: now });
      await markSent(tx, line.id, fate.providerRef);
      return 'sent';
    case 'not_sent':
      await markRetry(tx, line.id, now, 'not_sent');
      return 'retry';
    case 'late':
      await giveBack(tx, line.id, now);
      return 'retry';
    case 'unwanted':
      await cancelLine(tx, line.id);
      return 'cancelled';
    case 'held':
      await holdLineBack(tx, line, services);
      return 'held';
    case 'unlisted':
      return wait(tx, line, services);
    case 'unknown':
      if (now - line.createdAt > GIVE_UP_UNKNOWN_MS && line.unknown) return fail(tx, line, UNKNOWN_FATE, services);
      return wait(tx, line, services);
    case 'failed':
      if (fate.retryable && line.attempts + 1 < MAX_ATTEMPTS) {
        await markRetry(tx, line.id, now + retryDelay(line.attempts, fate.retryAfterSeconds), fate.code);
        return 'retry';
      }
      if (fate.code === OPTED_OUT) await stopConversation(tx, line, services);
      return fail(tx, line, fate.code, services);
  }
}

/** To be looked up when its provider can have listed it. */
async function wait(tx: Tx, line: ClaimedLine, { channels, clock }: Services): Promise<string> {
  await markUnknown(tx, line.id, clock() + (channels.get(line.channel)?.settleSeconds ?? SETTLE_SECONDS) * 1000);
  return 'unknown';
}

async function fail(tx: Tx, line: ClaimedLine, code: string, services: Services): Promise<string> {
  services.log.warn(
    { line: line.id, channel: line.channel, code, attempts: line.attempts + 1 },
    'A message could not be delivered and is given up.',
  );
  await markFailed(tx, line.id, code);
  return 'failed';
}

/** The provider says that this person has opted out: nothing is sent any more until START. */
async function stopConversation(tx: Tx, line: ClaimedLine, services: Services): Promise<void> {
  const conversation = await lockConversation(tx, line.conversationId);
  if (!conversation) return;
  // Where we write elsewhere than the person does, it is only that which they do not want.
  if (conversation.channel !== line.channel) return declineSms(tx, conversation, services);
  const change = nextOwner(conversation.owner, { type: 'stop' });
  if ('refused' in change || !change.changed) return;
  await changeOwner(tx, conversation.id, { fromEpoch: conversation.epoch, owner: change.owner, assignee: null });
}

/** Staff who sent a message that did not arrive must know it. */
export async function tellOfFailure(line: ClaimedLine, fate: Fate, { store, surface, log }: Services): Promise<void> {
  if (line.kind !== 'staff' || !surface) return;
  const record = await store.read((reader) => latestCase(reader, line.conversationId));
  if (!record?.threadRef || record.private) return;
  if (fate.kind === 'held') {
    surface.note(
      record.threadRef,
      'The 24 hours of WhatsApp were over before the last message went out. It is kept, and is sent when the person writes.',
    );
    return;
  }
  const code = fate.kind === 'failed' ? fate.code : UNKNOWN_FATE;
  log.warn({ case: record.id, code }, 'A message of staff did not arrive; their thread is told.');
  surface.note(record.threadRef, `The last message to the person was not delivered (${code}).`);
}

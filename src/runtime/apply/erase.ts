// DELETE, confirmed: everything of this person goes, on every channel, in the same transaction.
// The last words need an address. Where we send, the line carries it under a key of its own, which goes once it is sent.
// Where the client reads its history from us (web chat), they stand in a new, empty conversation for a day; who writes
// there again begins anew.
import type { OutboundMessage } from '../../domain/message.ts';
import type { Line } from '../../domain/text.ts';
import { fitMessages } from '../../rendering/fit.ts';
import { resolveContact } from '../../store/contacts.ts';
import { lockConversation, resolveConversation, saveConversation } from '../../store/conversations.ts';
import { eraseContact } from '../../store/erase.ts';
import { eraseThreads } from '../../store/erase-request.ts';
import { lastSequence } from '../../store/messages.ts';
import { addLine } from '../../store/outbox.ts';
import { newId } from '../../util/ids.ts';
import { queueLines } from '../queue-lines.ts';
import type { Outcome } from './outcome.ts';

/** Erases the contact and queues the last words. */
export async function applyErase(outcome: Outcome): Promise<void> {
  const { tx, now, conversation, cause, services, events, release } = outcome;
  const last = await lastSequence(tx, conversation.id);
  const { openCase, openComplaints } = await eraseContact(tx, conversation.contactId, now);
  // What staff were told in their own tool goes as well.
  if (services.surface) await eraseThreads(tx, conversation.contactId, services.surface.name, now);
  services.loopGuard.forget(conversation.contactId);
  outcome.erased = true;
  outcome.after.copies = true;
  services.metrics.erasures.inc({ result: 'contact' });
  const channel = services.channels.get(conversation.channel);
  if (cause.kind !== 'inbound' || !channel) return;
  const said = events.flatMap((event): Line[] => (event.type === 'say' ? [event.line] : []));
  const lines = openCase || openComplaints > 0 ? [...said, { text: { key: 'system:deleted_case' } }] : said;
  if (channel.capabilities.keepsHistory) return leaveNote(outcome, lines, last);
  const language = outcome.session.language ?? release.settings.default_language;
  for (const message of fitMessages(lines, { texts: release.texts, language, channel: channel.name, capabilities: channel.capabilities }))
    await sendFarewell(outcome, message);
}

async function sendFarewell({ tx, now, conversation, cause, after }: Outcome, message: OutboundMessage): Promise<void> {
  const to = cause.kind === 'inbound' ? cause.message.from[0] : undefined;
  if (!to) return;
  await addLine(tx, {
    id: newId(),
    conversationId: conversation.id,
    contactId: conversation.contactId,
    channel: conversation.channel,
    kind: 'system',
    epoch: conversation.epoch,
    message,
    createdAt: now,
    emergency: false,
    retention: 'farewell',
    to,
  });
  after.lines = true;
}

/** @param last number of the last line that the client may have: the note must come after it */
async function leaveNote(outcome: Outcome, lines: Line[], last: number): Promise<void> {
  const { tx, now, conversation, cause, session, release, services, after } = outcome;
  if (cause.kind !== 'inbound') return;
  const { contactId, replyHash } = await resolveContact(tx, conversation.channel, cause.message.from, now);
  const fresh = await lockConversation(tx, await resolveConversation(tx, contactId, conversation.channel, now, replyHash, last));
  if (!fresh) return;
  const emptied = { ...fresh, keeping: 'session' as const, language: session.language };
  await saveConversation(tx, emptied);
  await queueLines(tx, emptied, lines, { kind: 'system', release }, services, after);
}

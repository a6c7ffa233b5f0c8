// Takes a batch of inbound messages into the store: contact, conversation, inbox. Called by runtime/receive.ts,
// which acknowledges them after the commit and never before.
import type { InboundMessage } from '../domain/message.ts';
import { resolveContact } from './contacts.ts';
import { resolveConversation } from './conversations.ts';
import { addToInbox, isKnown } from './inbox.ts';
import type { Tx } from './tx.ts';

/**
 * Stores messages that arrived together.
 * @returns for each message, in the order given, whether it is new.
 */
export async function receiveBatch(tx: Tx, messages: InboundMessage[]): Promise<('new' | 'duplicate')[]> {
  const results: ('new' | 'duplicate')[] = messages.map(() => 'duplicate');
  for (const index of inLockOrder(tx, messages)) {
    const message = messages[index] as InboundMessage;
    if (await isKnown(tx, message.channel, message.externalId)) continue;
    const { contactId, replyHash } = await resolveContact(tx, message.channel, message.from, message.receivedAt);
    const conversationId = await resolveConversation(tx, contactId, message.channel, message.receivedAt, replyHash);
    results[index] = await addToInbox(tx, message, { contactId, conversationId });
  }
  return results;
}

/** By address, then as given: two nodes that store the same people then wait for each other instead of deadlocking. */
function inLockOrder(tx: Tx, messages: InboundMessage[]): number[] {
  const indexes = messages.map((_, index) => index);
  if (tx.dialect === 'sqlite') return indexes;
  const keys = messages.map(({ channel, from }) => (from[0] ? (tx.vault.hashAddress(channel, from[0])[0] ?? '') : ''));
  return indexes.sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : (keys[a] ?? '') > (keys[b] ?? '') ? 1 : a - b));
}

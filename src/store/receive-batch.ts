// Takes a batch of inbound messages into the store: contact, conversation, inbox, and the line in the history. Called by runtime/receive.ts,
// which acknowledges them after the commit and never before.
import { AppError } from '../domain/errors.ts';
import type { InboundMessage } from '../domain/message.ts';
import { resolveContact } from './contacts.ts';
import { lockConversation, resolveConversation } from './conversations.ts';
import { addToInbox, isKnown } from './inbox.ts';
import { addMessage, type NewMessage } from './messages.ts';
import { rememberCopy } from './provider-copies.ts';
import { newRowId } from './row-id.ts';
import type { Tx } from './tx.ts';

/**
 * Stores messages that arrived together.
 * @param keepsCopies channels whose provider keeps a copy of what it delivered, to be erased there later
 * @returns for each message, in the order given, whether it is new.
 */
export async function receiveBatch(tx: Tx, messages: InboundMessage[], keepsCopies: (channel: string) => boolean = () => false): Promise<('new' | 'duplicate')[]> {
  const results: ('new' | 'duplicate')[] = messages.map(() => 'duplicate');
  for (const index of inLockOrder(tx, messages)) {
    const message = messages[index] as InboundMessage;
    if (await isKnown(tx, message.channel, message.externalId)) continue;
    const { contactId, replyHash } = await resolveContact(tx, message.channel, message.from, message.receivedAt);
    const conversationId = await resolveConversation(tx, contactId, message.channel, message.receivedAt, replyHash);
    // PostgreSQL: a turn that erases this person holds the conversation and then wants the contact; the row in the inbox
    // holds the contact and then wants the conversation. Conversation first, always.
    if (tx.dialect === 'postgres' && !(await lockConversation(tx, conversationId))) {
      throw new AppError('store.conflict', 'The person was erased while their message arrived.', { retryable: true });
    }
    const result = await addToInbox(tx, message, { contactId, conversationId });
    results[index] = result;
    if (result === 'duplicate') continue;
    if (message.text !== '') await addMessage(tx, toStored(message, { contactId, id: conversationId }));
    if (keepsCopies(message.channel)) await rememberCopy(tx, { contactId, channel: message.channel, providerRef: message.externalId, at: message.receivedAt });
  }
  return results;
}

/** What the person wrote, as a line of the conversation: it has its number from the moment it is acknowledged. */
function toStored(message: InboundMessage, conversation: NewMessage['conversation']): NewMessage {
  const { externalId, text, receivedAt } = message;
  const colon = externalId.indexOf(':');
  const clientId = colon < 0 ? null : externalId.slice(colon + 1);
  return { id: newRowId(receivedAt), conversation, from: 'person', kind: 'inbound', text, choices: [], language: null, direction: 'ltr', clientId, status: null, createdAt: receivedAt };
}

/** By address, then as given: two nodes that store the same people then wait for each other instead of deadlocking. */
function inLockOrder(tx: Tx, messages: InboundMessage[]): number[] {
  const indexes = messages.map((_, index) => index);
  if (tx.dialect === 'sqlite') return indexes;
  const keys = messages.map(({ channel, from }) => (from[0] ? (tx.vault.hashAddress(channel, from[0])[0] ?? '') : ''));
  return indexes.sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : (keys[a] ?? '') > (keys[b] ?? '') ? 1 : a - b));
}

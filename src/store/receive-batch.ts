// Takes a batch of inbound messages into the store: contact, conversation, inbox, and the line in the history. Called by runtime/receive.ts,
// which acknowledges them after the commit and never before.
import { AppError } from '../domain/errors.ts';
import type { InboundMessage } from '../domain/message.ts';
import { allOrNone } from './all-or-none.ts';
import { resolveContact } from './contacts.ts';
import { lockConversation, resolveConversation } from './conversations.ts';
import { addToInbox, isKnown } from './inbox.ts';
import { addMessage, type NewMessage } from './messages.ts';
import { rememberCopy } from './provider-copies.ts';
import { newRowId } from './row-id.ts';
import type { Tx } from './tx.ts';

export interface Taking {
  /** Channels whose provider keeps a copy of what it delivered, to be erased there later. */
  keepsCopies?(channel: string): boolean;
  /** Messages with emergency words: answered before all others. */
  isEmergency?(message: InboundMessage): boolean;
}

/**
 * Stores messages that arrived together.
 * @returns for each message, in the order given, whether it is new.
 */
export async function receiveBatch(tx: Tx, messages: InboundMessage[], taking: Taking = {}): Promise<('new' | 'duplicate')[]> {
  const results: ('new' | 'duplicate')[] = messages.map(() => 'duplicate');
  const receiveAll = async (indexes: number[]): Promise<void> => {
    for (const index of indexes) results[index] = await receiveOne(tx, messages[index] as InboundMessage, taking);
  };
  // SQLite answers at once; on PostgreSQL the statements of different people share their round trips.
  if (tx.dialect === 'sqlite') await receiveAll([...messages.keys()]);
  else await allOrNone(byPerson(tx, messages).map(receiveAll));
  return results;
}

async function receiveOne(tx: Tx, message: InboundMessage, taking: Taking): Promise<'new' | 'duplicate'> {
  const { channel, externalId, receivedAt } = message;
  if (await isKnown(tx, channel, externalId)) return 'duplicate';
  const { contactId, replyHash } = await resolveContact(tx, channel, message.from, receivedAt);
  const conversationId = await resolveConversation(tx, contactId, channel, receivedAt, replyHash);
  // PostgreSQL: a turn that erases this person holds the conversation and then wants the contact; the row in the inbox
  // holds the contact and then wants the conversation. Conversation first, always.
  if (tx.dialect === 'postgres' && !(await lockConversation(tx, conversationId))) {
    throw new AppError('store.conflict', 'The person was erased while their message arrived.', { retryable: true });
  }
  const emergency = taking.isEmergency?.(message) ?? false;
  if ((await addToInbox(tx, message, { contactId, conversationId }, emergency)) === 'duplicate') return 'duplicate';
  await allOrNone([
    ...(message.text === '' ? [] : [addMessage(tx, toStored(message, { contactId, id: conversationId }))]),
    ...(taking.keepsCopies?.(channel) ? [rememberCopy(tx, { contactId, channel, providerRef: externalId, at: receivedAt })] : []),
  ]);
  return 'new';
}

/** What the person wrote, as a line of the conversation: it has its number from the moment it is acknowledged. */
function toStored(message: InboundMessage, conversation: NewMessage['conversation']): NewMessage {
  const { externalId, text, receivedAt } = message;
  const colon = externalId.indexOf(':');
  const clientId = colon < 0 ? null : externalId.slice(colon + 1);
  return {
    id: newRowId(receivedAt),
    conversation,
    from: 'person',
    kind: 'inbound',
    text,
    choices: [],
    language: null,
    direction: 'ltr',
    clientId,
    status: null,
    createdAt: receivedAt,
  };
}

/**
 * Indexes of the messages of each person, people by the hash of their address: two nodes that store the same people then
 * wait for each other instead of deadlocking.
 */
function byPerson(tx: Tx, messages: InboundMessage[]): number[][] {
  const people = new Map<string, number[]>();
  for (const [index, { channel, from }] of messages.entries()) {
    const hash = from[0] ? (tx.vault.hashAddress(channel, from[0])[0] ?? '') : '';
    people.set(hash, [...(people.get(hash) ?? []), index]);
  }
  return [...people].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, indexes]) => indexes);
}

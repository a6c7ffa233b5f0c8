// Takes a batch of inbound messages into the store: contact, conversation, inbox, the line in the history, and the files that
// staff may see. Called by runtime/receive.ts, which acknowledges them after the commit and never before.
import { AppError } from '../domain/errors.ts';
import type { InboundMessage, Media } from '../domain/message.ts';
import { allOrNone } from './all-or-none.ts';
import { resolveContact } from './contacts.ts';
import { lockConversation, resolveConversation } from './conversations.ts';
import { addToInbox, isKnown } from './inbox.ts';
import { addMedia, mediaCopy, planMedia, type MediaPlan } from './message-media.ts';
import { addMessage, type NewMessage } from './messages.ts';
import { rememberCopy } from './provider-copies.ts';
import { newRowId } from './row-id.ts';
import type { Tx } from './tx.ts';

export interface Taking {
  /** Channels whose provider keeps a copy of what it delivered, to be erased there later. */
  keepsCopies?(channel: string): boolean;
  /** Channels whose provider keeps files, to be fetched when staff want to see them. */
  fetchesMedia?(channel: string): boolean;
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
  const fetches = taking.fetchesMedia?.(channel) ?? false;
  const plan = message.media.length === 0 ? NO_MEDIA : await planMedia(tx, message, conversationId, fetches);
  const id = newRowId(receivedAt);
  const files = plan.media.flatMap((one) => (one.kept === undefined ? [] : [one.contentType]));
  const isStored = message.text !== '' || files.length > 0;
  const toAnswer = { ...message, media: plan.media.map(withoutBytes), ...(isStored ? { storedId: id } : {}) };
  if ((await addToInbox(tx, toAnswer, { contactId, conversationId }, emergency)) === 'duplicate') return 'duplicate';
  await allOrNone([
    ...(isStored ? [addMessage(tx, toStored(id, message, files, { contactId, id: conversationId }))] : []),
    ...(files.length === 0 ? [] : [addMedia(tx, plan, { ...message, id, contactId, conversationId })]),
    ...(taking.keepsCopies?.(channel) ? rememberCopies(tx, message, contactId, files.length) : []),
  ]);
  return 'new';
}

/** Files never wait in the inbox. */
function withoutBytes({ contentType, providerRef, kept, lost }: Media): Media {
  return { contentType, providerRef, ...(kept === undefined ? {} : { kept }), ...(lost === undefined ? {} : { lost }) };
}

const NO_MEDIA: MediaPlan = { media: [], caseId: null };

/** The message at its provider, and its files, which go before it: at once where nobody will see them. */
function rememberCopies(tx: Tx, message: InboundMessage, contactId: string, kept: number): Promise<void>[] {
  const { channel, externalId, receivedAt: at, media } = message;
  const copies = [rememberCopy(tx, { contactId, channel, providerRef: externalId, at })];
  if (media.length > 0)
    copies.push(rememberCopy(tx, { contactId: kept > 0 ? contactId : '', channel, providerRef: mediaCopy(externalId), at }));
  return copies;
}

/** What the person wrote, as a line of the conversation: it has its number from the moment it is acknowledged. */
function toStored(id: string, message: InboundMessage, files: string[], conversation: NewMessage['conversation']): NewMessage {
  const { externalId, text, receivedAt } = message;
  const colon = externalId.indexOf(':');
  const clientId = colon < 0 ? null : externalId.slice(colon + 1);
  return {
    id,
    conversation,
    from: 'person',
    kind: 'inbound',
    text,
    choices: [],
    language: null,
    direction: 'ltr',
    clientId,
    ...(files.length > 0 ? { files } : {}),
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

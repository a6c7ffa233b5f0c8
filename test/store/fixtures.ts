// Small makings for the store's tests: messages that arrive, conversations, lines to send.
import type { LineKind } from '../../src/domain/conversation.ts';
import type { Address, InboundMessage, OutboundMessage } from '../../src/domain/message.ts';
import type { Session } from '../../src/domain/session.ts';
import { finishInbox } from '../../src/store/inbox.ts';
import { claimInbox } from '../../src/store/inbox-claim.ts';
import { addMessage } from '../../src/store/messages.ts';
import { addLine } from '../../src/store/outbox.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import type { Conversation } from '../../src/store/records.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { newId } from '../../src/util/ids.ts';
import { START } from '../support/stores.ts';

/** A number that must be found nowhere in plain text. */
export const NUMBER = '+34699123123';
/** Words that must be found nowhere in plain text. */
export const CANARY = 'canario-amarillo-7731';

export const phone = (value: string): Address => ({ kind: 'phone', value });

export function inbound(externalId: string, text: string, options: Partial<InboundMessage> = {}): InboundMessage {
  return { channel: 'sms', externalId, from: [phone(NUMBER)], text, media: [], opened: false, receivedAt: START, ...options };
}

/** Takes a message in and answers it with nothing, so that its conversation exists. */
export async function arrive(store: Store, message: InboundMessage, now = START): Promise<Conversation> {
  await store.transaction((tx) => receiveBatch(tx, [message]));
  await store.transaction(async (tx) => {
    for (const item of await claimInbox(tx, 10, now)) await finishInbox(tx, item.id);
  });
  const found = await store.read((reader) => findConversation(reader, message.channel, message.from[0] as Address));
  if (!found) throw new Error('the conversation was not made');
  return found;
}

export function outbound(text: string): OutboundMessage {
  return { text, choices: [], layout: 'text', language: 'es', direction: 'ltr', segments: 1 };
}

/** Queues a line with its message; returns its id. */
export async function queue(
  tx: Tx,
  conversation: Conversation,
  text: string,
  options: { kind?: LineKind; emergency?: boolean; id?: string } = {},
): Promise<string> {
  const { kind = 'flow', emergency = false, id = newId() } = options;
  const { contactId, channel, epoch } = conversation;
  await addMessage(tx, {
    id,
    conversation,
    from: 'service',
    kind,
    text,
    choices: [],
    language: 'es',
    direction: 'ltr',
    clientId: null,
    status: 'queued',
    createdAt: START,
  });
  await addLine(tx, {
    id,
    conversationId: conversation.id,
    contactId,
    channel,
    kind,
    epoch,
    message: outbound(text),
    createdAt: START,
    emergency,
    retention: 'messages',
  });
  return id;
}

/** A session that holds a text of the person. */
export function session(question: string): Session {
  return {
    release: 1,
    language: 'es',
    languageChosen: true,
    stack: [{ flow: 'menu', step: 'menu', answers: {} }],
    wait: null,
    facts: { locality: null, topic: null, question, private: false },
    misses: 0,
    lastLines: [],
    history: [],
    pending: null,
    startedAt: START,
    lastInputAt: START,
    turn: 1,
  };
}

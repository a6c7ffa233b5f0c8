// Messages of conversations, both ways, sealed, numbered within each conversation, with delivery states that only move forward.
// Called by runtime/: apply and queue-lines write, channels' history and the staff surface read.
import { sql } from 'kysely';
import type { LineKind } from '../domain/conversation.ts';
import { DELIVERY_RANK, type DeliveryStatus, type StatusUpdate } from '../domain/message.ts';
import { isAside } from './aside.ts';
import { rememberUnsettled, removeLine } from './outbox-settle.ts';
import type { StoredMessage } from './records.ts';
import { noteDelivery } from './staff-messages.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

export interface NewMessage {
  /** Random; for an outbound message the id of its outbox line. */
  id: string;
  conversation: { id: string; contactId: string };
  from: StoredMessage['from'];
  kind: LineKind | 'inbound';
  text: string;
  choices: StoredMessage['choices'];
  language: string | null;
  direction: 'ltr' | 'rtl';
  /** What a web client called its own message. */
  clientId: string | null;
  /** Types of the files that came with it and are kept. */
  files?: string[];
  /** Null for what a person wrote. */
  status: DeliveryStatus | null;
  createdAt: number;
}

interface NewRow {
  id: string;
  conversationId: string;
  sender: StoredMessage['from'];
  kind: LineKind | 'inbound';
  sealed: Uint8Array;
  status: DeliveryStatus | null;
  rank: number;
  aside: number | null;
  now: number;
}

const nextSequence = statement(
  (db, p: { conversationId: string }) =>
    db
      .updateTable('conversations')
      .set((eb) => ({ last_sequence: eb('last_sequence', '+', eb.lit(1)) }))
      .where('id', '=', p.conversationId)
      .returning('last_sequence'),
  { types: { conversationId: 'text' }, key: ['conversationId'] },
);
const insert = statement(
  (db, p: NewRow & { sequence: number }) =>
    db.insertInto('messages').values({
      id: p.id,
      conversation_id: p.conversationId,
      sequence: p.sequence,
      sender: p.sender,
      kind: p.kind,
      sealed: p.sealed,
      status: p.status,
      status_rank: p.rank,
      error_code: null,
      provider_ref: null,
      aside: p.aside,
      created_at: p.now,
    }),
  {
    types: {
      id: 'text',
      conversationId: 'text',
      sequence: 'bigint',
      sender: 'text',
      kind: 'text',
      sealed: 'bytea',
      status: 'text',
      rank: 'bigint',
      aside: 'bigint',
      now: 'bigint',
    },
  },
);
const list = statement((db, p: { conversationId: string; after: number; limit: number }) =>
  db
    .selectFrom('messages')
    .selectAll()
    .where('conversation_id', '=', p.conversationId)
    .where('sequence', '>', p.after)
    .orderBy('sequence')
    .limit(p.limit),
);
const last = statement((db, p: { conversationId: string }) =>
  db.selectFrom('conversations').select('last_sequence').where('id', '=', p.conversationId),
);
const moveById = statement(
  (db, p: { id: string; status: DeliveryStatus; rank: number; errorCode: string | null; providerRef: string | null }) =>
    db
      .updateTable('messages')
      .set((eb) => ({
        status: p.status,
        status_rank: p.rank,
        error_code: p.errorCode,
        provider_ref: eb.fn.coalesce('provider_ref', sql<string>`cast(${p.providerRef} as text)`),
      }))
      .where('id', '=', p.id)
      .where('status_rank', '<', p.rank),
  { types: { id: 'text', status: 'text', rank: 'bigint', errorCode: 'text', providerRef: 'text' }, key: ['id'] },
);
const idOfRef = statement(
  (db, p: { providerRef: string }) =>
    db.selectFrom('messages').select('id').where('provider_ref', '=', p.providerRef).where('provider_ref', 'is not', null),
  { types: { providerRef: 'text' } },
);

/** Where a message's text stands. */
export const messagePlace = (id: string) => ({ table: 'messages', row: id, column: 'sealed' });

/**
 * Adds a message to its conversation.
 * @returns its sequence number, one more than the one before it.
 */
export async function addMessage(tx: Tx, message: NewMessage): Promise<number> {
  const { id, conversation, text, choices, language, direction, clientId, files, status } = message;
  const content = JSON.stringify({ text, choices, language, direction, clientId, files });
  const sealed = await tx.vault.seal(conversation.contactId, 'messages', messagePlace(id), content);
  const sequence = (await nextSequence.first(tx, { conversationId: conversation.id }))?.last_sequence ?? 0;
  const rank = status === null ? 0 : DELIVERY_RANK[status];
  await insert.run(tx, {
    id,
    conversationId: conversation.id,
    sequence,
    sender: message.from,
    kind: message.kind,
    sealed,
    status,
    rank,
    aside: isAside(id) ? 1 : null,
    now: message.createdAt,
  });
  return sequence;
}

/** Messages after a sequence number, oldest first. Those whose key is gone are left out. */
export async function listMessages(reader: Reader, conversationId: string, afterSequence: number, limit = 1000): Promise<StoredMessage[]> {
  const rows = await list.all(reader, { conversationId, after: afterSequence, limit });
  await reader.vault.prepareToOpen(rows.map((row) => row.sealed));
  const messages: StoredMessage[] = [];
  for (const row of rows) {
    const text = await reader.vault.openIfKept(messagePlace(row.id), row.sealed);
    if (text === null) continue;
    const content = JSON.parse(text) as Pick<StoredMessage, 'text' | 'choices' | 'language' | 'direction' | 'clientId' | 'files'>;
    messages.push({
      ...content,
      sequence: row.sequence,
      id: row.id,
      conversationId,
      from: row.sender,
      kind: row.kind,
      status: row.status,
      aside: row.aside === 1,
      createdAt: row.created_at,
    });
  }
  return messages;
}

/**
 * Sets what a person wrote aside: it belongs to a complaint, and no case shows it.
 * @param earlier how many of their messages before it go with it
 */
export async function setAside(tx: Tx, conversationId: string, id: string, earlier: number): Promise<void> {
  const rows = await tx.db
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('sender', '=', 'person')
    .where('sequence', '<=', (eb) => eb.selectFrom('messages').select('sequence').where('id', '=', id))
    .orderBy('sequence', 'desc')
    .limit(earlier + 1)
    .execute();
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  await tx.db.updateTable('messages').set({ aside: 1 }).where('id', 'in', ids).execute();
}

/** When the newest message to the person was written, ms; null when there is none. */
export async function lastOutboundAt(reader: Reader, conversationId: string): Promise<number | null> {
  const row = await reader.db
    .selectFrom('messages')
    .select('created_at')
    .where('conversation_id', '=', conversationId)
    .where('sender', '<>', 'person')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.created_at ?? null;
}

/** Whether a message is stored: tells a repeated request from a new one. */
export async function hasMessage(reader: Reader, id: string): Promise<boolean> {
  return (await reader.db.selectFrom('messages').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** Takes a message back that was never sent: its line goes with it. */
export async function withdrawMessage(tx: Tx, id: string): Promise<void> {
  await removeLine(tx, id);
  await tx.db.deleteFrom('messages').where('id', '=', id).execute();
}

/** The newest sequence number of a conversation; 0 when nothing was said yet. */
export async function lastSequence(reader: Reader, conversationId: string): Promise<number> {
  return (await last.first(reader, { conversationId }))?.last_sequence ?? 0;
}

/**
 * Moves a message's delivery state, forward only: a state of the same or a lower rank changes nothing. A line whose fate
 * was unknown is settled by it and leaves the outbox.
 * @returns whether the state moved.
 */
export async function setDelivery(tx: Tx, update: Pick<StatusUpdate, 'status' | 'lineId' | 'providerRef' | 'errorCode'>): Promise<boolean> {
  const { status, providerRef } = update;
  const id = update.lineId ?? (providerRef === undefined ? undefined : (await idOfRef.first(tx, { providerRef }))?.id);
  if (id === undefined) return false;
  if (providerRef !== undefined) await rememberUnsettled(tx, id, providerRef);
  const moved = await moveById.run(tx, {
    id,
    status,
    rank: DELIVERY_RANK[status],
    errorCode: update.errorCode ?? null,
    providerRef: providerRef ?? null,
  });
  // It must not be sent again.
  await removeLine(tx, id);
  if (moved > 0) await noteDelivery(tx, id);
  return moved > 0;
}

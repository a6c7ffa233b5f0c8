// Conversations: one a contact and channel, with its owner and epoch. The row is what a turn locks.
// Called by runtime/ and by the staff surface; who may own a conversation is the desk's business (desk/ownership.ts).
import { sql } from 'kysely';
import type { Owner } from '../domain/conversation.ts';
import { AppError } from '../domain/errors.ts';
import type { Address } from '../domain/message.ts';
import { findContact } from './contacts.ts';
import { cancelFlowLines } from './outbox-cancel.ts';
import type { Conversation } from './records.ts';
import type { ConversationTable } from './schema.ts';
import { newRowId } from './row-id.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

const byId = statement((db, p: { id: string }) => db.selectFrom('conversations').selectAll().where('id', '=', p.id), {
  types: { id: 'text' },
});
/** Not `for update`: that would make inserts which only refer to the row wait for the turn (foreign keys). */
const locked = statement(
  (db, p: { id: string }, dialect) =>
    db
      .selectFrom('conversations')
      .selectAll()
      .where('id', '=', p.id)
      .$if(dialect === 'postgres', (query) => query.forNoKeyUpdate()),
  { types: { id: 'text' }, key: ['id'] },
);
const ofContact = statement(
  (db, p: { contactId: string; channel: string }) =>
    db.selectFrom('conversations').selectAll().where('contact_id', '=', p.contactId).where('channel', '=', p.channel),
  { types: { contactId: 'text', channel: 'text' } },
);
const insert = statement(
  (db, p: { id: string; contactId: string; channel: string; replyHash: string; sequence: number; now: number }) =>
    db
      .insertInto('conversations')
      .values({
        id: p.id,
        contact_id: p.contactId,
        channel: p.channel,
        owner: 'flow',
        assignee: null,
        epoch: 0,
        language: null,
        keeping: 'standard',
        private: 0,
        private_at: null,
        reply_hash: p.replyHash,
        last_inbound_at: null,
        last_sequence: p.sequence,
        created_at: p.now,
      })
      .onConflict((conflict) => conflict.columns(['contact_id', 'channel']).doNothing()),
  {
    types: { id: 'text', contactId: 'text', channel: 'text', replyHash: 'text', sequence: 'bigint', now: 'bigint' },
    key: ['contactId', 'channel'],
  },
);
/** Only to an address that is there: a rotation may have given it another hash at this moment. */
const setReply = statement((db, p: { id: string; replyHash: string }) =>
  db
    .updateTable('conversations')
    .set({ reply_hash: p.replyHash })
    .where('id', '=', p.id)
    .where(({ exists, selectFrom, lit }) => exists(selectFrom('addresses').select(lit(1).as('one')).where('hash', '=', p.replyHash))),
);
const update = statement(
  (
    db,
    p: {
      id: string;
      assignee: string | null;
      language: string | null;
      keeping: ConversationTable['keeping'];
      private: number;
      privateAt: number | null;
      owner: Owner;
      lastInboundAt: number | null;
    },
  ) =>
    db
      .updateTable('conversations')
      .set((eb) => ({
        owner: p.owner,
        assignee: p.assignee,
        language: p.language,
        keeping: p.keeping,
        private: p.private,
        private_at: eb.fn.coalesce(sql<number>`cast(${p.privateAt} as bigint)`, 'private_at'),
        last_inbound_at: p.lastInboundAt,
      }))
      .where('id', '=', p.id),
  {
    types: {
      id: 'text',
      assignee: 'text',
      language: 'text',
      keeping: 'text',
      private: 'bigint',
      privateAt: 'bigint',
      owner: 'text',
      lastInboundAt: 'bigint',
    },
    key: ['id'],
  },
);
const own = statement((db, p: { id: string; fromEpoch: number; owner: Owner; assignee: string | null }) =>
  db
    .updateTable('conversations')
    .set((eb) => ({ owner: p.owner, assignee: p.assignee, epoch: eb('epoch', '+', 1) }))
    .where('id', '=', p.id)
    .where('epoch', '=', p.fromEpoch)
    .returning('epoch'),
);
const anyAddress = statement((db, p: { contactId: string }) =>
  db.selectFrom('addresses').select('hash').where('contact_id', '=', p.contactId).orderBy('created_at').orderBy('kind', 'desc').limit(1),
);

/**
 * Where numbering begins: seconds since 2026. After an erasure the same web client gets a new conversation, whose numbers
 * must lie above those of the old one, or the client would take its lines for old ones.
 */
function sequenceBefore(now: number, above: number): number {
  return Math.max(above, Math.floor((now - Date.UTC(2026, 0, 1)) / 1000));
}

/**
 * The conversation of a contact on a channel, made if there is none yet.
 * @param replyHash the address to answer from now on (Resolved.replyHash); the oldest one of the contact when left out.
 * @param above the last number of an erased conversation that this one takes the place of: somebody quick has said more than
 * one line a second.
 */
export async function resolveConversation(
  tx: Tx,
  contactId: string,
  channel: string,
  now: number,
  replyHash?: string,
  above = 0,
): Promise<string> {
  const known = await ofContact.first(tx, { contactId, channel });
  if (known) {
    if (replyHash !== undefined && known.reply_hash !== replyHash) await setReply.run(tx, { id: known.id, replyHash });
    return known.id;
  }
  const hash = replyHash ?? (await anyAddress.first(tx, { contactId }))?.hash;
  if (hash === undefined) throw new AppError('store.not_found', 'The contact has no address.');
  const id = newRowId(now);
  if ((await insert.run(tx, { id, contactId, channel, replyHash: hash, sequence: sequenceBefore(now, above), now })) === 1) return id;
  // PostgreSQL: another transaction was first; its row is visible to the next statement.
  const other = await ofContact.first(tx, { contactId, channel });
  if (!other) throw new AppError('store.conflict', 'The conversation was removed meanwhile.', { retryable: true });
  return other.id;
}

/** The conversation of an address on a channel. */
export async function findConversation(reader: Reader, channel: string, address: Address): Promise<Conversation | null> {
  const contactId = await findContact(reader, channel, address);
  return contactId === null ? null : conversationOf(reader, contactId, channel);
}

/** The conversation of a contact on a channel. */
export async function conversationOf(reader: Reader, contactId: string, channel: string): Promise<Conversation | null> {
  const row = await ofContact.first(reader, { contactId, channel });
  return row ? toConversation(row) : null;
}

/** A conversation by id, without locking it. */
export async function loadConversation(reader: Reader, id: string): Promise<Conversation | null> {
  const row = await byId.first(reader, { id });
  return row ? toConversation(row) : null;
}

/** A conversation, locked until the transaction ends. Null when it was erased. */
export async function lockConversation(tx: Tx, id: string): Promise<Conversation | null> {
  const row = await locked.first(tx, { id });
  return row ? toConversation(row) : null;
}

/** Saves everything but the epoch, which only `changeOwner` moves. */
export async function saveConversation(tx: Tx, conversation: Conversation): Promise<void> {
  const { id, owner, assignee, language, keeping, lastInboundAt } = conversation;
  const privateAt = conversation.private ? (lastInboundAt ?? conversation.createdAt) : null;
  await update.run(tx, { id, owner, assignee, language, keeping, private: conversation.private ? 1 : 0, privateAt, lastInboundAt });
}

/**
 * Changes the owner if the epoch is still the one that the caller saw, and cancels lines of the flow that wait to be sent.
 * @returns the new epoch, or null when somebody else was first.
 */
export async function changeOwner(
  tx: Tx,
  id: string,
  change: { fromEpoch: number; owner: Owner; assignee: string | null },
): Promise<number | null> {
  const row = await own.first(tx, { id, ...change });
  if (!row) return null;
  await cancelFlowLines(tx, id);
  return row.epoch;
}

function toConversation(row: ConversationTable): Conversation {
  return {
    id: row.id,
    contactId: row.contact_id,
    channel: row.channel,
    owner: row.owner,
    assignee: row.assignee,
    epoch: row.epoch,
    language: row.language,
    keeping: row.keeping,
    private: row.private === 1,
    privateAt: row.private_at,
    lastInboundAt: row.last_inbound_at,
    createdAt: row.created_at,
  };
}

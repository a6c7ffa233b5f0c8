// The inbox: what was acknowledged and waits for its turn. Written by receive-batch.ts, claimed by inbox-claim.ts.
// A row is claimed, worked on and finished in one transaction: a worker that dies leaves it as it was.
import { sql } from 'kysely';
import type { InboundMessage } from '../domain/message.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

/** A literal, or the partial indexes would not be used. */
export const PENDING = sql.lit<'pending'>('pending');

/** How urgent a message is: `emergency` has such words, `pulledForward` stands before one in its conversation. */
export const URGENCY = { ordinary: 0, pulledForward: 1, emergency: 2 } as const;

interface NewItem {
  channel: string;
  externalId: string;
  contactId: string;
  conversationId: string;
  sealed: Uint8Array;
  now: number;
  urgent: number;
}

const insert = statement(
  (db, p: NewItem) =>
    db
      .insertInto('inbox')
      .values({
        channel: p.channel,
        external_id: p.externalId,
        contact_id: p.contactId,
        conversation_id: p.conversationId,
        sealed: p.sealed,
        state: 'pending',
        attempts: 0,
        // Due at once, whatever happens to the clock.
        run_at: 0,
        created_at: p.now,
        urgent: p.urgent,
      })
      .onConflict((conflict) => conflict.columns(['channel', 'external_id']).doNothing()),
  {
    types: {
      channel: 'text',
      externalId: 'text',
      contactId: 'text',
      conversationId: 'text',
      sealed: 'bytea',
      now: 'bigint',
      urgent: 'bigint',
    },
    key: ['channel', 'externalId'],
  },
);
/** What a conversation said before an emergency goes before it, and as early, even where it was to be tried later. */
const pullForward = statement((db, p: { conversationId: string }) =>
  db
    .updateTable('inbox')
    .set({ urgent: URGENCY.pulledForward, run_at: 0 })
    .where('conversation_id', '=', p.conversationId)
    .where('state', '=', PENDING)
    .where('urgent', '=', URGENCY.ordinary),
);
const known = statement(
  (db, p: { channel: string; externalId: string }) =>
    db.selectFrom('inbox').select('id').where('channel', '=', p.channel).where('external_id', '=', p.externalId),
  { types: { channel: 'text', externalId: 'text' } },
);

/** Answered or given up: the payload and the link to the person go at once, the id stays to recognise late retries. */
const finish = statement(
  (db, p: { id: number; state: 'done' | 'dead' }) =>
    db.updateTable('inbox').set({ state: p.state, sealed: null, contact_id: null, conversation_id: null }).where('id', '=', p.id),
  { types: { id: 'bigint', state: 'text' }, key: ['id'] },
);
const passOverBefore = statement((db, p: { conversationId: string; beforeId: number }) =>
  db
    .updateTable('inbox')
    .set({ state: 'done', sealed: null, contact_id: null, conversation_id: null })
    .where('conversation_id', '=', p.conversationId)
    .where('state', '=', PENDING)
    .where('id', '<', p.beforeId),
);
const retry = statement((db, p: { id: number; attempts: number; retryAt: number }) =>
  db.updateTable('inbox').set({ attempts: p.attempts, run_at: p.retryAt }).where('id', '=', p.id),
);
const depth = statement((db, _values: object) =>
  db
    .selectFrom('inbox')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', PENDING),
);

/** Where an inbox payload stands: its external id, because the row's number is not known before it is written. */
export function inboxPlace(row: { channel: string; external_id: string }) {
  return { table: 'inbox', row: `${row.channel} ${row.external_id}`, column: 'sealed' };
}

/** Whether a message was taken in before. */
export async function isKnown(reader: Reader, channel: string, externalId: string): Promise<boolean> {
  return (await known.first(reader, { channel, externalId })) !== undefined;
}

/**
 * Puts a message in the inbox, sealed. A message that is there already, finished or not, is a duplicate.
 * An emergency is answered before everything that waits, and takes along what its conversation said before.
 */
export async function addToInbox(
  tx: Tx,
  message: InboundMessage,
  to: { contactId: string; conversationId: string },
  emergency = false,
): Promise<'new' | 'duplicate'> {
  const { channel, externalId, receivedAt } = message;
  const sealed = await tx.vault.seal(to.contactId, 'messages', inboxPlace({ channel, external_id: externalId }), JSON.stringify(message));
  if (emergency) await pullForward.run(tx, to);
  const urgent = emergency ? URGENCY.emergency : URGENCY.ordinary;
  return (await insert.run(tx, { channel, externalId, ...to, sealed, now: receivedAt, urgent })) === 1 ? 'new' : 'duplicate';
}

/** Messages of a conversation before another one will have no turn of their own; what they said stays in the history. */
export async function passOver(tx: Tx, conversationId: string, beforeId: number): Promise<void> {
  await passOverBefore.run(tx, { conversationId, beforeId });
}

/** The message was answered. */
export async function finishInbox(tx: Tx, id: number): Promise<void> {
  await finish.run(tx, { id, state: 'done' });
}

/** The turn failed: try again at `retryAt` (ms), or give up when `dead`. Later messages of the conversation wait for it. */
export async function failInbox(tx: Tx, id: number, failure: { attempts: number; retryAt: number; dead: boolean }): Promise<void> {
  if (failure.dead) await finish.run(tx, { id, state: 'dead' });
  else await retry.run(tx, { id, attempts: failure.attempts, retryAt: failure.retryAt });
}

/** Whether a message still waits: another node may have answered it meanwhile. */
export async function isPending(reader: Reader, id: number): Promise<boolean> {
  return (
    (await reader.db.selectFrom('inbox').select('id').where('id', '=', id).where('state', '=', PENDING).executeTakeFirst()) !== undefined
  );
}

/** Whether any message is due, though perhaps somebody works on it or on its conversation just now. */
export async function isAnyDue(reader: Reader, now: number): Promise<boolean> {
  return (
    (await reader.db
      .selectFrom('inbox')
      .select('id')
      .where('state', '=', PENDING)
      .where('run_at', '<=', now)
      .limit(1)
      .executeTakeFirst()) !== undefined
  );
}

/** Milliseconds that the oldest unanswered message waits; 0 when none does. */
export async function inboxAge(reader: Reader, now: number): Promise<number> {
  const row = await reader.db
    .selectFrom('inbox')
    .select((eb) => eb.fn.min('created_at').as('since'))
    .where('state', '=', PENDING)
    .executeTakeFirst();
  return row?.since == null ? 0 : Math.max(0, now - row.since);
}

/** How many messages wait for their turn. */
export async function inboxDepth(reader: Reader): Promise<number> {
  return (await depth.first(reader, {}))?.count ?? 0;
}

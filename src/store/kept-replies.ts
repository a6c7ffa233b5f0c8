// Replies of staff that wait until the person writes: their words stand sealed with the case, nothing of them is in the outbox.
// Written by runtime/desk/write.ts and hold.ts, sent by runtime/desk/send-kept.ts. Who wrote what otherwise is staff-messages.ts's.
import { sql } from 'kysely';
import { noteDeskChange } from './desk-changes.ts';
import type { Reader, Tx } from './tx.ts';

/** A literal: the planner knows how few there are. */
const KEPT = sql.lit<'kept'>('kept');

/** One reply, opened. */
export interface KeptReply {
  id: string;
  caseId: string;
  staffId: string;
  text: string;
  createdAt: number;
}

/** Where the words of a kept reply stand. */
export const keptReplyPlace = (id: string) => ({ table: 'staff_messages', row: id, column: 'sealed' });

/**
 * Keeps a reply. Of one that is known already (it was to be sent at once, and could not be) the words are kept from now on.
 * Replies keep their order, even when several are kept in the same millisecond.
 */
export async function keepReply(tx: Tx, reply: KeptReply): Promise<void> {
  const { id, caseId, staffId, text } = reply;
  const sealed = await tx.vault.seal(caseId, 'case', keptReplyPlace(id), text);
  const last = await tx.db
    .selectFrom('staff_messages')
    .select((eb) => eb.fn.max('created_at').as('at'))
    .where('case_id', '=', caseId)
    .where('state', '=', KEPT)
    .executeTakeFirst();
  const createdAt = Math.max(reply.createdAt, (last?.at ?? 0) + 1);
  await tx.db
    .insertInto('staff_messages')
    .values({
      message_id: id,
      case_id: caseId,
      staff_id: staffId,
      how: 'when_they_write',
      sealed,
      state: 'kept',
      created_at: createdAt,
    })
    .onConflict((conflict) =>
      conflict.column('message_id').doUpdateSet({ how: 'when_they_write', sealed, state: 'kept', created_at: createdAt }),
    )
    .execute();
  await noteDeskChange(tx, 'case', caseId);
}

/** What is kept in a conversation, of all its cases, in the order in which it was written. */
export async function listKeptReplies(reader: Reader, conversationId: string): Promise<KeptReply[]> {
  const rows = await reader.db
    .selectFrom('staff_messages as reply')
    .innerJoin('cases', 'cases.id', 'reply.case_id')
    .select(['reply.message_id', 'reply.case_id', 'reply.staff_id', 'reply.sealed', 'reply.created_at'])
    .where('cases.conversation_id', '=', conversationId)
    .where('reply.state', '=', KEPT)
    .orderBy('reply.created_at')
    .execute();
  const replies: KeptReply[] = [];
  for (const row of rows) {
    const text = row.sealed === null ? null : await reader.vault.openIfKept(keptReplyPlace(row.message_id), row.sealed);
    if (text !== null) replies.push({ id: row.message_id, caseId: row.case_id, staffId: row.staff_id, text, createdAt: row.created_at });
  }
  return replies;
}

/** A kept reply is on its way (`queued`), or was taken back (`cancelled`). False when it is not kept any more. */
export async function settleKeptReply(tx: Tx, id: string, state: 'queued' | 'cancelled'): Promise<boolean> {
  const result = await tx.db
    .updateTable('staff_messages')
    .set({ state, sealed: null })
    .where('message_id', '=', id)
    .where('state', '=', KEPT)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Who wrote a message of staff, and in which case; null where that is not known. */
export async function writerOf(reader: Reader, messageId: string): Promise<{ caseId: string; staffId: string } | null> {
  const row = await reader.db
    .selectFrom('staff_messages')
    .select(['case_id', 'staff_id'])
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  return row ? { caseId: row.case_id, staffId: row.staff_id } : null;
}

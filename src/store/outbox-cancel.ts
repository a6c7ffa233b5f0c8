// Takes lines out of the outbox that must not be sent: what the flow queued before people took over.
// Called by conversations.ts when the owner changes and by outbox.ts when a stale line is met.
import { DELIVERY_RANK } from '../domain/message.ts';
import { statement } from './statement.ts';
import type { Tx } from './tx.ts';

const cancelMessages = statement((db, p: { conversationId: string }) =>
  db
    .updateTable('messages')
    .set({ status: 'cancelled', status_rank: DELIVERY_RANK.cancelled })
    .where('status_rank', '<', DELIVERY_RANK.cancelled)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('outbox')
        .select('outbox.id')
        .where('outbox.conversation_id', '=', p.conversationId)
        .where('outbox.kind', '=', 'flow')
        .where('outbox.state', '=', 'queued'),
    ),
);
const cancelLines = statement((db, p: { conversationId: string }) =>
  db
    .deleteFrom('outbox')
    .where('conversation_id', '=', p.conversationId)
    .where('kind', '=', 'flow')
    .where('state', '=', 'queued')
    .returning('id'),
);
const cancelMessage = statement((db, p: { id: string }) =>
  db
    .updateTable('messages')
    .set({ status: 'cancelled', status_rank: DELIVERY_RANK.cancelled })
    .where('id', '=', p.id)
    .where('status_rank', '<', DELIVERY_RANK.cancelled),
);
const removeLine = statement((db, p: { id: string }) => db.deleteFrom('outbox').where('id', '=', p.id));

/** Cancels what the flow has queued in a conversation and nobody has begun to send. Returns how many lines that were. */
export async function cancelFlowLines(tx: Tx, conversationId: string): Promise<number> {
  await cancelMessages.run(tx, { conversationId });
  return (await cancelLines.all(tx, { conversationId })).length;
}

/** Cancels one line. */
export async function cancelLine(tx: Tx, id: string): Promise<void> {
  await cancelMessage.run(tx, { id });
  await removeLine.run(tx, { id });
}

// Timers: waits that end, reminders that were asked for, the desk's own deadlines. Rows, never memory.
// Written by runtime/apply, run by runtime/timers.ts in the transaction that takes them out: none runs twice.
import type { Timer } from './records.ts';
import type { TimerTable } from './schema.ts';
import { statement } from './statement.ts';
import type { Tx } from './tx.ts';

type Kind = Timer['kind'];

/** Token of a line that waits until the person writes: at `dueAt` it is given up. */
export const HELD = 1;

const insert = statement((db, p: Omit<Timer, 'payload'> & { sealed: Uint8Array | null }) =>
  db.insertInto('timers').values({
    id: p.id,
    conversation_id: p.conversationId,
    kind: p.kind,
    epoch: p.epoch,
    token: p.token,
    due_at: p.dueAt,
    sealed: p.sealed,
  }),
);
const contactOf = statement((db, p: { id: string }) => db.selectFrom('conversations').select('contact_id').where('id', '=', p.id));
/** PostgreSQL: with their conversations, which a turn takes before it touches timers; those that somebody works on wait. */
const due = statement((db, p: { now: number; limit: number }, dialect) =>
  db
    .selectFrom('timers as timer')
    .innerJoin('conversations as conversation', 'conversation.id', 'timer.conversation_id')
    .selectAll('timer')
    .where('timer.due_at', '<=', p.now)
    .orderBy('timer.due_at')
    .limit(p.limit)
    .$if(dialect === 'postgres', (query) => query.forNoKeyUpdate(['timer', 'conversation']).skipLocked()),
);
const held = statement((db, p: { conversationId: string }) =>
  db
    .selectFrom('timers')
    .selectAll()
    .where('conversation_id', '=', p.conversationId)
    .where('kind', '=', 'remind')
    .where('token', '=', HELD)
    .orderBy('due_at'),
);
const likeIt = statement((db, p: Pick<Timer, 'conversationId' | 'kind' | 'epoch' | 'token'>) =>
  db
    .selectFrom('timers')
    .select('id')
    .where('conversation_id', '=', p.conversationId)
    .where('kind', '=', p.kind)
    .where('epoch', '=', p.epoch)
    .where('token', '=', p.token)
    .limit(1),
);
const remove = statement((db, p: { id: string }) => db.deleteFrom('timers').where('id', '=', p.id));
const removeKind = statement((db, p: { conversationId: string; kind: Kind }) =>
  db.deleteFrom('timers').where('conversation_id', '=', p.conversationId).where('kind', '=', p.kind),
);

/** Where a timer's payload stands. */
export const timerPlace = (id: string) => ({ table: 'timers', row: id, column: 'sealed' });

/** Sets a timer. Its payload is sealed with the contact, because a reminder may outlive the messages' retention. */
export async function addTimer(tx: Tx, timer: Timer): Promise<void> {
  const { payload, ...rest } = timer;
  const contactId = payload === null ? null : (await contactOf.first(tx, { id: timer.conversationId }))?.contact_id;
  const sealed = payload === null || contactId == null ? null : await tx.vault.seal(contactId, 'contact', timerPlace(timer.id), payload);
  await insert.run(tx, { ...rest, sealed });
}

/** Takes due timers out of the store, for this transaction to run. If it fails they are back as if nothing had been. */
export async function claimDueTimers(tx: Tx, now: number, limit: number): Promise<Timer[]> {
  const timers: Timer[] = [];
  for (const row of await due.all(tx, { now, limit })) {
    await remove.run(tx, { id: row.id });
    timers.push(await openTimer(tx, row));
  }
  return timers;
}

/** Takes the lines out of the store that were held until the person of a conversation writes, oldest first. */
export async function claimHeldLines(tx: Tx, conversationId: string): Promise<Timer[]> {
  const timers: Timer[] = [];
  for (const row of await held.all(tx, { conversationId })) {
    await remove.run(tx, { id: row.id });
    timers.push(await openTimer(tx, row));
  }
  return timers;
}

/** Whether a timer of this kind and token is still to come. */
export async function hasTimer(tx: Tx, like: Pick<Timer, 'conversationId' | 'kind' | 'epoch' | 'token'>): Promise<boolean> {
  return (await likeIt.first(tx, like)) !== undefined;
}

/** Removes the timers of one kind of a conversation. */
export async function deleteTimers(tx: Tx, conversationId: string, kind: Kind): Promise<void> {
  await removeKind.run(tx, { conversationId, kind });
}

async function openTimer(tx: Tx, row: TimerTable): Promise<Timer> {
  const payload = row.sealed ? await tx.vault.openIfSound(timerPlace(row.id), row.sealed) : null;
  return {
    id: row.id,
    conversationId: row.conversation_id,
    kind: row.kind,
    epoch: row.epoch,
    token: row.token,
    dueAt: row.due_at,
    payload,
  };
}

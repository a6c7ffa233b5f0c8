// The outbox: exactly what will be sent, sealed, until its fate is known. Filled by runtime/queue-lines.ts, emptied by
// runtime/deliver.ts. Order holds within a conversation; a lease makes a dead sender's line known as of unknown fate.
import { DELIVERY_RANK, type DeliveryStatus } from '../domain/message.ts';
import type { LineKind } from '../domain/conversation.ts';
import { allOrNone } from './all-or-none.ts';
import { cancelLine } from './outbox-cancel.ts';
import { isStale, linePlace, loadRecipients, openLine } from './outbox-recipients.ts';
import { removeLine } from './outbox-settle.ts';
import type { ClaimedLine, NewOutboxLine } from './records.ts';
import type { OutboxTable } from './schema.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

interface NewRow {
  id: string;
  conversationId: string;
  contactId: string | null;
  channel: string;
  kind: LineKind;
  epoch: number;
  emergency: number;
  createdAt: number;
  sealed: Uint8Array;
  to: Uint8Array | null;
}

const insert = statement(
  (db, p: NewRow) =>
    db.insertInto('outbox').values({
      id: p.id,
      conversation_id: p.conversationId,
      contact_id: p.contactId,
      channel: p.channel,
      kind: p.kind,
      epoch: p.epoch,
      emergency: p.emergency,
      state: 'queued',
      attempts: 0,
      // Due at once, whatever happens to the clock.
      run_at: 0,
      lease_until: 0,
      sealed: p.sealed,
      to_sealed: p.to,
      created_at: p.createdAt,
    }),
  {
    types: {
      id: 'text',
      conversationId: 'text',
      contactId: 'text',
      channel: 'text',
      kind: 'text',
      epoch: 'bigint',
      emergency: 'bigint',
      createdAt: 'bigint',
      sealed: 'bytea',
      to: 'bytea',
    },
  },
);
const moveMessage = statement(
  (db, p: { id: string; status: DeliveryStatus; rank: number; errorCode: string | null }) =>
    db
      .updateTable('messages')
      .set({ status: p.status, status_rank: p.rank, error_code: p.errorCode })
      .where('id', '=', p.id)
      .where('status_rank', '<', p.rank),
  { types: { id: 'text', status: 'text', rank: 'bigint', errorCode: 'text' }, key: ['id'] },
);
const nameMessage = statement(
  (db, p: { id: string; providerRef: string }) =>
    db.updateTable('messages').set({ provider_ref: p.providerRef }).where('id', '=', p.id).where('provider_ref', 'is', null),
  { types: { id: 'text', providerRef: 'text' }, key: ['id'] },
);
const noteCode = statement(
  (db, p: { id: string; code: string }) =>
    db.updateTable('messages').set({ error_code: p.code }).where('id', '=', p.id).where('status_rank', '<', DELIVERY_RANK.sent),
  { types: { id: 'text', code: 'text' }, key: ['id'] },
);
const putBack = statement(
  (db, p: { id: string; runAt: number; state: 'queued' | 'unknown' }) =>
    db.updateTable('outbox').set({ state: p.state, run_at: p.runAt, lease_until: 0 }).where('id', '=', p.id),
  { types: { id: 'text', runAt: 'bigint', state: 'text' }, key: ['id'] },
);
const oldest = statement((db, p: { now: number }) =>
  db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min('created_at').as('since'))
    .where('run_at', '<=', p.now)
    .where('lease_until', '<=', p.now),
);

/** Emergencies overtake; otherwise a line waits for every earlier one of its conversation, whatever state that is in. */
const due = statement((db, p: { channel: string; now: number; tooLate: number; limit: number }, dialect) =>
  db
    .selectFrom('outbox as line')
    .selectAll('line')
    .where('line.channel', '=', p.channel)
    .where((eb) => eb.or([eb('line.run_at', '<=', p.now), eb('line.run_at', '>', p.tooLate)]))
    .where((eb) => eb.or([eb('line.lease_until', '<=', p.now), eb('line.lease_until', '>', p.tooLate)]))
    .where(({ not, exists, selectFrom, lit }) =>
      not(
        exists(
          selectFrom('outbox as first')
            .select(lit(1).as('one'))
            .whereRef('first.conversation_id', '=', 'line.conversation_id')
            .where((eb) =>
              eb.or([
                eb('first.emergency', '>', eb.ref('line.emergency')),
                eb.and([eb('first.emergency', '=', eb.ref('line.emergency')), eb('first.seq', '<', eb.ref('line.seq'))]),
              ]),
            ),
        ),
      ),
    )
    .orderBy('line.emergency', 'desc')
    .orderBy('line.seq')
    .limit(p.limit)
    .$if(dialect === 'postgres', (query) => query.forUpdate('line').skipLocked()),
);
const lease = statement(
  (db, p: { id: string; state: OutboxTable['state']; attempts: number; leaseUntil: number }) =>
    db.updateTable('outbox').set({ state: p.state, attempts: p.attempts, lease_until: p.leaseUntil }).where('id', '=', p.id),
  { types: { id: 'text', state: 'text', attempts: 'bigint', leaseUntil: 'bigint' }, key: ['id'] },
);

/** No lease and no pause is as long: a time further ahead was written by a clock that has been set back since. */
const LONGEST_WAIT_MS = 70 * 60_000;

export interface ClaimOptions {
  channel: string;
  limit: number;
  now: number;
  /** How long the sender has before the line counts as of unknown fate. */
  leaseMs: number;
}

/**
 * Queues a line. A farewell line has a key of its own and carries its address, because its contact is gone; any other may
 * carry one where it goes elsewhere than the conversation's answers.
 */
export async function addLine(tx: Tx, line: NewOutboxLine): Promise<void> {
  const { id, conversationId, channel, kind, epoch, createdAt, retention, to } = line;
  const farewell = retention === 'farewell';
  const owner = farewell ? id : line.contactId;
  const sealed = await tx.vault.seal(owner, retention, linePlace(id), JSON.stringify(line.message));
  const address = to ? await tx.vault.seal(owner, farewell ? retention : 'contact', linePlace(id, 'to_sealed'), JSON.stringify(to)) : null;
  const contactId = farewell ? null : line.contactId;
  await insert.run(tx, {
    id,
    conversationId,
    contactId,
    channel,
    kind,
    epoch,
    emergency: line.emergency ? 1 : 0,
    createdAt,
    sealed,
    to: address,
  });
}

/**
 * Claims due lines of a channel: the oldest of each conversation, emergencies first, each for one sender until its lease ends.
 * Lines of the flow from before a change of owner are cancelled, not returned; lines of unknown fate are for look-up only.
 */
export async function claimLines(tx: Tx, options: ClaimOptions): Promise<ClaimedLine[]> {
  if (options.limit <= 0) return [];
  for (;;) {
    const { lines, cancelled } = await claimOnce(tx, options);
    if (lines.length > 0 || cancelled === 0) return lines;
  }
}

async function claimOnce(tx: Tx, options: ClaimOptions): Promise<{ lines: ClaimedLine[]; cancelled: number }> {
  const rows = await due.all(tx, { ...options, tooLate: options.now + LONGEST_WAIT_MS });
  const recipients = await loadRecipients(tx, rows);
  const addresses = [...recipients.values()].flatMap((to) => (to && to !== 'locked' && to.sealed ? [to.sealed] : []));
  await tx.vault.prepareToOpen([...rows.map((row) => row.sealed), ...addresses]);
  const lines: ClaimedLine[] = [];
  const leased: Promise<unknown>[] = [];
  let cancelled = 0;
  for (const row of rows) {
    const to = recipients.get(row.conversation_id) ?? null;
    if (to === 'locked') continue;
    const line = isStale(row, to) ? null : await openLine(tx, row, to);
    if (line) {
      // A look-up is no attempt to send.
      const state = line.unknown ? 'unknown' : 'sending';
      const attempts = row.attempts + (line.unknown ? 0 : 1);
      leased.push(lease.run(tx, { id: row.id, state, attempts, leaseUntil: options.now + options.leaseMs }));
      lines.push(line);
    } else {
      await cancelLine(tx, row.id);
      cancelled += 1;
    }
  }
  await allOrNone(leased);
  return { lines, cancelled };
}

/** SQLite, at the start of the service: lines that a dead process was sending are of unknown fate now, not after their lease. */
export async function endLeases(tx: Tx): Promise<void> {
  await tx.db.updateTable('outbox').set({ lease_until: 0 }).where('lease_until', '>', 0).execute();
}

/** The provider has it. */
export async function markSent(tx: Tx, id: string, providerRef: string | null): Promise<void> {
  await moveMessage.run(tx, { id, status: 'sent', rank: DELIVERY_RANK.sent, errorCode: null });
  if (providerRef !== null) await nameMessage.run(tx, { id, providerRef });
  await removeLine(tx, id);
}

/** Given up: a permanent refusal, or too many tries. */
export async function markFailed(tx: Tx, id: string, code: string): Promise<void> {
  await moveMessage.run(tx, { id, status: 'failed', rank: DELIVERY_RANK.failed, errorCode: code });
  await removeLine(tx, id);
}

/** Not sent: to be sent again at `runAt` (ms). Later lines of the conversation wait for it. */
export async function markRetry(tx: Tx, id: string, runAt: number, code: string): Promise<void> {
  await noteCode.run(tx, { id, code });
  await putBack.run(tx, { id, runAt, state: 'queued' });
}

/** It was claimed and not sent: it is due again. */
export async function giveBack(tx: Tx, id: string, now: number): Promise<void> {
  await putBack.run(tx, { id, runAt: now, state: 'queued' });
}

/** Nobody knows whether it was sent: to be looked up at `checkAt` (ms), never sent before that. */
export async function markUnknown(tx: Tx, id: string, checkAt: number): Promise<void> {
  await moveMessage.run(tx, { id, status: 'unknown', rank: DELIVERY_RANK.unknown, errorCode: null });
  await putBack.run(tx, { id, runAt: checkAt, state: 'unknown' });
}

/** Milliseconds that the oldest due line waits; 0 when none does. */
export async function queueAge(reader: Reader, now: number): Promise<number> {
  const row = await oldest.first(reader, { now });
  return row?.since == null ? 0 : Math.max(0, now - row.since);
}

/** How many lines are due now, or being sent. */
export async function queueDepth(reader: Reader, now: number): Promise<number> {
  const row = await reader.db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('run_at', '<=', now)
    .executeTakeFirst();
  return row?.count ?? 0;
}

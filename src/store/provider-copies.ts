// What providers still hold of messages: remembered with each message, erased with the contact or its retention.
// Called by runtime/ when a line was sent or received, and by its housekeeping, which asks the channels to erase.
import { sql } from 'kysely';
import { MEDIA_COPY } from '../domain/message.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

/** A copy that is to be erased at its provider. */
export interface CopyToErase {
  id: number;
  channel: string;
  providerRef: string;
  /** Tries before this one. */
  attempts: number;
}

/** A copy is handed to one worker for this long. */
const LEASE_MS = 60_000;
/** After these tries, days apart in the end, a person must look. */
const MAX_ATTEMPTS = 20;
/** A provider refuses to delete what it is still sending. */
const SENDING_MS = 5 * 60_000;

/** A literal, or the partial index would not be used. */
const ERASE = sql.lit<'erase'>('erase');

const insert = statement(
  (db, p: { channel: string; providerRef: string; contactId: string | null; state: 'kept' | 'erase'; runAt: number; at: number }) =>
    db.insertInto('provider_copies').values({
      channel: p.channel,
      provider_ref: p.providerRef,
      contact_id: p.contactId,
      state: p.state,
      attempts: 0,
      run_at: p.runAt,
      created_at: p.at,
    }),
  {
    types: { channel: 'text', providerRef: 'text', contactId: 'text', state: 'text', runAt: 'bigint', at: 'bigint' },
  },
);
/** Held until the commit: an erasure that runs at the same moment must find the copy, or be found done. */
const contactRow = statement(
  (db, p: { id: string }, dialect) =>
    db
      .selectFrom('contacts')
      .select('id')
      .where('id', '=', p.id)
      .$if(dialect === 'postgres', (query) => query.forKeyShare()),
  { types: { id: 'text' }, key: ['id'] },
);
const due = statement((db, p: { now: number; limit: number }, dialect) =>
  db
    .selectFrom('provider_copies')
    .select(['id', 'channel', 'provider_ref', 'attempts'])
    .where('state', '=', ERASE)
    .where('run_at', '<=', p.now)
    .orderBy('run_at')
    .limit(p.limit)
    .$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked()),
);
const lease = statement((db, p: { id: number; runAt: number }) =>
  db
    .updateTable('provider_copies')
    .set((eb) => ({ run_at: p.runAt, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', p.id),
);
const remove = statement((db, p: { id: number }) => db.deleteFrom('provider_copies').where('id', '=', p.id));

/**
 * Remembers that a provider has a copy. Told twice, it is erased twice, which does no harm.
 * Of a contact that is gone (or '') it is to be erased: at `eraseAt`, or once the provider can have sent it.
 */
export async function rememberCopy(
  tx: Tx,
  copy: { contactId: string; channel: string; providerRef: string; at: number; eraseAt?: number },
): Promise<void> {
  const { contactId, channel, providerRef, at, eraseAt = at + SENDING_MS } = copy;
  const kept = contactId !== '' && (await contactRow.first(tx, { id: contactId })) !== undefined;
  await insert.run(tx, {
    channel,
    providerRef,
    contactId: kept ? contactId : null,
    state: kept ? 'kept' : 'erase',
    runAt: eraseAt,
    at,
  });
}

/** Forgets a copy that is to be kept longer than was thought. */
export async function forgetCopy(tx: Tx, channel: string, providerRef: string): Promise<void> {
  await tx.db
    .deleteFrom('provider_copies')
    .where('channel', '=', channel)
    .where('provider_ref', '=', providerRef)
    .where('state', '=', 'kept')
    .execute();
}

/** Copies that are due to be erased; each is handed out once a minute until it is marked. */
export async function copiesToErase(tx: Tx, limit: number, now: number): Promise<CopyToErase[]> {
  const rows = await due.all(tx, { now, limit });
  for (const { id } of rows) await lease.run(tx, { id, runAt: now + LEASE_MS });
  return rows.map((row) => ({ id: row.id, channel: row.channel, providerRef: row.provider_ref, attempts: row.attempts }));
}

/** The provider has it no more. */
export async function markCopyErased(tx: Tx, copy: CopyToErase): Promise<void> {
  await remove.run(tx, { id: copy.id });
}

/** The provider still has it: try again at `runAt` (ms), or list it for people after too many tries. */
export async function markCopyRetry(tx: Tx, copy: CopyToErase, runAt: number): Promise<void> {
  await tx.db
    .updateTable('provider_copies')
    .set({ run_at: runAt, state: copy.attempts + 1 >= MAX_ATTEMPTS ? 'stuck' : 'erase' })
    .where('id', '=', copy.id)
    .execute();
}

/** A copy that ought to be gone and is not. `stuck`: given up; a person must remove it at the provider by hand. */
export interface CopyLeft {
  channel: string;
  providerRef: string;
  state: 'erase' | 'stuck';
  attempts: number;
  createdAt: number;
}

/** Copies that providers still hold and should not: tried again, or given up. Holds no address and no text. */
export async function copiesLeft(reader: Reader): Promise<CopyLeft[]> {
  const rows = await reader.db.selectFrom('provider_copies').selectAll().where('state', '<>', 'kept').orderBy('id').execute();
  return rows.map((row) => ({
    channel: row.channel,
    providerRef: row.provider_ref,
    state: row.state === 'stuck' ? 'stuck' : 'erase',
    attempts: row.attempts,
    createdAt: row.created_at,
  }));
}

/** How many copies are given up. */
export async function countStuckCopies(reader: Reader): Promise<number> {
  const { count } = await reader.db
    .selectFrom('provider_copies')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'stuck')
    .executeTakeFirstOrThrow();
  return count;
}

/** Has the copies of a contact's media on a channel erased from now on; those of the messages stay. */
export async function eraseMediaCopies(tx: Tx, contactId: string, channel: string, now: number): Promise<void> {
  await tx.db
    .updateTable('provider_copies')
    .set({ state: 'erase', contact_id: null, run_at: now })
    .where('contact_id', '=', contactId)
    .where('channel', '=', channel)
    .where('provider_ref', 'like', `%${MEDIA_COPY}`)
    .execute();
}

/** Has all copies of a contact's messages erased from now on, and forgets whose they were. */
export async function eraseCopiesOf(tx: Tx, contactId: string, now: number): Promise<void> {
  await tx.db
    .updateTable('provider_copies')
    .set({ state: 'erase', contact_id: null, run_at: now })
    .where('contact_id', '=', contactId)
    .execute();
}

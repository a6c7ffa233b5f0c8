// Retention of messages, sessions, inbox and outbox: days for most, hours for "do not keep" and the private lane.
// Called by purge.ts. While a private case is open its messages stay with it.
//
// 2026-11-21: somebody may have messages of both kinds on one day, under one key. When the short ones go the key goes too:
// a backup must not keep them readable for as long as the others (replace-day-keys.ts).
import { sql } from 'kysely';
import type { HotlineSettings } from '../domain/content.ts';
import { purgeMedia } from './message-media.ts';
import { replaceDayKeys } from './replace-day-keys.ts';
import type { Tx } from './tx.ts';
import { DAY_MS } from './vault.ts';

type Retention = HotlineSettings['retention'];

const HOUR_MS = 3_600_000;
/** Rows of one kind that one call removes at most, so that no call holds up the service. */
const ROWS = 5000;
/** Conversations whose messages stay with an open private case. */
export const IN_PRIVATE_CASES = sql<string>`(select conversation_id from cases where status <> 'closed' and private = 1)`;
/** Condition on `messages`: older than all may become. */
export const DUE_FOR_LONG = (before: number) => sql<boolean>`created_at <= ${before} and conversation_id not in ${IN_PRIVATE_CASES}`;
/** Condition on `messages as old` of `conversations as short`: older than what is kept shortly may become. */
export const DUE_SHORTLY = (before: number) =>
  sql<boolean>`old.created_at <= ${before} and (short.keeping = 'session' or short.private = 1 or old.created_at <= short.private_at)`;

/** Purges messages and what belongs to them, and the keys of days that are over. */
export async function purgeMessages(tx: Tx, retention: Retention, now: number): Promise<{ counts: Record<string, number>; more: boolean }> {
  const longBefore = now - retention.messages_days * DAY_MS;
  const shortBefore = now - retention.session_hours * HOUR_MS;
  const sessions = await purgeSessions(tx, now);
  const long = await purgeLong(tx, longBefore);
  const short = await purgeShort(tx, shortBefore);
  const counts = {
    sessions: sessions.count,
    messages: long + short.length,
    message_media: await purgeMedia(tx),
    inbox: await purgeInbox(tx, longBefore),
    outbox: await purgeOutbox(tx, longBefore),
    provider_copies: await releaseCopies(tx, longBefore, shortBefore),
  };
  const exempt = await ownersOfPrivateCases(tx);
  const shortOwners = await ownersWithShortOnly(tx);
  tx.afterCommit(() => destroyDays(tx, { longBefore, shortBefore }, exempt, shortOwners));
  const more = await replaceDayKeys(tx, [...sessions.short, ...short], now);
  return { counts, more };
}

/** @returns how many, and the records of those that were kept shortly. */
async function purgeSessions(tx: Tx, now: number): Promise<{ count: number; short: Uint8Array[] }> {
  const rows = await tx.db
    .deleteFrom('sessions')
    .where('conversation_id', 'in', (eb) => eb.selectFrom('sessions').select('conversation_id').where('expires_at', '<=', now).limit(ROWS))
    .returning(['conversation_id', 'sealed'])
    .execute();
  const short = new Set(rows.length === 0 ? [] : await shortOf(tx, rows));
  return { count: rows.length, short: rows.filter((row) => short.has(row.conversation_id)).map((row) => row.sealed) };
}

async function shortOf(tx: Tx, rows: { conversation_id: string }[]): Promise<string[]> {
  const ids = rows.map((row) => row.conversation_id);
  const found = await tx.db
    .selectFrom('conversations')
    .select('id')
    .where('id', 'in', ids)
    .where(sql<boolean>`(keeping = 'session' or private_at is not null)`)
    .execute();
  return found.map((row) => row.id);
}

async function purgeLong(tx: Tx, before: number): Promise<number> {
  const result = await tx.db
    .deleteFrom('messages')
    .where('id', 'in', (eb) => eb.selectFrom('messages').select('id').where(DUE_FOR_LONG(before)).limit(ROWS))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** "Do not keep", and whatever was said up to the last time in the private lane. Returns the records that went. */
async function purgeShort(tx: Tx, before: number): Promise<Uint8Array[]> {
  const rows = await tx.db
    .deleteFrom('messages')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('conversations as short')
        // A cross join, so that SQLite begins with these few conversations and not with all that is older.
        .crossJoin('messages as old')
        .select('old.id')
        .whereRef('old.conversation_id', '=', 'short.id')
        .where(sql<boolean>`(short.keeping = 'session' or short.private_at is not null)`)
        .where(DUE_SHORTLY(before))
        .where('old.conversation_id', 'not in', IN_PRIVATE_CASES)
        .limit(ROWS),
    )
    .returning('sealed')
    .execute();
  return rows.map((row) => row.sealed);
}

/** Finished rows in the order in which they came: the walk ends at the first that is young enough. */
async function purgeInbox(tx: Tx, before: number): Promise<number> {
  const oldest = await tx.db.selectFrom('inbox').select(['id', 'created_at', 'state']).orderBy('id').limit(ROWS).execute();
  const young = oldest.findIndex((row) => row.created_at > before);
  const ids = (young === -1 ? oldest : oldest.slice(0, young)).filter((row) => row.state !== 'pending').map((row) => row.id);
  if (ids.length > 0) await tx.db.deleteFrom('inbox').where('id', 'in', ids).execute();
  return ids.length;
}

/** Lines that could not be sent for so long, such as those of a channel that was switched off. */
async function purgeOutbox(tx: Tx, before: number): Promise<number> {
  const result = await tx.db.deleteFrom('outbox').where('created_at', '<=', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Providers lose their copies when we lose ours. */
async function releaseCopies(tx: Tx, longBefore: number, shortBefore: number): Promise<number> {
  const release = tx.db
    .updateTable('provider_copies')
    .set({ state: 'erase', contact_id: null })
    .where('state', '=', sql.lit<'kept'>('kept'));
  const long = await release.where('created_at', '<=', longBefore).executeTakeFirst();
  const short = await release
    .where('contact_id', 'in', (eb) =>
      eb
        .selectFrom('conversations as short')
        .select('short.contact_id')
        .where(sql<boolean>`(short.keeping = 'session' or short.private_at is not null)`),
    )
    // The plus keeps SQLite from going through all of that time instead of those few people's.
    .where(sql<boolean>`+provider_copies.created_at <= ${shortBefore}`)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('conversations')
          .select(eb.lit(1).as('one'))
          .whereRef('conversations.contact_id', '=', 'provider_copies.contact_id')
          .whereRef('conversations.channel', '=', 'provider_copies.channel')
          .where((either) =>
            either.or([
              either('conversations.keeping', '=', 'session'),
              either('conversations.private_at', '>=', either.ref('provider_copies.created_at')),
            ]),
          ),
      ),
    )
    .executeTakeFirst();
  return Number(long.numUpdatedRows + short.numUpdatedRows);
}

async function ownersOfPrivateCases(tx: Tx): Promise<Set<string>> {
  const rows = await tx.db
    .selectFrom('cases')
    .select('contact_id')
    .distinct()
    .where('status', '<>', sql.lit<'closed'>('closed'))
    .where('private', '=', 1)
    .execute();
  return new Set(rows.map((row) => row.contact_id));
}

/** Contacts all of whose conversations are kept shortly: only theirs can lose a day's key before the long retention. */
async function ownersWithShortOnly(tx: Tx): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('conversations as short')
    .select('short.contact_id')
    .where(sql<boolean>`(short.keeping = 'session' or short.private_at is not null)`)
    .where(({ not, exists, selectFrom, lit }) =>
      not(
        exists(
          selectFrom('conversations as long')
            .select(lit(1).as('one'))
            .whereRef('long.contact_id', '=', 'short.contact_id')
            .where('long.keeping', '=', 'standard')
            .where('long.private', '=', 0),
        ),
      ),
    )
    .execute();
  // Told apart here: asked for distinct ones, SQLite would go through everybody in order.
  return [...new Set(rows.map((row) => row.contact_id))];
}

/** Keys of days whose messages are all gone. New records always go under today's key, so none of these is in use. */
async function destroyDays(
  tx: Tx,
  before: { longBefore: number; shortBefore: number },
  exempt: Set<string>,
  shortOwners: string[],
): Promise<void> {
  const { keys } = tx.vault;
  const longPeriod = tx.vault.periodOf(before.longBefore);
  const expired = (await keys.ownersBefore('messages', longPeriod)).filter((owner) => !exempt.has(owner));
  await tx.vault.destroyDays(expired, longPeriod);
  const short = shortOwners.filter((owner) => !exempt.has(owner));
  await tx.vault.destroyDays(short, tx.vault.periodOf(before.shortBefore));
}

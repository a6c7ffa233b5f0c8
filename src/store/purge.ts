// Removes what has outlived its retention, a bounded piece at a time, and destroys the keys that sealed it.
// Called by runtime/housekeeping.ts every few minutes and by the `purge` command.
import { sql } from 'kysely';
import type { HotlineSettings } from '../domain/content.ts';
import { keepConflicts } from './complaint-desk.ts';
import { purgeReferrals, REFERRAL_MONTHS } from './erase-referrals.ts';
import { forgetCases } from './forget-cases.ts';
import { purgeContacts } from './purge-contacts.ts';
import { purgeKeys } from './purge-keys.ts';
import { purgeMessages } from './purge-messages.ts';
import { totalDueMonths } from './request-totals.ts';
import type { Tx } from './tx.ts';
import { DAY_MS } from './vault.ts';

export type Retention = HotlineSettings['retention'];

/** Rows of one kind that one call removes at most, so that no call holds up the service. */
const PURGE_ROWS = 5000;
/** Counts are needed for one day; kept a while for a look back. */
const COUNTS_DAYS = 40;
export const CONSENT_MONTHS = 12;
/** A literal, or the partial indexes would not be used. */
const CLOSED = sql.lit<'closed'>('closed');

/** What one call has removed. */
export interface Purged {
  counts: Record<string, number>;
  /** There is more to look at: call again. */
  more: boolean;
}

/**
 * Removes expired rows. Keys are destroyed, and the write-ahead log emptied, once the transaction commits.
 * @returns how many rows of each kind went; call again while there is more.
 */
export async function purgeExpired(tx: Tx, retention: Retention, now: number): Promise<Purged> {
  const messages = await purgeMessages(tx, retention, now);
  const rows = {
    ...messages.counts,
    cases: await purgeCases(tx, retention, now),
    complaints: await purgeComplaints(tx, retention, now),
    referrals: await purgeReferrals(tx, monthsBefore(now, REFERRAL_MONTHS), PURGE_ROWS),
    request_log: await purgeRequestLog(tx, retention, now),
  };
  const contacts = await purgeContacts(tx, retention, now);
  const keys = await purgeKeys(tx, retention, now);
  const counts: Record<string, number> = {
    ...rows,
    ...contacts.counts,
    consents: await purgeConsents(tx, now),
    keys: keys.count,
    erasures: await tx.vault.keys.forgetErasuresBefore(now - retention.backup_days * DAY_MS),
  };
  const day = Math.floor(now / DAY_MS) - COUNTS_DAYS;
  await tx.db.deleteFrom('contact_counts').where('day', '<', day).execute();
  await tx.db.deleteFrom('channel_counts').where('day', '<', day).execute();
  if (Object.values(counts).some((count) => count > 0)) tx.afterCommit(() => tx.dropRemains());
  return { counts, more: messages.more || contacts.more || keys.more || Object.values(counts).some((count) => count >= PURGE_ROWS) };
}

/** The same day of the month, so many months ago, ms. */
export function monthsBefore(now: number, months: number): number {
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() - months);
  return date.getTime();
}

/** Closed ones, and open ones of people who were erased: nobody will close those. */
async function purgeCases(tx: Tx, retention: Retention, now: number): Promise<number> {
  const longAgo = monthsBefore(now, retention.case_months);
  const closed = await tx.db
    .selectFrom('cases')
    .select(['id', 'contact_id'])
    .where('status', '=', CLOSED)
    .where('closed_at', '<=', monthsBefore(now, Math.min(retention.case_months, retention.private_case_months)))
    .where((eb) =>
      eb.or([
        eb('closed_at', '<=', longAgo),
        eb.and([eb('private', '=', 1), eb('closed_at', '<=', monthsBefore(now, retention.private_case_months))]),
      ]),
    )
    .limit(PURGE_ROWS)
    .execute();
  const orphaned = await tx.db
    .selectFrom('cases')
    .select(['id', 'contact_id'])
    .where('status', '<>', CLOSED)
    .where('opened_at', '<=', longAgo)
    .where(({ not, exists, selectFrom, lit }) =>
      not(exists(selectFrom('conversations').select(lit(1).as('one')).whereRef('conversations.id', '=', 'cases.conversation_id'))),
    )
    .limit(PURGE_ROWS)
    .execute();
  const ids = [...closed, ...orphaned].map((row) => row.id);
  if (ids.length === 0) return 0;
  await keepConflicts(tx, [...new Set([...closed, ...orphaned].map((row) => row.contact_id))]);
  await forgetCases(tx, ids);
  await tx.db.deleteFrom('cases').where('id', 'in', ids).execute();
  tx.afterCommit(async () => void (await tx.vault.destroyKeys(ids)));
  return ids.length;
}

async function purgeComplaints(tx: Tx, retention: Retention, now: number): Promise<number> {
  const rows = await tx.db
    .selectFrom('complaints')
    .select('number')
    .where('state', '=', CLOSED)
    .where('closed_at', '<=', monthsBefore(now, retention.complaint_months))
    .limit(PURGE_ROWS)
    .execute();
  const numbers = rows.map((row) => row.number);
  if (numbers.length === 0) return 0;
  await tx.db.deleteFrom('complaint_notes').where('number', 'in', numbers).execute();
  await tx.db.deleteFrom('complaints').where('number', 'in', numbers).execute();
  tx.afterCommit(async () => void (await tx.vault.destroyKeys(numbers)));
  return numbers.length;
}

async function purgeRequestLog(tx: Tx, retention: Retention, now: number): Promise<number> {
  const before = monthsBefore(now, retention.request_log_months);
  await totalDueMonths(tx, before);
  const result = await tx.db
    .deleteFrom('request_log')
    .where('id', 'in', (eb) => eb.selectFrom('request_log').select('id').where('hour', '<=', before).limit(PURGE_ROWS))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** A consent is kept as long as its person's data, and a year beyond. */
async function purgeConsents(tx: Tx, now: number): Promise<number> {
  const result = await tx.db
    .deleteFrom('consents')
    .where('at', '<=', monthsBefore(now, CONSENT_MONTHS))
    .where(({ not, exists, selectFrom, lit }) =>
      not(exists(selectFrom('contacts').select(lit(1).as('one')).whereRef('contacts.id', '=', 'consents.contact_id'))),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

// What is kept longer than its retention allows, and for how long already: nothing, when the purge does its work.
// Measured by runtime/housekeeping.ts for the metrics, and part of the proof that `purge --prove` gives.
import { sql } from 'kysely';
import { WITHOUT_MESSAGE } from './message-media.ts';
import { REFERRAL_MONTHS } from './erase-referrals.ts';
import { CONSENT_MONTHS, monthsBefore, type Retention } from './purge.ts';
import { DUE_FOR_LONG, DUE_SHORTLY, IN_PRIVATE_CASES } from './purge-messages.ts';
import type { Reader } from './tx.ts';
import { DAY_MS } from './vault.ts';

const HOUR_MS = 3_600_000;

/** Records of one kind that ought to be gone. */
export interface Overdue {
  kind: string;
  count: number;
  /** How long ago the oldest of them should have gone, ms. */
  lateMs: number;
}

/** Every kind that has a retention of its own, with what is overdue. Contacts and keys are looked at by the proof alone. */
export async function findOverdue(reader: Reader, retention: Retention, now: number): Promise<Overdue[]> {
  const long = now - retention.messages_days * DAY_MS;
  const short = now - retention.session_hours * HOUR_MS;
  const kinds: [string, number, Promise<Oldest>][] = [
    ['sessions', now, oldest(reader, sql`select expires_at as at from sessions where expires_at <= ${now}`)],
    ['messages', long, oldest(reader, sql`select created_at as at from messages where ${DUE_FOR_LONG(long)}`)],
    ['message_media', now, oldest(reader, sql`select created_at as at from message_media where ${WITHOUT_MESSAGE}`)],
    ['messages_short', short, oldest(reader, dueShortly(short))],
    ['inbox', long, oldest(reader, finishedInbox(long))],
    ['outbox', long, oldest(reader, sql`select created_at as at from outbox where created_at <= ${long}`)],
    [
      'provider_copies',
      long,
      oldest(reader, sql`select created_at as at from provider_copies where state = 'kept' and created_at <= ${long}`),
    ],
    ...months(reader, retention, now),
  ];
  return Promise.all(
    kinds.map(async ([kind, before, found]) => {
      const { count, at } = await found;
      return { kind, count, lateMs: at === null ? 0 : Math.max(0, before - at) };
    }),
  );
}

function months(reader: Reader, retention: Retention, now: number): [string, number, Promise<Oldest>][] {
  const cases = monthsBefore(now, retention.case_months);
  const privateCases = monthsBefore(now, retention.private_case_months);
  const complaints = monthsBefore(now, retention.complaint_months);
  const referrals = monthsBefore(now, REFERRAL_MONTHS);
  const requests = monthsBefore(now, retention.request_log_months);
  const consents = monthsBefore(now, CONSENT_MONTHS);
  return [
    ['cases', cases, oldest(reader, sql`select closed_at as at from cases where status = 'closed' and closed_at <= ${cases}`)],
    [
      'cases_private',
      privateCases,
      oldest(reader, sql`select closed_at as at from cases where status = 'closed' and private = 1 and closed_at <= ${privateCases}`),
    ],
    [
      'complaints',
      complaints,
      oldest(reader, sql`select closed_at as at from complaints where state = 'closed' and closed_at <= ${complaints}`),
    ],
    ['referrals', referrals, oldest(reader, sql`select closed_at as at from referrals where closed_at <= ${referrals}`)],
    ['request_log', requests, oldest(reader, sql`select hour as at from request_log where hour <= ${requests}`)],
    [
      'consents',
      consents,
      oldest(
        reader,
        sql`select at from consents where at <= ${consents} and not exists (select 1 from contacts where contacts.id = consents.contact_id)`,
      ),
    ],
  ];
}

interface Oldest {
  count: number;
  at: number | null;
}

async function oldest({ db }: Reader, rows: ReturnType<typeof sql>): Promise<Oldest> {
  const result = await sql<Oldest>`select count(*) as count, min(due.at) as at from (${rows}) as due`.execute(db);
  return result.rows[0] ?? { count: 0, at: null };
}

const dueShortly = (before: number) => sql`select old.created_at as at from conversations as short
  cross join messages as old
  where old.conversation_id = short.id and (short.keeping = 'session' or short.private_at is not null) and ${DUE_SHORTLY(before)}
  and old.conversation_id not in ${IN_PRIVATE_CASES}`;

/** The oldest rows alone: the purge goes through them in this order, and there is no index by time. */
const finishedInbox = (before: number) => sql`select head.created_at as at
  from (select created_at, state from inbox order by id limit 5000) as head
  where head.state <> 'pending' and head.created_at <= ${before}`;

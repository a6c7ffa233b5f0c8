// When a crisis message ends: at most so many days ahead, shown and typed in the hotline's own time. Used by the crisis part. Pure.
import { instantOf, localTime } from '../../../util/local-time.ts';

export const MOST_ALERT_DAYS = 14;
const DAY_MS = 86_400_000;

export type AlertEnd = { kind: 'good'; until: string } | { kind: 'unreadable' | 'past' | 'too_far' };

/**
 * The end as it is kept.
 * @param typed `2026-11-30T18:00`, as the field gives it, in the hotline's time
 */
export function readAlertEnd(typed: string, timezone: string, now: number): AlertEnd {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(typed);
  // A month or an hour that does not exist is asked for by nobody but a browser without such a field.
  if (parts?.[1] === undefined || parts[2] === undefined || Number.isNaN(Date.parse(typed))) return { kind: 'unreadable' };
  const at = instantOf(parts[1], parts[2], timezone);
  if (at <= now) return { kind: 'past' };
  if (at > now + MOST_ALERT_DAYS * DAY_MS) return { kind: 'too_far' };
  return { kind: 'good', until: new Date(at).toISOString().replace('.000Z', 'Z') };
}

/** An instant as the field shows it, in the hotline's time. */
export function shownAlertEnd(at: number, timezone: string): string {
  const { date, time } = localTime(at, timezone);
  return `${date}T${time}`;
}

/** The same hour some days ahead. */
export function daysAhead(days: number, timezone: string, now: number): string {
  // A minute less, so that the most is not passed while it is looked at.
  return shownAlertEnd(now + days * DAY_MS - 60_000, timezone);
}

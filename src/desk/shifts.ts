// Hours that come back every week, in a desk's time zone: who is on shift, until when, and when next. Pure.
// Used by routing and opening. 2026-11-21: whoever has no shift entered counts as on shift only while on duty by hand.
import type { DeskRecord, Shift, StaffMember, Weekday } from '../domain/staff.ts';
import { addDays, instantOf, localTime, weekdayOf } from '../util/local-time.ts';

/** From `from` until just before `to`, ms. */
export interface Span {
  from: number;
  to: number;
}

/** How far ahead the next opening or shift is looked for. */
const DAYS_AHEAD = 15;
/** How far ahead it is looked whether somebody is on shift now: one that runs may end tomorrow. */
const TOMORROW = 1;

/** Somebody of the staff, with what they said of their duty by hand. */
export interface OnDuty extends StaffMember {
  /** On or off whatever the shifts say, until a time; null as the shifts say. */
  duty: { on: boolean; until: number | null } | null;
}

interface Weekly {
  byday: readonly Weekday[];
  startsAt: string;
  /** Not after the start: on the next day. */
  endsAt: string;
  validFrom?: string | null;
  validTo?: string | null;
}

type Place = Pick<DeskRecord, 'timezone' | 'holidays'>;

/** Spans of weekly hours that begin on the days from yesterday to some days on, in order. None begins on a holiday. */
export function spansAround(weekly: Weekly, place: Place, now: number, daysAhead = DAYS_AHEAD): Span[] {
  const { byday, startsAt, endsAt, validFrom, validTo } = weekly;
  const today = localTime(now, place.timezone).date;
  const spans: Span[] = [];
  for (const { date, day, next } of daysAround(today).slice(0, daysAhead + 2)) {
    if (!byday.includes(day) || place.holidays.includes(date)) continue;
    if ((validFrom && date < validFrom) || (validTo && date > validTo)) continue;
    const from = instantOf(date, startsAt, place.timezone);
    const to = instantOf(endsAt > startsAt ? date : next, endsAt, place.timezone);
    if (to > from) spans.push({ from, to });
  }
  return spans;
}

interface Day {
  date: string;
  day: Weekday;
  next: string;
}

/** The last that was asked for: every shift is laid over the same days. */
let lastDays: { today: string; days: Day[] } | null = null;

/** Yesterday, today, and the days ahead. */
function daysAround(today: string): Day[] {
  if (lastDays?.today === today) return lastDays.days;
  const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, index) => {
    const date = addDays(today, index - 1);
    return { date, day: weekdayOf(date), next: addDays(date, 1) };
  });
  lastDays = { today, days };
  return days;
}

/** The desk's own hours as spans. */
export function hoursAround(desk: DeskRecord, now: number): Span[] {
  return desk.hours.flatMap(({ byday, opensAt, closesAt }) => spansAround({ byday, startsAt: opensAt, endsAt: closesAt }, desk, now));
}

/** Whether an instant lies in one of the spans. */
export function isWithin(spans: readonly Span[], now: number): boolean {
  return spans.some(({ from, to }) => from <= now && now < to);
}

/** What somebody's duty by hand says now; null when it says nothing. */
export function dutyNow({ duty }: Pick<OnDuty, 'duty'>, now: number): boolean | null {
  return duty && (duty.until === null || now < duty.until) ? duty.on : null;
}

/**
 * Whether somebody is on shift, and until when (ms; null when no end is known). Shifts that meet for days on end are followed
 * to the end of tomorrow's.
 * @param desks desks of the shifts; a shift of a desk that is not among them does not count.
 */
export function shiftOf(
  member: OnDuty,
  shifts: readonly Shift[],
  desks: readonly DeskRecord[],
  now: number,
): { on: boolean; until: number | null } {
  const byHand = dutyNow(member, now);
  if (byHand === false) return { on: false, until: null };
  const until = endOf(shiftsAround(member.id, shifts, desks, now, TOMORROW), now);
  if (byHand === true) return { on: true, until: member.duty?.until ?? null };
  return { on: until !== null, until };
}

/** Somebody's shifts around now, in order of their beginning. */
export function shiftsAround(
  staffId: string,
  shifts: readonly Shift[],
  desks: readonly DeskRecord[],
  now: number,
  daysAhead = DAYS_AHEAD,
): Span[] {
  return shifts
    .filter((shift) => shift.staffId === staffId)
    .flatMap((shift) => {
      const desk = desks.find(({ id }) => id === shift.deskId);
      return desk ? spansAround(shift, desk, now, daysAhead) : [];
    })
    .sort((a, b) => a.from - b.from);
}

/** When what runs now ends: spans that meet or overlap count as one. Null when nothing runs. */
function endOf(spans: readonly Span[], now: number): number | null {
  let end: number | null = null;
  for (const span of spans) if (span.from <= (end ?? now) && span.to > (end ?? now)) end = span.to;
  return end;
}

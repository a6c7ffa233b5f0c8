// The wall clock of a time zone: date, weekday and time at an instant. Used wherever hours or days are told or compared.
// Pure: the instant is handed in. Asking the platform is slow, so the minutes asked for last are remembered.
import { LeastRecent } from './least-recent.ts';

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface LocalTime {
  /** YYYY-MM-DD. */
  date: string;
  /** As RFC 5545 writes days. */
  day: (typeof DAYS)[number];
  /** HH:MM, 24 h. */
  time: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
/** Instants of dates and times, as they were worked out. Begun anew when it is full. */
const instants = new Map<string, number>();
const MOST_INSTANTS = 10_000;
const minutes = new LeastRecent<LocalTime>(1000);

/**
 * Wall-clock date, weekday and time.
 * @param instantMs milliseconds since the epoch
 * @param timezone IANA name, such as Europe/Madrid
 */
export function localTime(instantMs: number, timezone: string): LocalTime {
  const minute = Math.floor(instantMs / MINUTE_MS);
  const key = `${minute} ${timezone}`;
  const known = minutes.get(key);
  if (known !== undefined) return known;
  const parts = Object.fromEntries(
    formatterOf(timezone)
      .formatToParts(instantMs)
      .map((part) => [part.type, part.value]),
  );
  const date = `${parts['year']}-${parts['month']}-${parts['day']}`;
  const local: LocalTime = {
    date,
    day: weekdayOf(date),
    time: `${parts['hour']}:${parts['minute']}`,
  };
  minutes.set(key, local);
  return local;
}

/**
 * The instant at which the clock of a time zone shows a date and time. A time that summer time leaves out counts as an hour
 * later; one that comes twice is the first.
 * @param date YYYY-MM-DD
 * @param time HH:MM
 */
export function instantOf(date: string, time: string, timezone: string): number {
  const key = `${date}T${time} ${timezone}`;
  const known = instants.get(key);
  if (known !== undefined) return known;
  if (instants.size >= MOST_INSTANTS) instants.clear();
  const instant = workOutInstant(date, time, timezone);
  instants.set(key, instant);
  return instant;
}

function workOutInstant(date: string, time: string, timezone: string): number {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const offsetAt = (instant: number): number => {
    const local = localTime(instant, timezone);
    return Date.parse(`${local.date}T${local.time}:00Z`) - instant;
  };
  const before = wanted - offsetAt(wanted - DAY_MS);
  return offsetAt(before) === wanted - before ? before : wanted - offsetAt(wanted + DAY_MS);
}

/** A date some days later, or earlier. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day of the week of a date, as RFC 5545 writes it. */
export function weekdayOf(date: string): LocalTime['day'] {
  return DAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 'SU';
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formatters.set(timeZone, made);
  return made;
}

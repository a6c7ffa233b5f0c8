// Sums on local dates for expressions and reminders, and times in words for what is said. Pure functions of what is passed in.
import { localTime } from '../util/local-time.ts';

/** Days from one ISO date to another; negative when the second is earlier, NaN when either is no date. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The instant at which the clock of a time zone shows a local date and hour. */
export function instantOf(date: string, hour: number, timezone: string): number {
  const guess = Date.parse(`${date}T${String(hour).padStart(2, '0')}:00:00Z`);
  const offset = zoneOffset(guess, timezone);
  return guess - zoneOffset(guess - offset, timezone);
}

/** Milliseconds by which a zone's clock is ahead of UTC at an instant. */
function zoneOffset(at: number, timezone: string): number {
  const { date, time } = localTime(at, timezone);
  return Date.parse(`${date}T${time}:00Z`) - Math.floor(at / 60_000) * 60_000;
}

const forLanguage = (language: string | null): string => {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([language ?? 'en'])[0] ?? 'en';
  } catch {
    return 'en';
  }
};

/** A local date-time (`2026-11-23T09:00`) in words of a language: "Monday 09:00". */
export function describeOpening(local: string, language: string | null): string {
  const at = Date.parse(`${local.slice(0, 16)}:00Z`);
  if (Number.isNaN(at)) return local;
  return new Intl.DateTimeFormat(forLanguage(language), { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(
    at,
  );
}

const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Weekly hours in words of a language: "Mon–Fri 09:00–18:00". */
export function describeHours(hours: { byday: string[]; opens_at: string; closes_at: string }[], language: string | null): string {
  const format = new Intl.DateTimeFormat(forLanguage(language), { weekday: 'short', timeZone: 'UTC' });
  const name = (day: string): string => format.format(Date.UTC(2024, 0, 1 + BYDAY.indexOf(day))); // 1 January 2024 was a Monday.
  return hours.map(({ byday, opens_at, closes_at }) => `${describeDays(byday, name)} ${opens_at}–${closes_at}`).join(', ');
}

function describeDays(byday: string[], name: (day: string) => string): string {
  const ranges: [number, number][] = [];
  for (const day of byday.map((code) => BYDAY.indexOf(code)).sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && day === last[1] + 1) last[1] = day;
    else ranges.push([day, day]);
  }
  return ranges.map(([from, to]) => (from === to ? name(BYDAY[from]!) : `${name(BYDAY[from]!)}–${name(BYDAY[to]!)}`)).join(', ');
}

/** An ISO date moved by days. */
export function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

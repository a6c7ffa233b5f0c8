// Opening hours of the desk: open now, and when next. Pure; times are local to the hotline's time zone.
import type { HotlineSettings } from '../domain/content.ts';

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

interface LocalTime {
  date: string;
  day: (typeof DAYS)[number];
  /** HH:MM, 24 h. */
  time: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Wall-clock date, weekday and time at an instant in a time zone. */
export function localTime(now: number, timezone: string): LocalTime {
  let formatter = formatters.get(timezone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(timezone, formatter);
  }
  const parts = Object.fromEntries(formatter.formatToParts(now).map((part) => [part.type, part.value]));
  const date = `${parts['year']}-${parts['month']}-${parts['day']}`;
  const day = DAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 'SU';
  return { date, day, time: `${parts['hour']}:${parts['minute']}` };
}

/** Whether the desk is open, and its next opening as local `YYYY-MM-DDTHH:MM` (null when no hours are set). */
export function deskOpening(desk: HotlineSettings['desk'], timezone: string, now: number): { open: boolean; opensAt: string | null } {
  const here = localTime(now, timezone);
  const hoursOn = (local: LocalTime): HotlineSettings['desk']['hours'] =>
    desk.holidays.includes(local.date) ? [] : desk.hours.filter((hours) => hours.byday.includes(local.day));
  const open = hoursOn(here).some((hours) => hours.opens_at <= here.time && here.time < hours.closes_at);
  for (let ahead = 0; ahead < 15; ahead++) {
    const local = ahead === 0 ? here : { ...localTime(now + ahead * 86_400_000, timezone), time: '' };
    const next = hoursOn(local)
      .map((hours) => hours.opens_at)
      .filter((opens) => opens > local.time)
      .sort()[0];
    if (next !== undefined) return { open, opensAt: `${local.date}T${next}` };
  }
  return { open, opensAt: null };
}

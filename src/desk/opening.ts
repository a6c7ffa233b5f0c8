// Opening hours of the desk: open now, and when next. Pure; times are local to the hotline's time zone.
import type { HotlineSettings } from '../domain/content.ts';
import { localTime, type LocalTime } from '../util/local-time.ts';

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

// Whether a place is open now, by its weekly hours in its own time zone. Holidays are not known and are ignored.
// Called by find-places.ts and by the engine through the release.
import type { Place } from '../domain/content.ts';
import { localTime } from '../util/local-time.ts';

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/**
 * True when the hours say open at `now` (ms). Hours that close at or before they open run past midnight.
 * A place without hours counts as not open: we cannot say.
 * @param timezone used where the place has none of its own
 */
export function isOpen(place: Place, now: number, timezone: string): boolean {
  if (place.hours.length === 0) return false;
  const { day, time } = localTime(now, place.timezone ?? timezone);
  const yesterday = DAYS[(DAYS.indexOf(day) + 6) % 7] ?? day;
  return place.hours.some((hours) => {
    const overnight = hours.closes_at <= hours.opens_at;
    if (hours.byday.includes(day) && time >= hours.opens_at && (overnight || time < hours.closes_at)) return true;
    return overnight && hours.byday.includes(yesterday) && time < hours.closes_at;
  });
}

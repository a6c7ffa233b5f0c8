// The days of a week in order and by name, and what of a shift falls on a day. Used by shifts and desks.
import type { Weekday } from '../../domain/staff.ts';
import { formatLocale } from '../i18n.ts';

export const WEEKDAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** A Monday; the others follow. */
const MONDAY = Date.UTC(2024, 0, 1);

/** Name of a weekday in the language of the console. */
export function nameOfDay(day: Weekday, language: string, width: 'long' | 'short' = 'long'): string {
  const at = MONDAY + WEEKDAYS.indexOf(day) * 86_400_000;
  return new Intl.DateTimeFormat(formatLocale(language), { weekday: width, timeZone: 'UTC' }).format(at);
}

// Sums on calendar days, as ISO dates (YYYY-MM-DD) without any time zone. Called by dates.ts.

const DAY_MS = 86_400_000;

/** The ISO date of a day, or null when the calendar has no such day. */
export function isoDate(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one date to a later one. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Monday is 0. */
export function weekdayOf(date: string): number {
  return (new Date(Date.parse(date)).getUTCDay() + 6) % 7;
}

/** A date in words of a language: "15 de marzo de 2027"; the ISO date where the language is unknown to the platform. */
export function dateInWords(date: string, language: string | null): string {
  if (language === null || Intl.DateTimeFormat.supportedLocalesOf([language]).length === 0) return date;
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(date));
}

// Days, hours and spans in the reader's language; digits stay Latin (i18n.ts says why). Used by every page.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatLocale } from './i18n.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

export interface Format {
  /** 14:05 */
  time(at: number): string;
  /** 21 Nov 2026 */
  day(at: number): string;
  dateTime(at: number): string;
  /** `3 minutes ago`, `in 2 hours`. */
  relative(at: number, now?: number): string;
  /** A span in its largest unit: `3 min`, `2 h`. */
  span(ms: number): string;
  number(value: number): string;
  /** Name of a language: `Arabic`. */
  language(tag: string): string;
  list(parts: readonly string[]): string;
}

/** Formats for the language of the console. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => createFormat(i18n.language), [i18n.language]);
}

function createFormat(language: string): Format {
  const locale = formatLocale(language);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    time: (at) => time.format(at),
    day: (at) => day.format(at),
    dateTime: (at) => dateTime.format(at),
    relative(at, now = Date.now()) {
      const [unit, size] = unitOf(Math.abs(at - now));
      return relative.format(Math.round((at - now) / size), unit);
    },
    span(ms) {
      const [unit, size] = unitOf(ms);
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(ms / size));
    },
    number: (value) => number.format(value),
    language: (tag) => names.of(tag) ?? tag,
    list: (parts) => list.format(parts),
  };
}

function unitOf(ms: number): readonly ['day' | 'hour' | 'minute', number] {
  return UNITS.find(([, size]) => ms >= size) ?? ['minute', 60_000];
}

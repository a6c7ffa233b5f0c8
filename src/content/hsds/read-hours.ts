// Weekly hours of schedules (RFC 5545 rules in columns). What is not the same every week is not guessed at but counted in the report.
// Called by place-of-service.ts.
import { Hours } from '../../domain/content.ts';
import type { z } from 'zod';
import type { Report } from './report.ts';
import type { HsdsSchedule } from './shape.ts';

type Hours = z.infer<typeof Hours>;

/** The days between which hours must hold to be taken. */
export interface Period {
  today: string;
  verifyBy: string;
}

/** Why a schedule has no place here, by code; each counted by itself. */
const REASONS = {
  no_times: 'Schedules without days or times of opening are not represented. Read them in the source and write the hours by hand.',
  not_weekly:
    'Schedules that are not the same every week (monthly, every other week, chosen days or a number of times) are not represented. Write in words, or by hand, what people need.',
  limited: 'Schedules that hold only from or until a date are not represented. Import again when they hold, or write the hours by hand.',
  utc: 'Schedules whose times are in UTC are not represented, because the local time depends on the date. Write the hours by hand.',
} as const;

/** The weekly hours of the given schedules, in their order, each once. */
export function readHours(schedules: HsdsSchedule[], period: Period, report: Report): Hours[] {
  const hours: Hours[] = [];
  for (const schedule of schedules) {
    const read = readOne(schedule, period);
    if (typeof read === 'string') {
      const note = { severity: 'warning', code: `schedule.${read}`, message: REASONS[read] } as const;
      report.count(note, schedule.id);
    } else if (!hours.some((each) => JSON.stringify(each) === JSON.stringify(read))) hours.push(read);
  }
  return hours;
}

function readOne(schedule: HsdsSchedule, period: Period): Hours | keyof typeof REASONS {
  const { freq = 'WEEKLY', interval = '1', byweekno, bymonth, bymonthday, byyearday, bysetpos, count } = schedule;
  const chosen = [byweekno, bymonth, bymonthday, byyearday, bysetpos, count].some((rule) => rule !== undefined);
  if (freq.toUpperCase() !== 'WEEKLY' || Number(interval) !== 1 || chosen) return 'not_weekly';
  if (isLimited(schedule, period)) return 'limited';
  const [opens, closes] = [readTime(schedule.opens_at), readTime(schedule.closes_at)];
  const byday = (schedule.byday ?? '')
    .toUpperCase()
    .split(/[,;\s]+/)
    .filter((day) => day !== '');
  if ([schedule.opens_at, schedule.closes_at].some((time) => /\dz$/i.test(time ?? ''))) return 'utc';
  const read = Hours.safeParse({ byday: [...new Set(byday)], opens_at: opens, closes_at: closes });
  if (read.success) return read.data;
  return byday.some((day) => /^[+-]?\d/.test(day)) ? 'not_weekly' : 'no_times';
}

/** A schedule that has begun and outlasts the time until the place is verified again is as good as one without dates. */
function isLimited({ valid_from, valid_to, dtstart, until }: HsdsSchedule, { today, verifyBy }: Period): boolean {
  const begun = [valid_from, dtstart].every((date) => date === undefined || date.slice(0, 10) <= today);
  const lasts = [valid_to, until].every((date) => date === undefined || date.slice(0, 10) >= verifyBy);
  return !begun || !lasts;
}

/** `9:00`, `09:00:00`, `09:00-05:00` → `09:00`: an offset is that of the place, so its clock shows the time as written. */
function readTime(text: string | undefined): string | null {
  const match = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:[+-]\d{2}:?\d{2})?$/.exec(text ?? '');
  if (match === null) return null;
  const [, hour = '', minute = ''] = match;
  const time = `${hour.padStart(2, '0')}:${minute}`;
  return /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time) ? time : null;
}

// Dates of the Ethiopian and the Persian calendar, which many write without saying so. Called by dates.ts, which asks back what it finds
// here: a date that decides about a deadline must not rest on a guess. Conversion is the platform's.
// @see https://tc39.es/ecma402/#sec-intl-datetimeformat-constructor (calendars "ethiopic" and "persian")
import { addDays } from './calendar.ts';
import { normalise } from './normalise.ts';

type Calendar = 'ethiopic' | 'persian';

/** A day as somebody wrote it; the year may be missing. */
export interface CalendarDay {
  calendar: Calendar;
  day: number;
  month: number;
  year: number | null;
}

/** Month names by their number: Amharic and Tigrinya; Persian as in Iran, and as in Afghanistan in Dari and Pashto. */
const MONTHS: Record<Calendar, string[]> = {
  ethiopic: [
    'መስከረም meskerem',
    'ጥቅምት ጥቕምቲ tikimt tikemt',
    'ህዳር ሕዳር hidar',
    'ታህሳስ ታሕሳስ tahsas',
    'ጥር ጥሪ tir',
    'የካቲት ለካቲት yekatit',
    'መጋቢት megabit',
    'ሚያዝያ ሚያዝያ miyazya',
    'ግንቦት ginbot',
    'ሰኔ ሰነ sene',
    'ሐምሌ ሓምለ hamle',
    'ነሐሴ ነሓሰ nehase',
    'ጳጉሜ ጳጉሜን ጳጉመን pagume',
  ],
  persian: [
    'فروردین حمل وری farvardin',
    'اردیبهشت ثور غویی ordibehesht',
    'خرداد جوزا غبرګولی khordad',
    'تیر سرطان چنګاښ',
    'مرداد اسد زمری mordad',
    'شهریور سنبله وږی shahrivar',
    'مهر میزان تله',
    'آبان عقرب لړم aban',
    'آذر قوس لیندۍ azar',
    'دی جدی مرغومی',
    'بهمن دلو سلواغه bahman',
    'اسفند حوت کب esfand',
  ],
};
const FIRST_YEARS: Record<Calendar, number> = { ethiopic: 7, persian: 621 };
/** Years that are written in Iran and Afghanistan now; no Gregorian date is meant by them. */
const PERSIAN_YEARS = [1300, 1500] as const;
const YEAR_DAYS = 366;
const JUST_PASSED_DAYS = 92;

const names = new Map(
  (Object.keys(MONTHS) as Calendar[]).flatMap((calendar) =>
    MONTHS[calendar].flatMap((row, index) => row.split(' ').map((name) => [normalise(name), { calendar, month: index + 1 }] as const)),
  ),
);

/** The calendar and month that a normalised word names; undefined for months of the Gregorian one. */
export function otherMonth(word: string): { calendar: Calendar; month: number } | undefined {
  return names.get(word);
}

/** Whether a year can only be of the Persian calendar. */
export function isPersianYear(year: number): boolean {
  return year >= PERSIAN_YEARS[0] && year < PERSIAN_YEARS[1];
}

/** ISO dates that a day may be: one where its year is known; else the next one, and the last if it has just passed. */
export function toGregorian({ calendar, day, month, year }: CalendarDay, today: string): string[] {
  const [from, days] =
    year === null ? [addDays(today, -JUST_PASSED_DAYS), JUST_PASSED_DAYS + YEAR_DAYS] : [firstDay(calendar, year), 2 * YEAR_DAYS];
  const found: string[] = [];
  for (let offset = 0; offset <= days; offset += 1) {
    const date = addDays(from, offset);
    const parts = partsOf(calendar, date);
    if (parts.day === day && parts.month === month && (year === null || parts.year === year)) found.push(date);
  }
  return year === null ? found.slice(0, 2).toSorted((a, b) => Number(a < today) - Number(b < today)) : found.slice(0, 1);
}

function firstDay(calendar: Calendar, year: number): string {
  return `${String(year + FIRST_YEARS[calendar]).padStart(4, '0')}-01-01`;
}

const formats = new Map<Calendar, Intl.DateTimeFormat>();

function partsOf(calendar: Calendar, date: string): { day: number; month: number; year: number } {
  const format =
    formats.get(calendar) ??
    new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, { timeZone: 'UTC', year: 'numeric', month: 'numeric', day: 'numeric' });
  formats.set(calendar, format);
  const parts = Object.fromEntries(format.formatToParts(Date.parse(date)).map(({ type, value }) => [type, Number.parseInt(value, 10)]));
  return { day: parts['day'] ?? 0, month: parts['month'] ?? 0, year: parts['year'] ?? parts['relatedYear'] ?? 0 };
}

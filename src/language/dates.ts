// Dates in a reply, as ISO dates. Called by understand.ts where a flow asks for one; today comes from outside.
// Understood: 2027-03-15, 15/3, 15.3.27, "15 de marzo", "March 15th", "mañana", "el lunes", in digits of any script.
// Where a date may be read in two ways, both are given back and the person is asked; one of the Ethiopian or Persian calendar always is.
import { byLanguage } from './by-language.ts';
import { addDays, daysBetween, isoDate, weekdayOf } from './calendar.ts';

import type { Message } from './message.ts';
import { digitsToAscii, normalise, wordsOf } from './normalise.ts';
import { isPersianYear, otherMonth, toGregorian } from './other-calendars.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a message may mean. */
export interface DatesRead {
  /** ISO dates, most likely first; none when it is no date. */
  dates: string[];
  /** The person is to be asked even where there is one only. */
  ask: boolean;
}

/** Reads a date. `today` is an ISO date. */
export type DateReader = (message: Message, language: string | null, today: string) => DatesRead;

interface DateWords {
  months: Map<string, number>;
  weekdays: Map<string, number>;
  relative: Map<string, number>;
  fillers: Set<string>;
  order: Vocabulary['dates']['order'];
}

const MOST_WORDS = 8;
/** Languages in which a date in figures may be of the Ethiopian calendar. */
const ETHIOPIAN = new Set(['am', 'ti']);
/** A day and month without a year lie ahead, unless they have just passed: then both years are offered. */
const JUST_PASSED_DAYS = 92;
/** 29 February may be this far away. */
const LEAP_YEARS_APART = 8;
const ISO = /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const NUMERIC = /(?<![\d/.-])(\d{1,2})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{4}|\d{2}))?(?![\d/])/;
const ORDINAL_ENDING = /^(\d{1,2})(?:st|nd|rd|th|er|ro|o|a)$/;

/** Builds the reader for all vocabularies. */
export function createDateReader(vocabularies: Record<string, Vocabulary>): DateReader {
  const languages = byLanguage(vocabularies, indexDates);
  return (message, language, today) => {
    const text = digitsToAscii(message.text.normalize('NFKC'));
    const other = readOtherCalendar(text, message.words, language, today);
    const dates = readGregorian(text, message, language, today);
    return other.length > 0 ? { dates: existing([...other, ...dates]), ask: true } : { dates, ask: false };
  };

  function readGregorian(text: string, message: Message, language: string | null, today: string): string[] {
    const iso = ISO.exec(text);
    if (iso) return existing([isoDate(Number(iso[1]), Number(iso[2]), Number(iso[3]))]);
    const numeric = NUMERIC.exec(text);
    if (numeric) return readNumeric(numeric, languages.own(language)[0]?.order ?? 'ask', today);
    if (message.words.length === 0 || message.words.length > MOST_WORDS) return [];
    for (const known of languages.ordered(language)) {
      const dates = readWords(message.words, known, today);
      if (dates.length > 0) return dates;
    }
    return [];
  }
}

/** A day of another calendar: by the name of its month, by a year that only the Persian one has, or as its languages write it. */
function readOtherCalendar(text: string, words: string[], language: string | null, today: string): string[] {
  const iso = ISO.exec(text);
  if (iso && isPersianYear(Number(iso[1])))
    return toGregorian({ calendar: 'persian', year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }, today);
  const [, day, month, year] = NUMERIC.exec(text)?.map(Number) ?? [];
  if (day !== undefined && month !== undefined && year !== undefined && !Number.isNaN(year)) {
    if (isPersianYear(year)) return toGregorian({ calendar: 'persian', day, month, year }, today);
    if (ETHIOPIAN.has(language ?? '')) return toGregorian({ calendar: 'ethiopic', day, month, year }, today);
    return [];
  }
  const named = words.map(otherMonth).find((month_) => month_ !== undefined);
  const numbers = words.filter((word) => /^\d{1,4}$/.test(word)).map(Number);
  const days = numbers.filter((number) => number >= 1 && number <= 31);
  if (named === undefined || days.length !== 1 || words.length > MOST_WORDS) return [];
  return toGregorian({ ...named, day: days[0]!, year: numbers.find((number) => number > 31) ?? null }, today);
}

function indexDates(vocabulary: Vocabulary): DateWords {
  const { dates } = vocabulary;
  const index = (entries: [string[], number][]): Map<string, number> =>
    new Map(entries.flatMap(([phrases, value]) => phrases.map((phrase) => [normalise(phrase), value] as const)));
  return {
    months: index(dates.months.map((phrases, month) => [phrases, month + 1])),
    weekdays: index(dates.weekdays.map((phrases, weekday) => [phrases, weekday])),
    relative: index(Object.entries(dates.relative).map(([days, phrases]) => [phrases, Number(days)])),
    fillers: new Set(dates.fillers.flatMap((phrase) => wordsOf(normalise(phrase)))),
    order: dates.order,
  };
}

function existing(dates: (string | null)[]): string[] {
  return [...new Set(dates.filter((date) => date !== null))];
}

/** 3/4 by the order of the language; by both where the language uses both and both exist. */
function readNumeric(found: RegExpExecArray, order: DateWords['order'], today: string): string[] {
  const [first, second] = [Number(found[1]), Number(found[2])];
  const year = found[3];
  const dayFirst = withYear(second, first, year, today);
  const monthFirst = withYear(first, second, year, today);
  if (order === 'ask') return existing([...dayFirst, ...monthFirst]);
  const [wanted, other] = order === 'day_first' ? [dayFirst, monthFirst] : [monthFirst, dayFirst];
  return wanted.length > 0 ? wanted : other;
}

/** The date in the given year; without one the next, and the last too if it has just passed. */
function withYear(month: number, day: number, year: string | undefined, today: string): string[] {
  if (year !== undefined) return existing([isoDate(year.length === 2 ? 2000 + Number(year) : Number(year), month, day)]);
  const thisYear = Number(today.slice(0, 4));
  const years = Array.from({ length: LEAP_YEARS_APART + 2 }, (_, index) => thisYear - 1 + index);
  const near = years.map((each) => isoDate(each, month, day)).filter((date) => date !== null);
  const next = near.find((date) => date >= today) ?? null;
  const last = near.findLast((date) => date < today && daysBetween(date, today) <= JUST_PASSED_DAYS) ?? null;
  return existing([next, last]);
}

/** Days by name, or day, month and year in any order; any word that is none of these makes it no date. */
function readWords(words: string[], known: DateWords, today: string): string[] {
  const whole = words.join(' ');
  const phrase = known.relative.has(whole) ? whole : words.filter((word) => !known.fillers.has(word)).join(' ');
  const days = known.relative.get(whole) ?? known.relative.get(phrase);
  if (days !== undefined) return [addDays(today, days)];
  const weekday = known.weekdays.get(whole) ?? known.weekdays.get(phrase);
  if (weekday !== undefined) return nextWeekday(weekday, today);
  return readDayAndMonth(words, known, today);
}

/** The coming one; on that very weekday both today and a week from now. */
function nextWeekday(weekday: number, today: string): string[] {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return ahead === 0 ? [today, addDays(today, 7)] : [addDays(today, ahead)];
}

function readDayAndMonth(words: string[], known: DateWords, today: string): string[] {
  let month: number | undefined;
  let day: number | undefined;
  let year: string | undefined;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    const pair = known.months.get(`${word} ${words[index + 1] ?? ''}`);
    const named = pair ?? known.months.get(word);
    const digits = ORDINAL_ENDING.exec(word)?.[1] ?? (/^\d{1,2}$/.test(word) ? word : undefined);
    if (named !== undefined && month === undefined) {
      month = named;
      if (pair !== undefined) index += 1;
    } else if (/^\d{4}$/.test(word) && year === undefined) year = word;
    else if (digits !== undefined && day === undefined) day = Number(digits);
    else if (!known.fillers.has(word) && !known.weekdays.has(word)) return [];
  }
  return month === undefined || day === undefined ? [] : withYear(month, day, year, today);
}

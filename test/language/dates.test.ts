// Dates as people write them, in the order and words of their language; what may be read twice is asked back.
import { describe, expect, it } from 'vitest';
import { NOW, understand } from './understanding-kit.ts';

const read = (text: string, language = 'es', now: number | undefined = NOW) => understand({ text }, { kind: 'date' }, language, now);
const dateOf = (text: string, language = 'es') => {
  const found = read(text, language);
  return found.kind === 'reply' ? found.value : found.kind === 'ambiguous' ? found.choices.map((choice) => choice.id) : found.kind;
};

describe('a date', () => {
  it.each([
    ['2027-03-15', 'es', '2027-03-15'],
    ['15/3', 'es', '2027-03-15'],
    ['15-3-27', 'es', '2027-03-15'],
    ['15.03.2027', 'fr', '2027-03-15'],
    ['3/4/2027', 'es', '2027-04-03'],
    ['١٥/٣/٢٠٢٧', 'ar', '2027-03-15'],
    ['15 de marzo', 'es', '2027-03-15'],
    ['el lunes 15 de marzo de 2027', 'es', '2027-03-15'],
    ['March 15th', 'en', '2027-03-15'],
    ['15 march 2027', 'en', '2027-03-15'],
    ['1er mars', 'fr', '2027-03-01'],
    ['١٥ مارس', 'ar', '2027-03-15'],
    ['15 كانون الثاني', 'ar', '2027-01-15'],
    ['29 de febrero', 'es', '2028-02-29'],
  ])('%s (%s)', (text, language, date) => expect(dateOf(text, language)).toBe(date));

  it.each([
    ['hoy', 'es', '2026-11-21'],
    ['mañana', 'es', '2026-11-22'],
    ['pasado mañana', 'es', '2026-11-23'],
    ['غدا', 'ar', '2026-11-22'],
    ['demain', 'fr', '2026-11-22'],
    ['tomorrow', 'en', '2026-11-22'],
    ['el lunes', 'es', '2026-11-23'],
    ['next friday', 'en', '2026-11-27'],
  ])('%s is counted from today', (text, language, date) => expect(dateOf(text, language)).toBe(date));

  it('is counted from the day at the hotline, not at Greenwich', () => {
    const lateEvening = Date.UTC(2026, 10, 21, 23, 30);
    expect(read('hoy', 'es', lateEvening)).toMatchObject({ value: '2026-11-22' });
  });
  it('is asked back where English leaves day and month open', () => {
    expect(dateOf('3/4/2027', 'en')).toEqual(['2027-04-03', '2027-03-04']);
    expect(dateOf('15/3/2027', 'en')).toBe('2027-03-15');
  });
  it('is asked back where it has just passed', () => expect(dateOf('3 de octubre')).toEqual(['2027-10-03', '2026-10-03']));
  it('is asked back on the very weekday', () => expect(dateOf('sábado')).toEqual(['2026-11-21', '2026-11-28']));
  it('is asked back in words', () => {
    const found = read('3/4/2027', 'en');
    expect(found.kind === 'ambiguous' && found.choices.map((choice) => choice.label)).toEqual([
      { literal: 'April 3, 2027' },
      { literal: 'March 4, 2027' },
    ]);
  });
  it.each(['31/2/2027', '32 de enero', 'tal vez mañana o el martes si puedo ir', 'marzo', '45'])('%s is none', (text) =>
    expect(dateOf(text)).toBe('nothing'),
  );
  it('is not understood without a clock', () => expect(understand({ text: 'mañana' }, { kind: 'date' }, 'es').kind).toBe('nothing'));
});

describe('a date of another calendar is asked back', () => {
  it.each([
    ['۱۵ مهر', ['2027-10-07', '2026-10-07']],
    ['15/7/1405', ['2026-10-07']],
    ['۱۴۰۵/۷/۱۵', ['2026-10-07']],
    ['5 መስከረም 2019', ['2026-09-15']],
  ])('%s', (text, dates) => expect(dateOf(text)).toEqual(dates));
  it('where figures may be of either, both are offered', () => {
    expect(dateOf('5/1/2019', 'am')).toEqual(['2026-09-15', '2019-01-05']);
    expect(dateOf('5/1/2027', 'es')).toBe('2027-01-05');
  });
});

// CSV that a spreadsheet opens without running anything.
import { expect, it } from 'vitest';
import { toCsv } from '../../src/util/csv.ts';

it('quotes what needs quotes', () => expect(toCsv([['a', 'b,c', 'd"e', 'f\ng']])).toBe('a,"b,c","d""e","f\ng"\r\n'));
it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', ' =1', '\u00A0=1', '\uFEFF=1', '＝1', '＋1', '－1', '＠A', '"=1'.slice(1)])(
  'takes the power out of %j',
  (cell) => expect(toCsv([[cell]])).toMatch(/^"?'/),
);
it('leaves other cells as they are', () => expect(toCsv([['a=b', '1-2', 'ma@il', 'a\tb']])).toBe('a=b,1-2,ma@il,a\tb\r\n'));

// CSV that a spreadsheet opens without running anything.
import { expect, it } from 'vitest';
import { toCsv } from '../../src/util/csv.ts';

it('quotes what needs quotes', () => expect(toCsv([['a', 'b,c', 'd"e', 'f\ng']])).toBe('a,"b,c","d""e","f\ng"\r\n'));
it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('takes the power out of %j', (cell) => expect(toCsv([[cell]])).toMatch(/^"?'/));

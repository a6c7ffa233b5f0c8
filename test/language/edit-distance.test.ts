// The distance of near matches, against the plain recursion of its definition: the quick way must never differ from it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from '../../src/language/edit-distance.ts';

const SILENT = 'heايو';
const drop = (text: string, at: number): number => (SILENT.includes(text[at] ?? '') || text[at] === text[at - 1] ? 0.5 : 1);
/** What one of the letters below in place of another costs: b and v sound alike, a and s are neighbours on keyboards. */
const change = (x: string, y: string): number =>
  x === y ? 0 : x + y === 'bv' || x + y === 'vb' ? 0.5 : x + y === 'as' || x + y === 'sa' ? 0.75 : 1;

function plain(a: string, b: string, i = a.length, j = b.length): number {
  if (i === 0 && j === 0) return 0;
  if (i === 0) return plain(a, b, 0, j - 1) + drop(b, j - 1);
  if (j === 0) return plain(a, b, i - 1, 0) + drop(a, i - 1);
  const ways = [
    plain(a, b, i - 1, j) + drop(a, i - 1),
    plain(a, b, i, j - 1) + drop(b, j - 1),
    plain(a, b, i - 1, j - 1) + change(a[i - 1]!, b[j - 1]!),
  ];
  if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(plain(a, b, i - 2, j - 2) + 1);
  return Math.min(...ways);
}

it('is that of its definition, and endless beyond the limit', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 's', 'b', 'v', 'h', 'e', 'o'), maxLength: 6 });
  fc.assert(
    fc.property(word, word, fc.constantFrom(0.5, 1, 1.5, 2), (a, b, limit) => {
      const distance = plain(a, b);
      expect(editDistance(a, b, limit)).toBe(distance > limit ? Number.POSITIVE_INFINITY : distance);
    }),
    { numRuns: 2000 },
  );
});

it('tells words with a slip from other words', () => {
  expect(editDistance('escuela', 'escuala', 2)).toBe(1);
  expect(editDistance('escuela', 'esceula', 2)).toBe(1);
  expect(editDistance('trabajo', 'travajo', 2)).toBe(0.5);
  expect(editDistance('escuela', 'trabajo', 2)).toBe(Number.POSITIVE_INFINITY);
});

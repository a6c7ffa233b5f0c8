// How long a wait is told: what three of four did not exceed, and nothing where too little is known.
import { expect, it } from 'vitest';
import { usualWait } from '../../../src/runtime/desk/waiting-time.ts';

const minutes = (...waits: number[]): number[] => waits.map((wait) => wait * 60_000);

it('tells what three of four did not exceed, rounded up', () => {
  expect(usualWait(minutes(1, 2, 3, 4, 6, 7, 8, 60))).toBe(10);
  expect(usualWait(minutes(0, 0, 0, 0, 0))).toBe(5);
});
it('promises nothing from fewer than five', () => expect(usualWait(minutes(1, 2, 3, 4))).toBeNull());

// A number is kept under its rate, whatever the wall clock does.
import { expect, it } from 'vitest';
import { createPacer } from '../../src/runtime/pacer.ts';

it('spreads segments over time, long messages over more of it', async () => {
  let now = 0;
  const pacer = createPacer(1000, () => now);
  const taken: number[] = [];
  await pacer.take(3);
  const waiting = [1, 5, 1].map((segments, index) => pacer.take(segments).then(() => taken.push(index)));
  expect(taken).toEqual([]);
  await Promise.all(waiting);
  expect(taken).toEqual([0, 1, 2]);
  now = 1000;
  await pacer.take(1);
});

it('holds no more lines than it can send before their lease ends', () => {
  expect(createPacer(null).linesAtOnce).toBe(Number.POSITIVE_INFINITY);
  expect(createPacer(1).linesAtOnce).toBe(2);
  expect(createPacer(80).linesAtOnce).toBe(160);
});

it('lets everything through where there is no limit', async () => {
  const pacer = createPacer(null, () => 0);
  await Promise.all(Array.from({ length: 100 }, () => pacer.take(10)));
});

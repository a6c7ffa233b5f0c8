// A number is kept under its rate, whatever the wall clock does, and no line waits longer than its lease allows.
import { expect, it } from 'vitest';
import { createPacer } from '../../src/runtime/pacer.ts';

it('spreads segments over time, long messages over more of it', async () => {
  let now = 0;
  const pacer = createPacer(1000, 2000, () => now);
  const taken: number[] = [];
  await pacer.take(3);
  const waiting = [1, 5, 1].map((segments, index) => pacer.take(segments).then(() => taken.push(index)));
  expect(taken).toEqual([]);
  await Promise.all(waiting);
  expect(taken).toEqual([0, 1, 2]);
  now = 1000;
  await pacer.take(1);
});

it('claims no more lines than can begin in time, fewer when they are long', async () => {
  let now = 0;
  expect(createPacer(null, 2000).linesAtOnce()).toBe(Number.POSITIVE_INFINITY);
  expect(createPacer(1, 2000, () => now).linesAtOnce()).toBe(2);
  expect(createPacer(80, 2000, () => now).linesAtOnce()).toBe(160);
  const pacer = createPacer(100, 2000, () => now);
  for (let line = 0; line < 60; line += 1) {
    await pacer.take(10);
    now += 100;
  }
  expect(pacer.linesAtOnce()).toBeLessThan(25);
  expect(pacer.linesAtOnce()).toBeGreaterThan(10);
});

it('refuses at once what would wait too long, and lets the rest through: many long lines at a low rate do not block each other', async () => {
  let now = 0;
  const pacer = createPacer(30, 300, () => now);
  const sent: number[] = [];
  for (let round = 0; round < 40; round += 1) {
    const results = Array.from({ length: 50 }, () => pacer.take(5));
    // What waits does so on a timer of real time; the queue itself is measured by `now`.
    const decided = await Promise.all(
      results.map((each) => Promise.race([each, new Promise<true>((done) => setTimeout(() => done(true), 0))])),
    );
    sent.push(decided.filter(Boolean).length);
    now += 300;
  }
  expect(Math.min(...sent.slice(1))).toBeGreaterThanOrEqual(1);
  expect(sent.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual((40 * 0.3 * 30) / 5 - 3);
});

it('says when there is room again', async () => {
  let now = 0;
  const pacer = createPacer(10, 1000, () => now);
  expect(pacer.fullForMs()).toBe(0);
  await pacer.take(30);
  expect(pacer.linesAtOnce()).toBeLessThanOrEqual(0);
  expect(pacer.fullForMs()).toBe(2500);
  now = 2600;
  expect(pacer.fullForMs()).toBe(0);
  expect(pacer.linesAtOnce()).toBeGreaterThan(0);
});

it('lets everything through where there is no limit', async () => {
  const pacer = createPacer(null, 0, () => 0);
  expect(await Promise.all(Array.from({ length: 100 }, () => pacer.take(10)))).not.toContain(false);
});

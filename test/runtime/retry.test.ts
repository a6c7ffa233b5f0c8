// Waiting before another try: growing, jittered, and never sooner than the provider asked.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { retryDelay } from '../../src/runtime/retry.ts';

const chance = fc.double({ min: 0, max: 0.999999, noNaN: true });

it('never waits less than Retry-After', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 3600 }),
      chance,
      (attempts, seconds, random) => retryDelay(attempts, seconds, random) >= seconds * 1000,
    ),
  );
});

it('grows and stays within ten minutes', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 50 }), chance, (attempts, random) => retryDelay(attempts, undefined, random) <= 600_000));
  expect(retryDelay(4, undefined, 0)).toBeGreaterThan(retryDelay(0, undefined, 0.99));
});

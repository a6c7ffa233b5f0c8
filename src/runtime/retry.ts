// How long to wait before a line is tried again: growing, with jitter, and never sooner than the provider asked.

const FIRST_MS = 2000;
const LONGEST_MS = 10 * 60_000;

/**
 * Milliseconds until the next try.
 * @param attempts tries so far, before the one that just failed.
 * @param retryAfterSeconds the provider's Retry-After, a lower bound.
 * @param random a number in [0, 1), for tests.
 */
export function retryDelay(attempts: number, retryAfterSeconds: number | undefined, random: number = Math.random()): number {
  const grown = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempts);
  const jittered = grown / 2 + (grown / 2) * random;
  return Math.round(Math.max(jittered, (retryAfterSeconds ?? 0) * 1000 * (1 + random / 10)));
}

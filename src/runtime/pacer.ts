// Keeps a sending number under its rate, counted in segments: lines wait their turn instead of being refused.
// Measured on a clock that only goes forward: setting the clock back must not make a number wait.
//
// 2026-11-30: a line that would wait too long takes no place in the queue. Lines that waited until their lease was nearly over and
// were then put back had used up the time of those behind them: with long messages at a low rate none got through any more.

export interface Pacer {
  /** True when `segments` may be sent, now or after a short wait; false at once when that would be later than `withinMs`. */
  take(segments: number): Promise<boolean>;
  /** How many lines may be claimed now so that each can begin within `withinMs`, from how long lines lately were. */
  linesAtOnce(): number;
  /** Milliseconds until there is room again; 0 when there is. */
  fullForMs(): number;
}

/** How much the newest line counts in the mean length of lines. */
const NEWEST = 0.1;

/**
 * A pacer.
 * @param perSecond segments a second; null for no limit.
 * @param withinMs longest wait of a line: well within its lease.
 * @param now milliseconds since some start, never falling.
 */
export function createPacer(perSecond: number | null, withinMs: number, now: () => number = () => performance.now()): Pacer {
  let freeAt = 0;
  let meanSegments = 1;
  const waitMs = (): number => Math.max(0, freeAt - now());
  return {
    async take(segments) {
      if (perSecond === null) return true;
      meanSegments += NEWEST * (segments - meanSegments);
      const wait = waitMs();
      if (wait > withinMs) return false;
      freeAt = now() + wait + (segments * 1000) / perSecond;
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      return true;
    },
    linesAtOnce: () =>
      perSecond === null ? Number.POSITIVE_INFINITY : Math.ceil((((withinMs - waitMs()) / 1000) * perSecond) / meanSegments),
    fullForMs: () => (perSecond === null ? 0 : Math.max(0, waitMs() - withinMs / 2)),
  };
}

// Keeps a sending number under its rate, counted in segments: lines wait their turn instead of being refused.
// Measured on a clock that only goes forward: setting the clock back must not make a number wait.

export interface Pacer {
  /** Resolves when `segments` more may be sent. */
  take(segments: number): Promise<void>;
  /** How many lines may be held at once: what can be sent in two seconds, so that long ones stay well within their lease. */
  readonly linesAtOnce: number;
}

/**
 * A pacer.
 * @param perSecond segments a second; null for no limit.
 * @param now milliseconds since some start, never falling.
 */
export function createPacer(perSecond: number | null, now: () => number = () => performance.now()): Pacer {
  let freeAt = 0;
  return {
    linesAtOnce: perSecond === null ? Number.POSITIVE_INFINITY : Math.max(2, Math.ceil(2 * perSecond)),
    async take(segments) {
      if (perSecond === null) return;
      const asked = now();
      const start = Math.max(asked, freeAt);
      freeAt = start + (segments * 1000) / perSecond;
      if (start > asked) await new Promise((resolve) => setTimeout(resolve, start - asked));
    },
  };
}

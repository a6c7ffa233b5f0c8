// Keeps a sending number under its rate, counted in segments: lines wait their turn instead of being refused.
import type { Clock } from '../util/clock.ts';

export interface Pacer {
  /** Resolves when `segments` more may be sent. */
  take(segments: number): Promise<void>;
  /** How many one-segment lines fit into the next `ms`, between 1 and `max`. */
  segmentsWithin(ms: number, max: number): number;
}

/** A pacer for `perSecond` segments a second; null for no limit. */
export function createPacer(perSecond: number | null, clock: Clock): Pacer {
  let freeAt = 0;
  return {
    async take(segments) {
      if (perSecond === null) return;
      const now = clock();
      const start = Math.max(now, freeAt);
      freeAt = start + (segments * 1000) / perSecond;
      if (start > now) await new Promise((resolve) => setTimeout(resolve, start - now));
    },
    segmentsWithin: (ms, max) => (perSecond === null ? max : Math.max(1, Math.min(max, Math.floor((ms / 1000) * perSecond)))),
  };
}

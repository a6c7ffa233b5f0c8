// The only source of "now" outside tests. Handed in by app.ts, so that tests run at a fixed date.

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** The machine's clock. */
export const systemClock: Clock = () => Date.now();

/** The machine's running time: it only goes forward, at the pace of the clock, whatever the clock is set to. For spans, never for dates. */
export const steadyClock: Clock = () => performance.now();

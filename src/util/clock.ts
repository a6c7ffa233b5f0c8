// The only source of "now" outside tests. Handed in by app.ts, so that tests run at a fixed date.

/** Milliseconds since the epoch. */
export type Clock = () => number;

/** The machine's clock. */
export const systemClock: Clock = () => Date.now();

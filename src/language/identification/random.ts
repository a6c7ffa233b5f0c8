// Random numbers that are the same every time: training the same texts gives the same model. Called by train.ts and the measurements.
// @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32

/** A stream of random numbers. */
export interface Random {
  /** 0 to before 1. */
  next(): number;
  /** A whole number from 0 to before `limit`. */
  below(limit: number): number;
}

/** Begins a stream. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { next, below: (limit) => Math.floor(next() * limit) };
}

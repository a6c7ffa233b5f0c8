// Waits for something, but not for ever. Used where the end must come whatever others do.

/** Resolves when `work` is settled or `ms` are over, whichever is first; true when it was done in time. Rejects as `work` does in time. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => void (timer = setTimeout(() => resolve(false), ms)));
  // What fails after the wait is over has nobody left to be told.
  work.catch(() => {});
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

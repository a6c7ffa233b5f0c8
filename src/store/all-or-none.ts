// Runs parts of a transaction side by side. Used where PostgreSQL's round trips are shared: receive-batch.ts, runtime/worker.ts.

/** Waits for all, also when one fails: what still ran would write to a connection whose transaction is over. */
export async function allOrNone(parts: Promise<unknown>[]): Promise<void> {
  for (const part of await Promise.allSettled(parts)) if (part.status === 'rejected') throw part.reason;
}

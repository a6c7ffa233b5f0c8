// Runs parts of a transaction side by side. Used where PostgreSQL's round trips are shared: receive-batch.ts, runtime/worker.ts.

/**
 * Waits for all, also when one fails: what still ran would write to a connection whose transaction is over.
 * @throws what went wrong first: whatever fails after that fails because the transaction is lost.
 */
export async function allOrNone(parts: Promise<unknown>[]): Promise<void> {
  let first: { error: unknown } | null = null;
  await Promise.allSettled(
    parts.map((part) =>
      part.catch((error: unknown) => {
        first ??= { error };
      }),
    ),
  );
  if (first !== null) throw (first as { error: unknown }).error;
}

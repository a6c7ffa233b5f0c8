// Token buckets by key, in bounded memory: who takes more often than the rate allows is told so. Used by admission.ts.
// The key that was silent longest is forgotten first, and then begins anew with a full bucket.

export interface Buckets {
  /** Takes one token; false when there is none. */
  take(key: string): boolean;
}

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Opens the buckets.
 * @param steadyNow milliseconds that never fall.
 */
export function createBuckets(
  { capacity, perSecond, maxKeys }: { capacity: number; perSecond: number; maxKeys: number },
  steadyNow: () => number,
): Buckets {
  const buckets = new Map<string, Bucket>();
  return {
    take(key) {
      const now = steadyNow();
      const before = buckets.get(key) ?? { tokens: capacity, at: now };
      const tokens = Math.min(capacity, before.tokens + ((now - before.at) * perSecond) / 1000);
      buckets.delete(key);
      buckets.set(key, { tokens: Math.max(0, tokens - 1), at: now });
      if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value ?? '');
      return tokens >= 1;
    },
  };
}

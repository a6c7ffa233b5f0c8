// Reads the Retry-After header. Called by channels when a provider says "later".

/** No provider is waited for longer than this at once, in seconds. */
const MAX_SECONDS = 3600;

/**
 * Seconds to wait, from a Retry-After header; undefined when it is absent or nonsense.
 * @param value delay in seconds or an HTTP date
 * @param nowMs our clock, for the date form
 * @see RFC 9110, section 10.2.3
 */
export function readRetryAfter(value: unknown, nowMs: number): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Math.ceil(Number(text)) : Math.ceil((Date.parse(text) - nowMs) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MAX_SECONDS) : undefined;
}

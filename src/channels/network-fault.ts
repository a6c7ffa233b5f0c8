// Tells, of a request that failed without an answer, whether the other side can have seen it.
// Called by channels when a send fails: what never left may be tried again, everything else is of unknown fate.

/** System codes of failures that come before the first byte of the request. */
const BEFORE_REQUEST = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** System calls that come before the first byte of the request. */
const BEFORE_CALLS = new Set(['connect', 'getaddrinfo']);

/**
 * True when the request certainly never left: no name, no route, no connection, no trusted certificate.
 * Follows `cause`, `original` and the parts of an AggregateError (one connection attempt an address).
 */
export function neverLeft(error: unknown, depth: number = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const fault = error as { code?: unknown; syscall?: unknown; cause?: unknown; original?: unknown; errors?: unknown };
  if (Array.isArray(fault.errors) && fault.errors.length > 0) return fault.errors.every((part) => neverLeft(part, depth + 1));
  if (typeof fault.code === 'string' && BEFORE_REQUEST.has(fault.code)) return true;
  if (typeof fault.syscall === 'string' && BEFORE_CALLS.has(fault.syscall)) return true;
  return neverLeft(fault.cause, depth + 1) || neverLeft(fault.original, depth + 1);
}

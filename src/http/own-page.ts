// Whether a request that may change something comes from a page of our own: a browser adds a session cookie by itself, so
// another page must not be able to make it act. Asked by guard.ts for every route where a session counts.
// @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** The only type of body that is taken. A page elsewhere cannot send it without asking first, and nobody says yes. */
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/**
 * Why a request is refused; null when it may pass. A program that shows a token sends no cookie and may come from anywhere.
 * @param header value of a request header
 * @param publicUrl the address that others use; '' where it is the one that the request names
 */
export function refuseOtherPage(method: string, header: (name: string) => string | undefined, publicUrl: string): string | null {
  if (SAFE.has(method)) return null;
  const type = header('content-type');
  const hasBody = Number(header('content-length') ?? 0) > 0 || header('transfer-encoding') !== undefined;
  if ((hasBody || type !== undefined) && !JSON_TYPE.test(type ?? ''))
    return 'The body must be JSON: send "content-type: application/json".';
  if (header('authorization') !== undefined && header('cookie') === undefined) return null;
  const site = header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' ? null : 'Requests of other sites are not taken.';
  const origin = header('origin');
  if (origin === undefined) return 'A request with a session must say where it comes from: send "origin".';
  return isOwn(origin, header('host'), publicUrl) ? null : 'Requests of other sites are not taken.';
}

function isOwn(origin: string, host: string | undefined, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { host: from, origin: given } = new URL(origin);
  return from === host || (publicUrl !== '' && given === new URL(publicUrl).origin);
}

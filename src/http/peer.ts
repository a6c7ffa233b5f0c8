// Whose connection a request came over, for limits by client only. Noted by guard.ts, asked by http/auth.
// A Request of the fetch standard does not say it, and handlers see nothing else of the server.

const peers = new WeakMap<Request, string>();

/** Notes the address at the other end of a request's connection. */
export function notePeer(request: Request, address: string | undefined): void {
  if (address !== undefined) peers.set(request, address);
}

/** The address at the other end of a request's connection, where it is known. */
export function peerOf(request: Request): string | undefined {
  return peers.get(request);
}

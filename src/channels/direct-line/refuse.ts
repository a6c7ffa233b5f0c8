// Refusals in Direct Line's own error shape, which its clients read. Thrown by this channel's rooms, answered by routes.ts.
// The one place of the channel that maps faults to HTTP; http/errors.ts serves everything that is not Direct Line.
import { AppError } from '../../domain/errors.ts';
import type { DirectLineError } from '../../api/direct-line.ts';

/** HTTP status of a refusal. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 413 | 429 | 500 | 503;

/** A request that is not carried out, as the client will read it. */
export class Refusal extends Error {
  readonly status: RefusalStatus;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: RefusalStatus, code: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Turns any fault into a refusal; `unexpected` is true where it is a fault of ours that belongs into the log. */
export function toRefusal(error: unknown): { refusal: Refusal; unexpected: boolean } {
  if (error instanceof Refusal) return { refusal: error, unexpected: false };
  if (error instanceof AppError && error.retryable) {
    const busy = 'The service cannot store messages at this moment. Nothing was lost: send it again.';
    return { refusal: new Refusal(503, 'ServiceUnavailable', busy, error.retryAfterSeconds ?? 2), unexpected: false };
  }
  return {
    refusal: new Refusal(500, 'ServiceError', 'The service failed. Send it again; if it goes on, tell whoever runs this line.'),
    unexpected: true,
  };
}

/** Body and headers of a refusal. */
export function refusalResponse(refusal: Refusal): Response {
  const body: DirectLineError = { error: { code: refusal.code, message: refusal.message } };
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  if (refusal.retryAfterSeconds !== undefined) headers['retry-after'] = String(refusal.retryAfterSeconds);
  return new Response(JSON.stringify(body), { status: refusal.status, headers });
}

// Every fault a caller can meet, by code. Used everywhere; knows nothing of HTTP (see http/errors.ts).
// Messages must hold no phone number, name or message text: they end up in logs.

/** All error codes. `area.what_went_wrong`; the area is the room that raises it. */
export type ErrorCode =
  | 'settings.invalid'
  | 'content.invalid'
  | 'content.missing_text'
  | 'content.refused'
  | 'content.moved'
  | 'channel.bad_signature'
  | 'channel.bad_request'
  | 'channel.too_large'
  | 'channel.not_configured'
  | 'channel.rate_limited'
  | 'channel.unavailable'
  | 'channel.rejected'
  | 'channel.forbidden'
  | 'channel.not_found'
  | 'engine.turn_too_long'
  | 'engine.call_too_deep'
  | 'engine.condition_failed'
  | 'service.overloaded'
  | 'store.unavailable'
  | 'store.full'
  | 'store.key_missing'
  | 'store.key_destroyed'
  | 'store.tampered'
  | 'store.schema_too_new'
  | 'store.in_use'
  | 'store.half_restored'
  | 'store.bad_backup'
  | 'store.not_found'
  | 'store.conflict'
  | 'desk.not_owner'
  | 'desk.closed'
  | 'desk.taken'
  | 'desk.moved'
  | 'desk.private'
  | 'desk.stopped'
  | 'desk.window'
  | 'desk.off'
  | 'desk.kept'
  | 'desk.cancelled'
  | 'desk.refused'
  | 'staff.not_signed_in'
  | 'staff.forbidden'
  | 'staff.second_factor'
  | 'access.refused'
  | 'access.too_many_tries'
  | 'access.invitation_over'
  | 'cli.usage';

/** A fault with a stable code. `retryable` tells whether the same call may succeed later. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** Seconds to wait before trying again, where the other side said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: { retryable?: boolean; retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

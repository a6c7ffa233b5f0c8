// The only place where faults become HTTP statuses. Bodies say what to do and nothing about people or insides.
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import { Refusal } from './api/refusal.ts';

const STATUS: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  'channel.bad_signature': 403,
  'channel.forbidden': 403,
  'channel.bad_request': 400,
  'channel.not_found': 404,
  'channel.not_configured': 404,
  'channel.too_large': 413,
  'channel.rate_limited': 429,
  'channel.unavailable': 503,
  'access.refused': 403,
  'access.too_many_tries': 429,
  'access.invitation_over': 410,
  'store.not_found': 404,
  'store.conflict': 409,
  'content.refused': 409,
  'content.moved': 409,
  'desk.not_owner': 409,
  'desk.closed': 409,
  'desk.taken': 409,
  'desk.moved': 409,
  'desk.private': 409,
  'desk.stopped': 409,
  'desk.window': 409,
  'desk.off': 409,
  'desk.kept': 409,
  'desk.cancelled': 409,
  'desk.refused': 409,
  'staff.not_signed_in': 401,
  'staff.forbidden': 403,
  'staff.second_factor': 403,
};

/** HTTP status of a fault: 503 for whatever may succeed later, 500 for what is our own. */
export function statusOf(error: unknown): ContentfulStatusCode {
  if (!(error instanceof AppError)) return 500;
  return STATUS[error.code] ?? (error.retryable ? 503 : 500);
}

/** Answers a fault as JSON `{ error: { code, message } }`, with Retry-After where it may succeed later. */
export function answerError(context: Context, error: unknown): Response {
  const status = statusOf(error);
  const own = error instanceof AppError && status < 500;
  const body = {
    error: {
      code: error instanceof AppError ? error.code : 'internal',
      message: own
        ? error.message
        : status === 503
          ? 'The service cannot store this now. Try again soon.'
          : 'Something went wrong on our side.',
      ...(error instanceof Refusal && error.permission !== undefined ? { permission: error.permission } : {}),
      ...(error instanceof Refusal && error.takenBy !== undefined ? { takenBy: error.takenBy } : {}),
    },
  };
  const retryAfter = error instanceof AppError ? error.retryAfterSeconds : undefined;
  return context.json(body, status, status === 503 || status === 429 ? { 'retry-after': String(retryAfter ?? 5) } : {});
}

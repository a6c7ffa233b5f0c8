// Why the API refuses a call, as faults that errors.ts turns into answers: what is missing, who has the case, what to do.
// Thrown by the router and by handlers. What is not the caller's to see is refused like what does not exist.
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { DeskOutcome } from '../../runtime/desk/desk.ts';

/** A refusal with what the console shows beside its sentence. */
export class Refusal extends AppError {
  /** What is missing (403). */
  readonly permission: string | undefined;
  /** Alias of whoever has the case (409). */
  readonly takenBy: string | undefined;

  constructor(code: ErrorCode, message: string, more: { permission?: string; takenBy?: string; retryable?: boolean } = {}) {
    super(code, message, { retryable: more.retryable ?? false });
    this.permission = more.permission;
    this.takenBy = more.takenBy;
  }
}

/** There is no such thing, or it is not this caller's to see. `what` as in "There is no such case." */
export function notFound(what: string): Refusal {
  return new Refusal('store.not_found', `There is no such ${what}, or it is not yours to see.`);
}

/** The permission that a caller lacks. */
export function forbidden(permission: string): Refusal {
  return new Refusal('staff.forbidden', `This needs the permission "${permission}". Ask an administrator.`, { permission });
}

/** What was sent cannot be used; the sentence says which field and what to do. */
export function badRequest(message: string): Refusal {
  return new Refusal('channel.bad_request', message);
}

/** Throws what the desk has refused; returns when it was done. */
export function orRefuse(outcome: DeskOutcome): void {
  if (outcome.ok) return;
  const { code, reason, takenBy } = outcome;
  switch (code) {
    case 'gone':
      throw notFound('case');
    case 'forbidden':
      throw new Refusal('staff.forbidden', reason);
    case 'invalid':
      throw badRequest(reason);
    case 'taken':
      throw new Refusal('desk.taken', reason, takenBy === undefined ? {} : { takenBy });
    case 'closed':
    case 'moved':
    case 'private':
    case 'stopped':
    case 'window':
    case 'off':
    case 'kept':
    case 'cancelled':
      throw new Refusal(`desk.${code}`, reason);
  }
}

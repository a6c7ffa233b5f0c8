// What a failed send means: again later, never again, or nobody knows. Called by channel.ts; pure.
import { AppError } from '../../domain/errors.ts';
import type { SendResult } from '../channel.ts';
import { neverLeft } from '../network-fault.ts';
import { TwilioRefusal } from './api.ts';

/**
 * Codes that pass: too many requests, WhatsApp's rate, queue overflow.
 * @see https://www.twilio.com/docs/api/errors
 */
const RETRYABLE = new Set([20429, 63018, 30001, 21611]);

/** Codes that go by a name, because they say something of the channel and not of Twilio; all others go by their digits. */
const NAMED: Record<number, string> = { 63016: 'outside_window' };

/** Codes that never pass for this message, whatever the HTTP status says. */
const PERMANENT = new Set([21610, 63016, 21211, 21408, 21614, 21617, 30004, 30005, 30006, 30007]);

/** Our account is at fault (wrong token, suspended): every message would fail, so they wait for the operator. */
const ACCOUNT_STATUS = new Set([401, 403]);
const ACCOUNT_WAIT_SECONDS = 300;

/** The result of a send that threw. A 504 comes from a gateway that has passed the request on, so its fate is unknown. */
export function explainFailure(error: unknown): SendResult {
  if (error instanceof TwilioRefusal) return explainRefusal(error);
  if (error instanceof AppError) return { kind: 'unknown' };
  return neverLeft(error) ? { kind: 'failed', retryable: true, code: 'not_connected' } : { kind: 'unknown' };
}

function explainRefusal(refusal: TwilioRefusal): SendResult {
  const { status, providerCode, retryAfterSeconds } = refusal;
  const code = providerCode === null ? `http_${status}` : (NAMED[providerCode] ?? String(providerCode));
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  if (providerCode !== null && PERMANENT.has(providerCode)) return { kind: 'failed', retryable: false, code };
  if (providerCode !== null && RETRYABLE.has(providerCode)) return { kind: 'failed', retryable: true, code, ...wait };
  if (status === 504) return { kind: 'unknown' };
  if (status === 429 || status === 408 || status >= 500) return { kind: 'failed', retryable: true, code, ...wait };
  if (ACCOUNT_STATUS.has(status)) return { kind: 'failed', retryable: true, code, retryAfterSeconds: ACCOUNT_WAIT_SECONDS };
  return { kind: 'failed', retryable: false, code };
}

// Random ids: unguessable, meaningless, safe in a URL. Never derived from a person.
import { randomInt } from 'node:crypto';
import { randomPart } from './random-part.ts';

/** 128 random bits as 22 characters of base64url. */
export function newId(): string {
  return randomPart(16).toString('base64url');
}

/** A referral number that can be read aloud, of so many digits: `R-2041`. Uniqueness is checked by the store. */
export function newReferralNumber(digits: number): string {
  return `R-${randomInt(10 ** (digits - 1), 10 ** digits)}`;
}

/** A complaint number that can be read aloud: `Q-` and six digits. Uniqueness is checked by the store. */
export function newComplaintNumber(): string {
  return `Q-${randomInt(100_000, 1_000_000)}`;
}

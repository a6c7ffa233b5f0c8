// Telephone numbers and e-mail addresses in a reply. Called by understand.ts where a flow asks for one.
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { z } from 'zod';
import { digitsToAscii } from './normalise.ts';

const INTERNATIONAL_PREFIX = /^\s*00/;
const PHONE_LIKE = /[+\d][\d\s().\-/]{5,24}\d/;
const EMAIL_LIKE = /[^\s<>"(),;:]{1,64}@[^\s<>"(),;:]{3,190}/;
const email = z.email();

/**
 * The telephone number in a text as E.164, or null. Numbers without a country's prefix belong to `defaultCountry`.
 * @see https://github.com/catamphetamine/libphonenumber-js
 */
export function readPhone(text: string, defaultCountry: string | undefined): string | null {
  const candidate = PHONE_LIKE.exec(digitsToAscii(text.normalize('NFKC')))?.[0].replace(INTERNATIONAL_PREFIX, '+');
  if (candidate === undefined) return null;
  const number = parsePhoneNumberFromString(candidate, defaultCountry as CountryCode | undefined);
  return number?.isValid() ? number.number : null;
}

/** The e-mail address in a text, lower case in its domain, or null. */
export function readEmail(text: string): string | null {
  const candidate = EMAIL_LIKE.exec(text.normalize('NFKC'))?.[0].replace(/[.!?]+$/, '');
  if (candidate === undefined || !email.safeParse(candidate).success) return null;
  const at = candidate.lastIndexOf('@');
  return candidate.slice(0, at) + candidate.slice(at).toLowerCase();
}

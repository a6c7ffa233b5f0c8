// The country of the number that wrote, which makes some languages likelier. Called by turn.ts; kept nowhere.
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Address } from '../domain/message.ts';

/** ISO 3166 code of the first telephone number's country; null where none is, or several share its prefix. */
export function phoneCountry(addresses: readonly Address[]): string | null {
  const phone = addresses.find(({ kind }) => kind === 'phone');
  return phone === undefined ? null : (parsePhoneNumberFromString(phone.value)?.country ?? null);
}

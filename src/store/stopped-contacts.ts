// Whether somebody has said STOP, on whichever channel. Asked by runtime/test-channel.ts before it writes to a number.
import { findContact } from './contacts.ts';
import { latestConsent } from './consents.ts';
import type { Address } from '../domain/message.ts';
import type { Reader } from './tx.ts';

/**
 * True where the contact of an address has stopped a conversation, or wants nothing of a purpose.
 * @param purpose of a consent that they may have refused, such as to be written to by SMS; null for none
 */
export async function hasStopped(reader: Reader, channel: string, address: Address, purpose: string | null): Promise<boolean> {
  const contactId = await findContact(reader, channel, address);
  if (contactId === null) return false;
  const stopped = await reader.db
    .selectFrom('conversations')
    .select('id')
    .where('contact_id', '=', contactId)
    .where('owner', '=', 'stopped')
    .executeTakeFirst();
  return stopped !== undefined || (purpose !== null && (await latestConsent(reader, contactId, purpose)) === false);
}

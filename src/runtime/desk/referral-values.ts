// What a referral discloses, item by item: what the store knows is filled in here, the rest staff write.
// Called by referrals.ts. In the private lane only a code, the language and a safe way to reach the person may be told.
import type { DisclosedItem } from '../../domain/disclosable.ts';
import { DISCLOSABLE_PRIVATELY } from '../../domain/disclosable.ts';
import { AppError } from '../../domain/errors.ts';
import type { Disclosed } from '../../domain/referral.ts';
import { replyAddress } from '../../store/contacts.ts';
import type { CaseRecord, Conversation } from '../../store/records.ts';
import type { Reader } from '../../store/store.ts';

/** What is to be disclosed of whom. */
export interface Disclosure {
  record: CaseRecord;
  conversation: Conversation;
  items: readonly DisclosedItem[];
  /** As staff wrote it. */
  given: Disclosed;
}

/** What is told where nobody but the hotline can reach the person. */
const THROUGH_US = 'through the hotline';
const CHANNELS: Record<string, string> = { whatsapp: 'WhatsApp', sms: 'SMS' };

/**
 * The values of the items; the alias is a code, the referral's number, where staff gave none.
 * @throws AppError channel.bad_request where an item may not be told, or there is nothing to tell
 */
export async function fillValues(
  reader: Reader,
  { record, conversation, items, given }: Disclosure,
): Promise<(number: string) => Disclosed> {
  if (record.private) refuseMore(items);
  const known: Disclosed = {
    contact: given.contact ?? (await contactOf(reader, conversation)),
    ...(record.language === null ? {} : { language: record.language }),
    ...(record.topic === null ? {} : { topic: record.topic }),
    ...(record.locality === null ? {} : { locality: record.locality }),
  };
  const values: Disclosed = {};
  for (const item of items) {
    if (item === 'alias') continue;
    const value = known[item] ?? given[item];
    if (value === undefined || value === '')
      throw new AppError('channel.bad_request', `There is nothing to give for "${item}". Write it, or leave it out.`);
    values[item] = value;
  }
  if (!items.includes('alias')) return () => values;
  // In the private lane a name that staff know would be too much.
  const alias = record.private ? undefined : given.alias;
  return (number) => ({ ...values, alias: alias === undefined || alias === '' ? number : alias });
}

function refuseMore(items: readonly DisclosedItem[]): void {
  const tooMuch = items.filter((item) => !DISCLOSABLE_PRIVATELY.includes(item));
  if (tooMuch.length === 0) return;
  throw new AppError(
    'channel.bad_request',
    `Of a private case only ${DISCLOSABLE_PRIVATELY.join(', ')} may be told. Leave out: ${tooMuch.join(', ')}.`,
  );
}

async function contactOf(reader: Reader, { contactId, channel }: Conversation): Promise<string> {
  const address = await replyAddress(reader, contactId, channel);
  return address?.kind === 'phone' ? `${address.value} (${CHANNELS[channel] ?? channel})` : THROUGH_US;
}

// An erasure that was asked for in another way than by writing DELETE: finds the person, counts what there is, erases.
// Called by the command `erase`, beside the running service, whose housekeeping then asks the providers.
import type { Address } from '../domain/message.ts';
import { threadsOf } from './cases.ts';
import { findContact } from './contacts.ts';
import { eraseContact, type Erased } from './erase.ts';
import { rememberCopy } from './provider-copies.ts';
import type { Reader, Tx } from './tx.ts';

/** What is kept of a person, in numbers. */
export interface Holdings {
  addresses: number;
  conversations: number;
  messages: number;
  waitingLines: number;
  cases: number;
  complaints: number;
  consents: number;
  providerCopies: number;
}

/** The person that an address belongs to, and what is kept of them; null when nobody is known by it. */
export async function findHoldings(
  reader: Reader,
  channel: string,
  address: Address,
): Promise<{ contactId: string; holdings: Holdings } | null> {
  const contactId = await findContact(reader, channel, address);
  return contactId === null ? null : { contactId, holdings: await countHoldings(reader, contactId) };
}

async function countHoldings({ db }: Reader, contactId: string): Promise<Holdings> {
  const count = async (table: 'addresses' | 'conversations' | 'outbox' | 'cases' | 'complaints' | 'consents' | 'provider_copies') => {
    const { rows } = await db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .where('contact_id', '=', contactId)
      .executeTakeFirstOrThrow();
    return rows;
  };
  const { rows: messages } = await db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .where('conversations.contact_id', '=', contactId)
    .executeTakeFirstOrThrow();
  return {
    addresses: await count('addresses'),
    conversations: await count('conversations'),
    messages,
    waitingLines: await count('outbox'),
    cases: await count('cases'),
    complaints: await count('complaints'),
    consents: await count('consents'),
    providerCopies: await count('provider_copies'),
  };
}

/**
 * Erases a person without a last word to them: they asked in another way and are told in that way.
 * @param staffSurface name under which staff's copies are erased; null when staff have no tool of their own
 */
export async function eraseOnRequest(tx: Tx, contactId: string, staffSurface: string | null, now: number): Promise<Erased> {
  const erased = await eraseContact(tx, contactId, now);
  if (staffSurface !== null) await eraseThreads(tx, contactId, staffSurface, now);
  return erased;
}

/**
 * Has what staff were told of a person in their own tool erased. After eraseContact: a thread that was opened at this very
 * moment is known by then, and none is opened any more.
 */
export async function eraseThreads(tx: Tx, contactId: string, staffSurface: string, now: number): Promise<void> {
  for (const providerRef of await threadsOf(tx, contactId))
    await rememberCopy(tx, { contactId, channel: staffSurface, providerRef, at: now, eraseAt: now });
}

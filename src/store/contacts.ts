// People, as random ids with any number of addresses. An address is found by its keyed hash and stored sealed.
// Called by receive-batch.ts for every message, and by the runtime where the last words to an erased person need a place.
import { Address } from '../domain/message.ts';
import { newRowId } from './row-id.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

const byHash = statement((db, p: { hash: string }) =>
  db.selectFrom('addresses').select(['hash', 'contact_id', 'sealed']).where('hash', '=', p.hash),
);
const insertContact = statement((db, p: { id: string; now: number }) => db.insertInto('contacts').values({ id: p.id, created_at: p.now }));
const insertAddress = statement((db, p: { hash: string; contactId: string; kind: string; sealed: Uint8Array; now: number }) =>
  db
    .insertInto('addresses')
    .values({ hash: p.hash, contact_id: p.contactId, kind: p.kind, sealed: p.sealed, created_at: p.now })
    .onConflict((conflict) => conflict.column('hash').doNothing()),
);
const sealAgain = statement((db, p: { hash: string; sealed: Uint8Array }) =>
  db.updateTable('addresses').set({ sealed: p.sealed }).where('hash', '=', p.hash),
);
const replyRow = statement((db, p: { contactId: string; channel: string }) =>
  db
    .selectFrom('conversations')
    .innerJoin('addresses', 'addresses.hash', 'conversations.reply_hash')
    .select(['addresses.hash', 'addresses.sealed'])
    .where('conversations.contact_id', '=', p.contactId)
    .where('conversations.channel', '=', p.channel),
);

export interface Resolved {
  contactId: string;
  created: boolean;
  /** Hash of the first address: the one to answer. */
  replyHash: string;
}

/**
 * The contact that any of the addresses belongs to, or a new one; addresses that are new to a known contact are added.
 * Where two addresses belong to two contacts the first one wins, and nothing is merged.
 */
export async function resolveContact(tx: Tx, channel: string, addresses: Address[], now: number): Promise<Resolved> {
  const hashed = addresses.map((address) => ({ address, hashes: tx.vault.hashAddress(channel, address) }));
  const known = [];
  for (const { address, hashes } of hashed) known.push({ address, hash: hashes[0] ?? '', row: await findHash(tx, hashes) });
  const contactId = known.find(({ row }) => row)?.row?.contact_id ?? newRowId(now);
  const created = known.every(({ row }) => !row);
  if (created) await insertContact.run(tx, { id: contactId, now });
  for (const { address, hash, row } of known) {
    if (!row) {
      const added = await insertAddress.run(tx, {
        hash,
        contactId,
        kind: address.kind,
        sealed: await sealAddress(tx, contactId, hash, address),
        now,
      });
      if (added === 0 && created) return takeTheOthers(tx, contactId, channel, addresses, now);
    } else if (!row.sealed && row.contact_id === contactId)
      await sealAgain.run(tx, { hash: row.hash, sealed: await sealAddress(tx, contactId, row.hash, address) });
  }
  // The first address may be another contact's: then the answer goes to the first that is this contact's own.
  const own = known.find(({ row }) => !row || row.contact_id === contactId);
  return { contactId, created, replyHash: own?.row?.hash ?? own?.hash ?? '' };
}

/** PostgreSQL: another transaction made a contact for one of the addresses at the same moment; that one counts. */
async function takeTheOthers(tx: Tx, contactId: string, channel: string, addresses: Address[], now: number): Promise<Resolved> {
  await tx.db.deleteFrom('addresses').where('contact_id', '=', contactId).execute();
  await tx.db.deleteFrom('contacts').where('id', '=', contactId).execute();
  return resolveContact(tx, channel, addresses, now);
}

/** The contact that an address belongs to. */
export async function findContact(reader: Reader, channel: string, address: Address): Promise<string | null> {
  const row = await findHash(reader, reader.vault.hashAddress(channel, address));
  return row?.contact_id ?? null;
}

/** Where to answer a contact on a channel; null when it has no conversation there or its address is no longer kept. */
export async function replyAddress(reader: Reader, contactId: string, channel: string): Promise<Address | null> {
  const row = await replyRow.first(reader, { contactId, channel });
  return row?.sealed ? openAddress(reader, row.hash, row.sealed) : null;
}

/** Opens a sealed address of the table of addresses; null when its key is gone or it is damaged. */
export async function openAddress(reader: Reader, hash: string, sealed: Uint8Array): Promise<Address | null> {
  const text = await reader.vault.openIfSound({ table: 'addresses', row: hash, column: 'sealed' }, sealed);
  return text === null ? null : Address.parse(JSON.parse(text));
}

async function findHash(reader: Reader, hashes: string[]) {
  for (const hash of hashes) {
    const row = await byHash.first(reader, { hash });
    if (row) return row;
  }
  return null;
}

function sealAddress(tx: Tx, contactId: string, hash: string, address: Address): Promise<Buffer> {
  return tx.vault.seal(contactId, 'contact', { table: 'addresses', row: hash, column: 'sealed' }, JSON.stringify(address));
}

// People, as random ids with any number of addresses. An address is found by its keyed hash and stored sealed.
// Called by receive-batch.ts for every message, and by the runtime where the last words to an erased person need a place.
import { Address } from '../domain/message.ts';
import { ADDRESS_VERSION } from './rotate-addresses.ts';
import { allOrNone } from './all-or-none.ts';
import { newRowId } from './row-id.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

const byHash = statement(
  (db, p: { hash: string }) => db.selectFrom('addresses').select(['hash', 'contact_id', 'sealed']).where('hash', '=', p.hash),
  { types: { hash: 'text' } },
);
const insertContact = statement((db, p: { id: string; now: number }) => db.insertInto('contacts').values({ id: p.id, created_at: p.now }), {
  types: { id: 'text', now: 'bigint' },
});
const insertAddress = statement(
  (db, p: { hash: string; contactId: string; kind: string; sealed: Uint8Array; now: number }) =>
    db
      .insertInto('addresses')
      .values({ hash: p.hash, contact_id: p.contactId, kind: p.kind, sealed: p.sealed, created_at: p.now })
      .onConflict((conflict) => conflict.column('hash').doNothing()),
  { types: { hash: 'text', contactId: 'text', kind: 'text', sealed: 'bytea', now: 'bigint' }, key: ['hash'] },
);
const sealAgain = statement((db, p: { old: string; hash: string; sealed: Uint8Array }) =>
  db.updateTable('addresses').set({ hash: p.hash, sealed: p.sealed }).where('hash', '=', p.old),
);
const addressVersion = statement((db, p: { name: string }) => db.selectFrom('meta').select('value').where('name', '=', p.name), {
  types: { name: 'text' },
});
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
  if (created) tx.vault.noteNew(contactId);
  if (created) await allOrNone([insertContact.run(tx, { id: contactId, now }), tx.vault.prepareToSeal(contactId, ['contact', 'messages'])]);
  for (const entry of known) {
    const { address, hash, row } = entry;
    if (!row) {
      const added = await addAddress(tx, { hash, contactId, address, now });
      if (added === 'rotated' || (added === 'taken' && created)) return startAgain(tx, created ? contactId : null, channel, addresses, now);
    } else if (!row.sealed && row.contact_id === contactId) row.hash = await sealAnew(tx, contactId, row.hash, hash, address);
  }
  // The first address may be another contact's: then the answer goes to the first that is this contact's own.
  const own = known.find(({ row }) => !row || row.contact_id === contactId);
  return { contactId, created, replyHash: own?.row?.hash ?? own?.hash ?? '' };
}

/**
 * Adds an address. `rotated`: by now new addresses are hashed with another version of the secret, and this one was taken
 * back. The version is asked for after the insert, which a rotation waits for: see rotate-addresses.ts.
 */
async function addAddress(
  tx: Tx,
  { hash, contactId, address, now }: { hash: string; contactId: string; address: Address; now: number },
): Promise<'added' | 'taken' | 'rotated'> {
  const sealed = await sealAddress(tx, contactId, hash, address);
  const [added, version] = await Promise.all([
    insertAddress.run(tx, { hash, contactId, kind: address.kind, sealed, now }),
    addressVersion.first(tx, { name: ADDRESS_VERSION }),
  ]);
  if (Number(version?.value) === tx.vault.addressVersion) return added === 1 ? 'added' : 'taken';
  if (added === 1) await tx.db.deleteFrom('addresses').where('hash', '=', hash).execute();
  await tx.vault.useAddressVersion(Number(version?.value));
  return 'rotated';
}

/** A person whose address was forgotten after STOP writes again. Another node may destroy the forgotten key at this moment. */
async function sealAnew(tx: Tx, contactId: string, old: string, hash: string, address: Address): Promise<string> {
  const sealed = await sealAddress(tx, contactId, hash, address);
  await sealAgain.run(tx, { old, hash, sealed });
  // The row is locked from here on: whoever destroys the key of a forgotten address holds it, too.
  if (!(await tx.vault.isKept(sealed)))
    await sealAgain.run(tx, { old: hash, hash, sealed: await sealAddress(tx, contactId, hash, address) });
  if (old !== hash)
    await tx.db
      .updateTable('conversations')
      .set({ reply_hash: hash })
      .where('contact_id', '=', contactId)
      .where('reply_hash', '=', old)
      .execute();
  return hash;
}

/** PostgreSQL: another transaction was first, with a contact for one of the addresses or with a new secret; that counts. */
async function startAgain(tx: Tx, created: string | null, channel: string, addresses: Address[], now: number): Promise<Resolved> {
  if (created !== null) {
    await tx.db.deleteFrom('addresses').where('contact_id', '=', created).execute();
    await tx.db.deleteFrom('contacts').where('id', '=', created).execute();
  }
  return resolveContact(tx, channel, addresses, now);
}

/** The contact that an address belongs to. */
export async function findContact(reader: Reader, channel: string, address: Address): Promise<string | null> {
  const row = await findHash(reader, reader.vault.hashAddress(channel, address));
  if (row) return row.contact_id;
  // Somebody who is not known here is rare. A rotation may have hashed all addresses anew.
  const version = await addressVersion.first(reader, { name: ADDRESS_VERSION });
  if (!version || Number(version.value) === reader.vault.addressVersion) return null;
  await reader.vault.useAddressVersion(Number(version.value));
  return (await findHash(reader, reader.vault.hashAddress(channel, address)))?.contact_id ?? null;
}

/** Where to answer a contact on a channel; null when it has no conversation there or its address is no longer kept. */
export async function replyAddress(reader: Reader, contactId: string, channel: string): Promise<Address | null> {
  const row = await replyRow.first(reader, { contactId, channel });
  return row?.sealed ? openAddress(reader, row.hash, row.sealed) : null;
}

/** A telephone number of a contact, on whatever channel it was learned; null when none is kept. */
export async function phoneOf(reader: Reader, contactId: string): Promise<Address | null> {
  const rows = await reader.db
    .selectFrom('addresses')
    .select(['hash', 'sealed'])
    .where('contact_id', '=', contactId)
    .where('kind', '=', 'phone')
    .orderBy('created_at')
    .execute();
  for (const { hash, sealed } of rows) {
    const address = sealed && (await openAddress(reader, hash, sealed));
    if (address) return address;
  }
  return null;
}

/** Opens a sealed address of the table of addresses; null when its key is gone or it is damaged. */
export async function openAddress(reader: Reader, hash: string, sealed: Uint8Array): Promise<Address | null> {
  const text = await reader.vault.openIfSound({ table: 'addresses', row: hash, column: 'sealed' }, sealed);
  return text === null ? null : Address.parse(JSON.parse(text));
}

/** More than one hash only after a rotation. */
async function findHash(reader: Reader, hashes: string[]) {
  if (hashes.length === 1) return byHash.first(reader, { hash: hashes[0] ?? '' });
  return reader.db.selectFrom('addresses').select(['hash', 'contact_id', 'sealed']).where('hash', 'in', hashes).executeTakeFirst();
}

function sealAddress(tx: Tx, contactId: string, hash: string, address: Address): Promise<Buffer> {
  return tx.vault.seal(contactId, 'contact', { table: 'addresses', row: hash, column: 'sealed' }, JSON.stringify(address));
}

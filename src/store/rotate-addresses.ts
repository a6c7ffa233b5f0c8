// Hashes addresses anew with a new version of the secret, a batch at a time, while the service runs. Called by rotate-keys.ts.
// A node that does not know the new version yet finds nobody by it; contacts.ts makes sure that it then makes nobody either.
import { sql, type Kysely } from 'kysely';
import { Address } from '../domain/message.ts';
import { hashPatterns, hashUpTo } from './address-hash.ts';
import type { AddressTable, Schema } from './schema.ts';
import type { Reader, Tx } from './tx.ts';

/** Name of the fact in the main database: the version of the secret that hashes new addresses. */
export const ADDRESS_VERSION = 'address_version';

/** An address that has another hash now. */
export interface Rehashed {
  contactId: string;
  old: string;
  hash: string;
}

/** The version that hashes new addresses; on a database that has none yet, the one in use. */
export async function settleAddressVersion(db: Kysely<Schema>, version: number): Promise<number> {
  await db
    .insertInto('meta')
    .values({ name: ADDRESS_VERSION, value: String(version) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = await db.selectFrom('meta').select('value').where('name', '=', ADDRESS_VERSION).executeTakeFirst();
  return Number(row?.value ?? version);
}

/**
 * From now on new addresses are hashed with this version. PostgreSQL: transactions that have added one end first, so that
 * whoever reads the older hashes afterwards misses none.
 */
export async function startAddressVersion(tx: Tx, version: number): Promise<void> {
  if (tx.dialect === 'postgres') await sql`lock table addresses in share row exclusive mode`.execute(tx.db);
  await tx.db
    .updateTable('meta')
    .set({ value: String(version) })
    .where('name', '=', ADDRESS_VERSION)
    .execute();
}

/** How many addresses there are, and how many of them an older version hashed. */
export async function countAddresses(reader: Reader, version: number): Promise<{ all: number; older: number }> {
  const { all } = await reader.db
    .selectFrom('addresses')
    .select(({ fn }) => fn.countAll<number>().as('all'))
    .executeTakeFirstOrThrow();
  const { older } = await olderThan(reader, version)
    .select(({ fn }) => fn.countAll<number>().as('older'))
    .executeTakeFirstOrThrow();
  return { all, older };
}

/** Gives the next addresses after `after` (a hash) the hash of this version. Empty when there is none left. */
export async function rehashAddresses(tx: Tx, version: number, after: string, limit: number): Promise<Rehashed[]> {
  const rows = await olderThan(tx, version)
    .selectAll()
    .where('hash', '>', after)
    .orderBy('hash')
    .limit(limit)
    .$if(tx.dialect === 'postgres', (query) => query.forUpdate())
    .execute();
  const done: Rehashed[] = [];
  for (const row of rows) done.push(await rehash(tx, row, version));
  await pointTo(tx, done);
  return done;
}

/**
 * Lets conversations answer to the new hashes. Done once more after the commit of a batch: a message that arrived meanwhile
 * may have put an old one back.
 */
export async function pointTo(tx: Tx, rehashed: Rehashed[]): Promise<void> {
  for (const { contactId, old, hash } of rehashed)
    await tx.db
      .updateTable('conversations')
      .set({ reply_hash: hash })
      .where('contact_id', '=', contactId)
      .where('reply_hash', '=', old)
      .execute();
}

const olderThan = (reader: Reader, version: number) => {
  const [direct, again] = hashPatterns(version);
  return reader.db.selectFrom('addresses').where('hash', 'not like', direct).where('hash', 'not like', again);
};

async function rehash(tx: Tx, row: AddressTable, version: number): Promise<Rehashed> {
  const text = row.sealed ? await tx.vault.openIfSound(place(row.hash), row.sealed) : null;
  const address = text === null ? null : Address.parse(JSON.parse(text));
  const direct = address ? await directHash(tx, row, address) : null;
  const hash = direct ?? hashUpTo(tx.vault.secrets, version, row.hash);
  const known = await tx.db.selectFrom('addresses').select('hash').where('hash', '=', hash).executeTakeFirst();
  if (known) await tx.db.deleteFrom('addresses').where('hash', '=', row.hash).execute();
  else {
    const sealed = text === null ? null : await tx.vault.seal(row.contact_id, 'contact', place(hash), text);
    await tx.db.updateTable('addresses').set({ hash, sealed }).where('hash', '=', row.hash).execute();
  }
  return { contactId: row.contact_id, old: row.hash, hash };
}

/** An address that means something on its own channel only is hashed with the channel: the one that gives the old hash. */
async function directHash(tx: Tx, row: AddressTable, address: Address): Promise<string | null> {
  const rows = await tx.db.selectFrom('conversations').select('channel').where('contact_id', '=', row.contact_id).execute();
  for (const channel of address.kind === 'phone' ? [''] : rows.map((conversation) => conversation.channel)) {
    const hashes = tx.vault.hashAddress(channel, address);
    if (hashes.includes(row.hash)) return hashes[0] ?? null;
  }
  return null;
}

const place = (hash: string) => ({ table: 'addresses', row: hash, column: 'sealed' });

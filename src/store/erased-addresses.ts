// Who was erased a short while ago: of each address the keyed hash and the time, nothing else. Written by erase.ts in the same
// transaction, read where a provider's list is gone through (runtime/missed.ts), forgotten once no list goes back that far.
//
// 2026-11-21: in the main database, so that it is there exactly when the erasure is. A backup from before the erasure does not
// have it: the erasure is repeated then, and writes it again with its own time.
import type { Address } from '../domain/message.ts';
import { hashPatterns, hashUpTo } from './address-hash.ts';
import { rememberCopy } from './provider-copies.ts';
import { ADDRESS_VERSION } from './rotate-addresses.ts';
import type { Reader, Tx } from './tx.ts';

/** Hashes that one statement asks for. */
const PIECE = 500;

/** Notes the addresses of a contact that is erased now. Before they are deleted. */
export async function noteErasedAddresses(tx: Tx, contactId: string, at: number): Promise<void> {
  const rows = await tx.db.selectFrom('addresses').select('hash').where('contact_id', '=', contactId).execute();
  for (const { hash } of rows) await note(tx, hash, at);
}

/** The latest erasure counts. */
async function note(tx: Tx, hash: string, at: number): Promise<void> {
  await tx.db
    .insertInto('erased_addresses')
    .values({ hash, at })
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ at }).where('erased_addresses.at', '<', at))
    .execute();
}

/** For each message whose sender was erased since: when that was (ms). */
export async function erasuresOf<M extends { channel: string; from: Address[] }>(reader: Reader, messages: M[]): Promise<Map<M, number>> {
  const found = new Map<M, number>();
  if ((await reader.db.selectFrom('erased_addresses').select('hash').limit(1).executeTakeFirst()) === undefined) return found;
  await followRotation(reader);
  const hashesOf = ({ channel, from }: M): string[] => from.flatMap((address) => reader.vault.hashAddress(channel, address));
  const hashes = [...new Set(messages.flatMap(hashesOf))];
  const times = new Map<string, number>();
  for (let start = 0; start < hashes.length; start += PIECE) {
    const piece = hashes.slice(start, start + PIECE);
    for (const { hash, at } of await reader.db.selectFrom('erased_addresses').selectAll().where('hash', 'in', piece).execute())
      times.set(hash, at);
  }
  for (const message of messages) {
    const at = Math.max(...hashesOf(message).map((hash) => times.get(hash) ?? Number.NEGATIVE_INFINITY));
    if (at > Number.NEGATIVE_INFINITY) found.set(message, at);
  }
  return found;
}

/** What an erased person had written and we never had: known from now on, never stored, and deleted at its provider. */
export async function passOverErased(
  tx: Tx,
  message: { channel: string; externalId: string },
  { keepsCopy, now }: { keepsCopy: boolean; now: number },
): Promise<void> {
  const { channel, externalId } = message;
  const { numInsertedOrUpdatedRows: added } = await tx.db
    .insertInto('inbox')
    .values({
      channel,
      external_id: externalId,
      contact_id: null,
      conversation_id: null,
      sealed: null,
      state: 'done',
      attempts: 0,
      run_at: now,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['channel', 'external_id']).doNothing())
    .executeTakeFirstOrThrow();
  if (keepsCopy && Number(added) === 1) await rememberCopy(tx, { contactId: '', channel, providerRef: externalId, at: now, eraseAt: now });
}

/** Forgets who was erased before an instant (ms). Returns how many addresses. */
export async function forgetErasedAddresses(tx: Tx, before: number): Promise<number> {
  const { numDeletedRows } = await tx.db.deleteFrom('erased_addresses').where('at', '<=', before).executeTakeFirst();
  if (Number(numDeletedRows) > 0) tx.afterCommit(() => tx.dropRemains());
  return Number(numDeletedRows);
}

/** A rotation: whoever got the older secret must not find out by it who was erased. After the addresses themselves. */
export async function rehashErasedAddresses(tx: Tx, version: number): Promise<void> {
  const [direct, again] = hashPatterns(version);
  const rows = await tx.db
    .selectFrom('erased_addresses')
    .selectAll()
    .where('hash', 'not like', direct)
    .where('hash', 'not like', again)
    .execute();
  for (const { hash, at } of rows) {
    await note(tx, hashUpTo(tx.vault.secrets, version, hash), at);
    await tx.db.deleteFrom('erased_addresses').where('hash', '=', hash).execute();
  }
}

/** A rotation on another node may have hashed everything anew. */
async function followRotation(reader: Reader): Promise<void> {
  const row = await reader.db.selectFrom('meta').select('value').where('name', '=', ADDRESS_VERSION).executeTakeFirst();
  if (row && Number(row.value) !== reader.vault.addressVersion) await reader.vault.useAddressVersion(Number(row.value));
}

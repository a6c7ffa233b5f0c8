// Retention of people: a contact of whom nothing is kept any more goes, with its addresses, conversations and keys.
// Called by purge.ts. Of those who said STOP the keyed hash stays, so that they are left in peace until they write START.
import type { HotlineSettings } from '../domain/content.ts';
import { deleteConversations } from './erase.ts';
import type { Reader, Tx } from './tx.ts';
import { DAY_MS } from './vault.ts';

/** Contacts looked at in one call; the next call goes on where this one ended. */
const CONTACTS = 250;
const CURSOR = 'purge_contacts_after';

/**
 * Removes idle contacts, and the readable addresses of idle contacts that said STOP.
 * @returns how many, and whether there are contacts that were not looked at yet
 */
export async function purgeContacts(
  tx: Tx,
  retention: HotlineSettings['retention'],
  now: number,
): Promise<{ counts: Record<string, number>; more: boolean }> {
  const after = await readCursor(tx);
  const batch = await tx.db.selectFrom('contacts').select('id').where('id', '>', after).orderBy('id').limit(CONTACTS).execute();
  const more = batch.length === CONTACTS;
  await writeCursor(tx, more ? (batch.at(-1)?.id ?? '') : '');
  const before = now - retention.messages_days * DAY_MS;
  const idle = await idleContacts(
    tx,
    batch.map((row) => row.id),
    before,
  );
  const stopped = await lockStopped(
    tx,
    idle.filter((contact) => contact.stopped).map((contact) => contact.id),
    before,
  );
  const gone = idle.filter((contact) => !contact.stopped).map((contact) => contact.id);
  await removeContacts(tx, gone);
  await destroyForgotten(tx, stopped);
  const forgotten = await forgetAddresses(tx, stopped);
  if (gone.length > 0) tx.afterCommit(async () => void (await tx.vault.destroyKeys(gone)));
  return { counts: { contacts: gone.length, addresses: forgotten }, more };
}

/** PostgreSQL: holds those who said STOP, and leaves out who has written meanwhile. Addresses first, as arriving messages do. */
async function lockStopped(tx: Tx, ids: string[], before: number): Promise<string[]> {
  if (tx.dialect === 'sqlite' || ids.length === 0) return ids;
  await tx.db.selectFrom('addresses').select('hash').where('contact_id', 'in', ids).orderBy('hash').forUpdate().execute();
  await tx.db.selectFrom('contacts').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
  return (await idleContacts(tx, ids, before)).filter((contact) => contact.stopped).map((contact) => contact.id);
}

/**
 * Keys of addresses that an earlier call has forgotten. While the rows are locked: whoever writes again at this moment
 * seals the address anew after us, finds that the key is gone and makes another (contacts.ts).
 */
async function destroyForgotten(tx: Tx, ids: string[]): Promise<void> {
  const owners = await tx.vault.keys.ownersWith('contact', ids);
  if (owners.length === 0) return;
  const rows = await tx.db.selectFrom('addresses').select(['contact_id', 'sealed']).where('contact_id', 'in', owners).execute();
  const kept = new Set(rows.filter((row) => row.sealed !== null).map((row) => row.contact_id));
  const forgotten = owners.filter((owner) => !kept.has(owner));
  if (forgotten.length > 0) await tx.vault.destroyKeys(forgotten, ['contact']);
}

/** Contacts with nothing kept and nothing pending, on any channel, since `before` (ms). */
export async function idleContacts(tx: Reader, ids: string[], before: number): Promise<{ id: string; stopped: boolean }[]> {
  if (ids.length === 0) return [];
  const busy = new Set<string>();
  const stopped = new Set<string>();
  const conversations = await tx.db
    .selectFrom('conversations')
    .select(['id', 'contact_id', 'owner', 'last_inbound_at', 'created_at'])
    .where('contact_id', 'in', ids)
    .execute();
  for (const row of conversations) {
    if ((row.last_inbound_at ?? row.created_at) > before) busy.add(row.contact_id);
    if (row.owner === 'stopped') stopped.add(row.contact_id);
  }
  const candidates = conversations.filter((row) => !busy.has(row.contact_id));
  const contactOf = new Map(candidates.map((row) => [row.id, row.contact_id]));
  const inUse = await conversationsInUse(tx, [...contactOf.keys()]);
  for (const id of inUse) busy.add(contactOf.get(id) ?? '');
  const complaints = await tx.db.selectFrom('complaints').select('contact_id').distinct().where('contact_id', 'in', ids).execute();
  for (const row of complaints) busy.add(row.contact_id ?? '');
  // Who was referred with their consent is to hear how it ended, and can take it back.
  const referred = await tx.db
    .selectFrom('referrals')
    .select('contact_id')
    .distinct()
    .where('contact_id', 'in', ids)
    .where('closed_at', 'is', null)
    .execute();
  for (const row of referred) busy.add(row.contact_id ?? '');
  return ids.filter((id) => !busy.has(id)).map((id) => ({ id, stopped: stopped.has(id) }));
}

async function conversationsInUse(tx: Reader, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { db } = tx;
  const rows = await db
    .selectFrom('messages')
    .select('conversation_id')
    .where('conversation_id', 'in', ids)
    .union(db.selectFrom('sessions').select('conversation_id').where('conversation_id', 'in', ids))
    .union(db.selectFrom('timers').select('conversation_id').where('conversation_id', 'in', ids))
    .union(db.selectFrom('outbox').select('conversation_id').where('conversation_id', 'in', ids))
    .union(db.selectFrom('cases').select('conversation_id').where('conversation_id', 'in', ids).where('status', '<>', 'closed'))
    .union(
      db
        .selectFrom('inbox')
        .select((eb) => eb.ref('conversation_id').$notNull().as('conversation_id'))
        .where('conversation_id', 'in', ids),
    )
    .execute();
  return new Set(rows.map((row) => row.conversation_id));
}

async function removeContacts(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const conversations = await tx.db.selectFrom('conversations').select('id').where('contact_id', 'in', ids).execute();
  await deleteConversations(
    tx,
    conversations.map((row) => row.id),
  );
  await tx.db.deleteFrom('contact_counts').where('contact_id', 'in', ids).execute();
  await tx.db.deleteFrom('addresses').where('contact_id', 'in', ids).execute();
  await tx.db.updateTable('provider_copies').set({ state: 'erase', contact_id: null }).where('contact_id', 'in', ids).execute();
  await tx.db.deleteFrom('contacts').where('id', 'in', ids).execute();
}

async function forgetAddresses(tx: Tx, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await tx.db
    .updateTable('addresses')
    .set({ sealed: null })
    .where('contact_id', 'in', ids)
    .where('sealed', 'is not', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

async function readCursor(tx: Tx): Promise<string> {
  const row = await tx.db.selectFrom('meta').select('value').where('name', '=', CURSOR).executeTakeFirst();
  return row?.value ?? '';
}

async function writeCursor(tx: Tx, value: string): Promise<void> {
  await tx.db
    .insertInto('meta')
    .values({ name: CURSOR, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

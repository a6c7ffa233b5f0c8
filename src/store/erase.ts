// Erases a person: every conversation on every channel, in one transaction, and the keys of it after the commit.
// Called by runtime/apply when DELETE is confirmed, by the `erase` command and, after a backup was restored, at start.
// What could not be finished at once is finished by runtime/housekeeping.
//
// 2026-11-21: of an open case the codes stay (topic, language, priority), its summary goes: nobody can follow the case any
// more, as the person was told. An open complaint keeps its text, without its person, until it is closed: it is addressed
// to the organisation, and somebody who holds another's phone must not be able to make it disappear.
import { keepConflicts } from './complaint-desk.ts';
import { eraseReferrals } from './erase-referrals.ts';
import { noteErasedAddresses } from './erased-addresses.ts';
import { mediaOwners } from './message-media.ts';
import type { CaseTable, ComplaintTable } from './schema.ts';
import { noteDeskChange } from './desk-changes.ts';
import { forgetCases } from './forget-cases.ts';
import { eraseCopiesOf } from './provider-copies.ts';
import type { Reader, Tx } from './tx.ts';
import type { Vault } from './vault.ts';

const PAGE = 1000;
/** Until then whoever erases is at it. */
const FINISH_AFTER_MS = 60_000;

/** What remains of an erased person, for telling them. */
export interface Erased {
  openCase: boolean;
  openComplaints: number;
}

/**
 * Deletes everything of a contact. Its keys are destroyed, and the write-ahead log emptied, once the transaction commits.
 * Lines that wait to be sent are dropped; queue the last words afterwards, as a farewell line.
 */
export async function eraseContact(tx: Tx, contactId: string, now: number): Promise<Erased> {
  const conversations = await lockPerson(tx, contactId);
  await keepConflicts(tx, [contactId]);
  await eraseReferrals(tx, contactId, now);
  const cases = await eraseCases(tx, contactId);
  const complaints = await eraseComplaints(tx, contactId);
  const owners = [contactId, ...cases.destroyed, ...complaints.destroyed, ...(await mediaOwners(tx, contactId))];
  // Noted first: if the process dies after the commit, the next start destroys the keys.
  await tx.vault.keys.noteErasure({ contact_id: contactId, owners: JSON.stringify(owners), at: now, done: 0 });
  await eraseCopiesOf(tx, contactId, now);
  if (conversations.length > 0)
    await tx.db.updateTable('request_log').set({ pseudonym: null }).where('conversation_id', 'in', conversations).execute();
  await deleteConversations(tx, conversations);
  await tx.db.deleteFrom('outbox').where('contact_id', '=', contactId).execute();
  await tx.db.deleteFrom('contact_counts').where('contact_id', '=', contactId).execute();
  await tx.db.deleteFrom('consents').where('contact_id', '=', contactId).execute();
  await noteErasedAddresses(tx, contactId, now);
  await tx.db.deleteFrom('addresses').where('contact_id', '=', contactId).execute();
  await tx.db.deleteFrom('contacts').where('id', '=', contactId).execute();
  tx.afterCommit(() => destroy(tx.vault, contactId, owners, now));
  tx.afterCommit(() => tx.dropRemains());
  return { openCase: cases.open, openComplaints: complaints.open };
}

interface Transactions {
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * At start: destroys the keys of erasures whose process died after the commit, and forgets those that were never committed
 * (the message that asked for them is still in the inbox). Erases again whoever is back because a backup was restored.
 * @param restoring the contacts are those of a backup, and say nothing of what was committed since: every erasure counts.
 * @returns how many were erased again.
 */
export async function repeatErasures(store: Transactions, restoring: boolean): Promise<number> {
  const { vault } = await store.read((reader) => Promise.resolve(reader));
  for (const { contact_id: contactId, owners, at } of await vault.keys.erasures(0)) {
    const [present] = await store.read((reader) => presentContacts(reader, [contactId]));
    if (restoring || present === undefined) await destroy(vault, contactId, JSON.parse(owners) as string[], at);
    else await vault.keys.forgetErasure(contactId);
  }
  let count = 0;
  const erased = await vault.keys.erasures(1);
  for (let start = 0; start < erased.length; start += PAGE) {
    const ids = erased.slice(start, start + PAGE).map((erasure) => erasure.contact_id);
    for (const id of await store.read((reader) => presentContacts(reader, ids))) {
      const at = erased.find((erasure) => erasure.contact_id === id)?.at ?? 0;
      await store.transaction((tx) => eraseContact(tx, id, at));
      count += 1;
    }
  }
  return count;
}

/**
 * While the service runs: destroys the keys of erasures that were committed a while ago and whose keys are still there,
 * because the key store was away or because nobody heard of the commit.
 * @returns how many were finished.
 */
export async function finishErasures(store: Pick<Transactions, 'read'>, now: number): Promise<number> {
  const { vault } = await store.read((reader) => Promise.resolve(reader));
  const late = (await vault.keys.erasures(0)).filter(({ at }) => at <= now - FINISH_AFTER_MS);
  let count = 0;
  for (let start = 0; start < late.length; start += PAGE) {
    const page = late.slice(start, start + PAGE);
    const ids = page.map((erasure) => erasure.contact_id);
    const present = new Set(await store.read((reader) => presentContacts(reader, ids)));
    for (const { contact_id: contactId, owners, at } of page) {
      if (present.has(contactId)) continue;
      await destroy(vault, contactId, JSON.parse(owners) as string[], at);
      count += 1;
    }
  }
  return count;
}

async function presentContacts(reader: Reader, ids: string[]): Promise<string[]> {
  const rows = await reader.db.selectFrom('contacts').select('id').where('id', 'in', ids).execute();
  return rows.map((row) => row.id);
}

/** Removes the rows of conversations, and all that hangs on them. Their request log stays, without a link to them. */
export async function deleteConversations(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.deleteFrom('messages').where('conversation_id', 'in', ids).execute();
  await tx.db.deleteFrom('message_media').where('conversation_id', 'in', ids).execute();
  await tx.db.deleteFrom('sessions').where('conversation_id', 'in', ids).execute();
  await tx.db.deleteFrom('timers').where('conversation_id', 'in', ids).execute();
  // What remains recognises late retries of the provider.
  await tx.db
    .updateTable('inbox')
    .set({ state: 'done', sealed: null, contact_id: null, conversation_id: null })
    .where('conversation_id', 'in', ids)
    .where('state', '=', 'pending')
    .execute();
  await tx.db.updateTable('request_log').set({ conversation_id: null }).where('conversation_id', 'in', ids).execute();
  await tx.db.deleteFrom('conversations').where('id', 'in', ids).execute();
}

async function destroy(vault: Vault, contactId: string, owners: string[], at: number): Promise<void> {
  await vault.destroyKeys(owners);
  await vault.keys.noteErasure({ contact_id: contactId, owners: JSON.stringify(owners), at, done: 1 });
}

/** Conversations first, then the contact: the order in which turns and arriving messages take them. */
async function lockPerson(tx: Tx, contactId: string): Promise<string[]> {
  const postgres = tx.dialect === 'postgres';
  const rows = await tx.db
    .selectFrom('conversations')
    .select('id')
    .where('contact_id', '=', contactId)
    .orderBy('id')
    .$if(postgres, (query) => query.forNoKeyUpdate())
    .execute();
  await tx.db
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', contactId)
    .$if(postgres, (query) => query.forUpdate())
    .execute();
  return rows.map((row) => row.id);
}

async function eraseCases(tx: Tx, contactId: string): Promise<{ open: boolean; destroyed: string[] }> {
  const rows: Pick<CaseTable, 'id' | 'status'>[] = await tx.db
    .selectFrom('cases')
    .select(['id', 'status'])
    .where('contact_id', '=', contactId)
    .execute();
  await tx.db.updateTable('cases').set({ sealed: null }).where('contact_id', '=', contactId).execute();
  await forgetCases(
    tx,
    rows.map((row) => row.id),
  );
  for (const { id, status } of rows) if (status !== 'closed') await noteDeskChange(tx, 'case', id);
  return { open: rows.some((row) => row.status !== 'closed'), destroyed: rows.map((row) => row.id) };
}

async function eraseComplaints(tx: Tx, contactId: string): Promise<{ open: number; destroyed: string[] }> {
  const rows: Pick<ComplaintTable, 'number' | 'state'>[] = await tx.db
    .selectFrom('complaints')
    .select(['number', 'state'])
    .where('contact_id', '=', contactId)
    .execute();
  const destroyed = rows.filter((row) => row.state === 'closed').map((row) => row.number);
  await tx.db.updateTable('complaints').set({ contact_id: null, conversation_id: null }).where('contact_id', '=', contactId).execute();
  if (destroyed.length > 0) {
    await tx.db.updateTable('complaints').set({ sealed: null, closing_sealed: null }).where('number', 'in', destroyed).execute();
    await tx.db.deleteFrom('complaint_notes').where('number', 'in', destroyed).execute();
  }
  return { open: rows.filter((row) => row.state !== 'closed').length, destroyed };
}

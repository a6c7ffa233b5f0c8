// Retention of data keys: one whose owner is gone is destroyed, whatever became of the process that should have done it.
// Called by purge.ts. A key may be older than its first record (it is written before the commit), never by a day.
//
// 2026-11-21: in a backup that was put back nobody is who came after it, so their keys have no owner. If it was the wrong
// backup they are needed for the right one: keys from before a restore stay as long as there may be such a backup. What
// was erased, and days that are over, go as ever.
import type { HotlineSettings } from '../domain/content.ts';
import type { KeyStore } from './key-store.ts';
import type { DataKeyTable, Schema } from './schema.ts';
import type { Reader, Tx } from './tx.ts';
import { DAY_MS } from './vault.ts';

type Retention = HotlineSettings['retention'];

/** Keys looked at in one call; the next call goes on where this one ended. */
const KEYS = 500;
const CURSOR = 'purge_keys_after';
/** Fact of the key store: when a backup was put back last (ms). */
const RESTORED_AT = 'restored_at';

/** Destroys keys of owners that are gone. */
export async function purgeKeys(tx: Tx, retention: Retention, now: number): Promise<{ count: number; more: boolean }> {
  const cursor = await tx.db.selectFrom('meta').select('value').where('name', '=', CURSOR).executeTakeFirst();
  const batch = await tx.vault.keys.madeBefore(now - DAY_MS, cursor?.value ?? '', KEYS);
  const more = batch.length === KEYS;
  const value = more ? (batch.at(-1)?.id ?? '') : '';
  await tx.db
    .insertInto('meta')
    .values({ name: CURSOR, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
  const orphans = await withoutOwner(tx, batch, await keptSince(tx, retention, now));
  if (orphans.length > 0) tx.afterCommit(async () => void (await tx.vault.destroyIds(orphans)));
  return { count: orphans.length, more };
}

/** Notes that a backup is put back: what is in it says nothing of who came after it. */
export function noteRestore(keys: KeyStore, now: number): Promise<void> {
  return keys.note(RESTORED_AT, String(now));
}

/** Keys that were made before this time (ms) are kept although their owner is gone: another backup may hold it. */
export async function keptSince({ vault }: Reader, retention: Retention, now: number): Promise<number> {
  const restoredAt = Number((await vault.keys.fact(RESTORED_AT)) ?? 0);
  return now < restoredAt + retention.backup_days * DAY_MS ? restoredAt : 0;
}

/** Ids of the keys whose owner is not in the database, of those that were made after `since` (ms, see `keptSince`). */
export async function withoutOwner(
  reader: Reader,
  all: Pick<DataKeyTable, 'id' | 'owner' | 'class' | 'created_at'>[],
  since: number,
): Promise<string[]> {
  const keys = all.filter((key) => key.created_at >= since);
  const there = new Set<string>();
  for (const [keyClass, [table, column]] of Object.entries(OWNERS)) {
    const owners = [...new Set(keys.filter((key) => key.class === keyClass).map((key) => key.owner))];
    if (owners.length === 0) continue;
    const { ref } = reader.db.dynamic;
    const rows = await reader.db
      .selectFrom(table)
      .select(ref<string>(column))
      .where(ref<string>(column), 'in', owners)
      // Of a file that is gone the row stays for a while, and nothing that a key could open.
      .$if(keyClass === 'media', (query) => query.where(ref('sealed'), 'is not', null))
      .execute();
    for (const row of rows as unknown as Record<string, string>[]) there.add(`${keyClass} ${row[column]}`);
  }
  return keys.filter((key) => key.class in OWNERS && !there.has(`${key.class} ${key.owner}`)).map((key) => key.id);
}

/** Where the owners of each class stand. */
const OWNERS: Record<string, [keyof Schema, string]> = {
  contact: ['contacts', 'id'],
  messages: ['contacts', 'id'],
  case: ['cases', 'id'],
  complaint: ['complaints', 'number'],
  farewell: ['outbox', 'id'],
  media: ['message_media', 'id'],
  staff: ['staff', 'id'],
};

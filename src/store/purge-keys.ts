// Retention of data keys: one whose owner is gone is destroyed, whatever became of the process that should have done it.
// Called by purge.ts. A key may be older than its first record (it is written before the commit), never by a day.
import type { Schema } from './schema.ts';
import type { Reader, Tx } from './tx.ts';
import { DAY_MS } from './vault.ts';

/** Keys looked at in one call; the next call goes on where this one ended. */
const KEYS = 2000;
const CURSOR = 'purge_keys_after';

/** Destroys keys of owners that are gone. */
export async function purgeKeys(tx: Tx, now: number): Promise<{ count: number; more: boolean }> {
  const cursor = await tx.db.selectFrom('meta').select('value').where('name', '=', CURSOR).executeTakeFirst();
  const batch = await tx.vault.keys.madeBefore(now - DAY_MS, cursor?.value ?? '', KEYS);
  const more = batch.length === KEYS;
  const value = more ? (batch.at(-1)?.id ?? '') : '';
  await tx.db
    .insertInto('meta')
    .values({ name: CURSOR, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
  const orphans = await withoutOwner(tx, batch);
  if (orphans.length > 0) tx.afterCommit(async () => void (await tx.vault.destroyIds(orphans)));
  return { count: orphans.length, more };
}

/** Ids of the keys whose owner is not in the database. */
export async function withoutOwner(reader: Reader, keys: { id: string; owner: string; class: string }[]): Promise<string[]> {
  const there = new Set<string>();
  for (const [keyClass, [table, column]] of Object.entries(OWNERS)) {
    const owners = [...new Set(keys.filter((key) => key.class === keyClass).map((key) => key.owner))];
    if (owners.length === 0) continue;
    const { ref } = reader.db.dynamic;
    const rows = await reader.db.selectFrom(table).select(ref<string>(column)).where(ref<string>(column), 'in', owners).execute();
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
};

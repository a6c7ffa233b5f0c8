// Destroys the key of a day before the day's time is over: what was kept shortly under it is gone, and what stays is sealed
// anew with a key of its own generation. Called by purge-messages.ts, and by prove-retention.ts to find what is left over.
//
// 2026-11-21: a key of a later generation is made before the commit, and says that the earlier one is to go. Whoever dies
// in between leaves nothing behind that the next purge does not find. A key that still seals new records (its day is not
// over, or has only just been) waits, and so does one whose rows somebody works on.
import { sql } from 'kysely';
import { GENERATION, type KeyStore } from './key-store.ts';
import type { DataKeyTable } from './schema.ts';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.ts';
import { keyIdOf, KEY_ID_BYTES } from './sealed-record.ts';
import type { Tx } from './tx.ts';
import { DAY_MS } from './vault.ts';

type DayKey = Pick<DataKeyTable, 'id' | 'owner' | 'class' | 'period'>;
type Row = Record<string, unknown>;

/** Keys that one call replaces at most: each is eight queries and a few rows, and nobody is to wait long. */
const KEYS = 50;
const PAGE = 1000;
/** Longer than any transaction, and than a key is remembered: after midnight some still seal with the key of the day before. */
const STILL_USED_MS = 10 * 60_000;

/**
 * Replaces the keys of records that were deleted, and those that an earlier call has left over. They are destroyed once
 * the transaction commits.
 * @returns whether there is more to replace: call again.
 */
export async function replaceDayKeys(tx: Tx, deleted: Uint8Array[], now: number): Promise<boolean> {
  const { vault } = tx;
  const ids = [...new Set(deleted.map(keyIdOf))];
  const spoiled: DayKey[] = [];
  for (let start = 0; start < ids.length; start += PAGE) spoiled.push(...(await vault.keys.findByIds(ids.slice(start, start + PAGE))));
  const days = spoiled.filter((key) => key.class === 'messages');
  await Promise.all(days.map((key) => vault.replaceDay(key)));
  const late = await replacedKeys(vault.keys, now);
  const due = [...new Map([...days.filter(isOver(now)), ...late].map((key) => [key.id, key])).values()];
  // Earlier generations first: what is sealed again may have to be once more.
  due.sort((a, b) => a.period - b.period);
  // What is remembered may be from before another node has replaced it.
  if (due.length > 0) vault.forget();
  const empty: string[] = [];
  for (const key of due.slice(0, KEYS)) if (await sealAllAgain(tx, key)) empty.push(key.id);
  if (empty.length > 0) tx.afterCommit(async () => void (await vault.destroyIds(empty)));
  return due.length > KEYS;
}

/** Keys in whose place there is another, and that seal nothing new any more. */
export async function replacedKeys(keys: KeyStore, now: number): Promise<DayKey[]> {
  return (await keys.replaced()).filter(isOver(now));
}

const isOver =
  (now: number) =>
  (key: DayKey): boolean =>
    ((key.period % GENERATION) + 1) * DAY_MS <= now - STILL_USED_MS;

/** Seals anew whatever a key has sealed. Returns false when somebody works on a row of it. */
async function sealAllAgain(tx: Tx, key: DayKey): Promise<boolean> {
  let all = true;
  for (const column of SEALED_COLUMNS) if (column.ofDay !== undefined) all = (await sealColumnAgain(tx, key, column, column.ofDay)) && all;
  return all;
}

async function sealColumnAgain(tx: Tx, key: DayKey, sealed: SealedColumn, name: string): Promise<boolean> {
  const { table, column } = { table: sql.table(sealed.table), column: sql.ref(sealed.column) };
  const mine = sql`conversation_id in (select id from conversations where contact_id = ${key.owner})
    and substr(${column}, 2, ${sql.lit(KEY_ID_BYTES)}) = ${Buffer.from(key.id, 'base64url')}`;
  const { rows } = await sql<Row>`select * from ${table} where ${mine}
    ${tx.dialect === 'postgres' ? sql`for update skip locked` : sql``}`.execute(tx.db);
  let broken = 0;
  for (const row of rows) {
    const place = sealed.place(row);
    const text = await tx.vault.openIfSound(place, row[sealed.column] as Uint8Array);
    // Nobody can read it with the key either.
    if (text === null) broken += 1;
    else {
      const again = await tx.vault.sealAgain(key, place, text);
      await sql`update ${table} set ${column} = ${again} where ${sql.ref(name)} = ${row[name]}`.execute(tx.db);
    }
  }
  const left = await sql`select 1 from ${table} where ${mine}`.execute(tx.db);
  return left.rows.length === broken;
}

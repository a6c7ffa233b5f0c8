// Counts tries to sign in, in windows of time, for all nodes together. Keys are keyed hashes: of an address, of a client. Tests
// of channels are counted the same way, by member. Called by http/auth and runtime/test-channel.ts; one statement a try, so that
// tries at the same moment are all counted.
import { sql } from 'kysely';
import type { Tx } from './tx.ts';

/** Counts a try. @returns how many there were in the window that is open. */
export async function countAttempt(tx: Tx, key: string, windowMs: number, now: number): Promise<number> {
  const over = sql<boolean>`staff_attempts.since <= ${now - windowMs}`;
  const row = await tx.db
    .insertInto('staff_attempts')
    .values({ key, count: 1, since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql<number>`case when ${over} then 1 else staff_attempts.count + 1 end`,
        since: sql<number>`case when ${over} then ${now} else staff_attempts.since end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Takes a try back that turned out to be right. */
export async function uncountAttempt(tx: Tx, key: string): Promise<void> {
  await tx.db
    .updateTable('staff_attempts')
    .set((eb) => ({ count: eb('count', '-', 1) }))
    .where('key', '=', key)
    .where('count', '>', 0)
    .execute();
}

/** Forgets the tries of a key. */
export async function forgetAttempts(tx: Tx, key: string): Promise<void> {
  await tx.db.deleteFrom('staff_attempts').where('key', '=', key).execute();
}

/**
 * Removes windows that began before a time.
 * @param kinds how their keys begin, up to a space: others have windows of other lengths
 */
export async function removeOldAttempts(tx: Tx, kinds: readonly string[], before: number): Promise<void> {
  await tx.db
    .deleteFrom('staff_attempts')
    .where('since', '<', before)
    .where((eb) => eb.or(kinds.map((kind) => eb('key', 'like', `${kind} %`))))
    .execute();
}

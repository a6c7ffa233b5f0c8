// Leases: work that only one of several nodes may do, such as writing to the staff's threads. One row each among the small facts.
// Called by runtime/staff.ts. A holder that dies is replaced when its lease runs out.
import type { Tx } from './tx.ts';

/**
 * Takes or renews a lease.
 * @param holder random name of this process
 * @param forMs how long it holds without being renewed
 * @returns whether this process holds it now
 */
export async function takeLease(tx: Tx, name: string, holder: string, now: number, forMs: number): Promise<boolean> {
  const row = `lease ${name}`;
  await tx.db
    .insertInto('meta')
    .values({ name: row, value: '' })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const found = await tx.db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', row)
    .$if(tx.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  const [held = '', until = '0'] = (found?.value ?? '').split(' ');
  if (held !== holder && Number(until) > now) return false;
  await tx.db
    .updateTable('meta')
    .set({ value: `${holder} ${now + forMs}` })
    .where('name', '=', row)
    .execute();
  return true;
}

/** Gives a lease back, so that another node need not wait for its end. */
export async function endLease(tx: Tx, name: string, holder: string): Promise<void> {
  await tx.db.updateTable('meta').set({ value: '' }).where('name', '=', `lease ${name}`).where('value', 'like', `${holder} %`).execute();
}

// Leases: work that only one of several nodes may do, such as writing to the staff's threads. One row each among the small facts.
// Called by runtime/lease.ts. A holder that dies is replaced when its lease runs out.
import type { Tx } from './tx.ts';

/**
 * Takes or renews a lease whose holder counts as gone when it was silent for long enough, whatever its clock says.
 * @param until ms since the epoch; only to be different at each renewal
 * @param silent what stood there all the time that the caller has waited; null when it has not waited long enough
 * @returns whether this process holds it now, and what stands there
 */
export async function takeSilentLease(
  tx: Tx,
  name: string,
  holder: string,
  until: number,
  silent: string | null,
): Promise<{ held: boolean; value: string }> {
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
  const value = found?.value ?? '';
  const isFree = value === '' || value === silent || value.split(' ')[0] === holder;
  if (!isFree) return { held: false, value };
  const mine = `${holder} ${until}`;
  await tx.db.updateTable('meta').set({ value: mine }).where('name', '=', row).execute();
  return { held: true, value: mine };
}

/** Gives a lease back, so that another node need not wait for its end. */
export async function endLease(tx: Tx, name: string, holder: string): Promise<void> {
  await tx.db.updateTable('meta').set({ value: '' }).where('name', '=', `lease ${name}`).where('value', 'like', `${holder} %`).execute();
}

// What somebody did in Slack before their account was linked becomes their account's. Called by manage-staff.ts.
// The conflict rule of complaints goes by it: it must hold when the link is taken away again.
import { sql } from 'kysely';
import type { Tx } from './tx.ts';

/** Puts every case that a guest had or has, and what complaints keep in mind of it, under the account that is theirs. */
export async function adoptGuest(tx: Tx, slackUser: string, staffId: string): Promise<void> {
  const { db } = tx;
  const guest = `slack:${slackUser}`;
  await db.updateTable('conversations').set({ assignee: staffId }).where('assignee', '=', guest).execute();
  await db.updateTable('cases').set({ assignee: staffId }).where('assignee', '=', guest).execute();
  await db.updateTable('cases').set({ closed_by: staffId }).where('closed_by', '=', guest).execute();
  await db.updateTable('case_assignments').set({ staff_id: staffId }).where('staff_id', '=', guest).execute();
  const [before, after] = [JSON.stringify(guest), JSON.stringify(staffId)];
  await db
    .updateTable('complaints')
    .set({ conflicts: sql<string>`replace(conflicts, ${before}, ${after})` })
    .where('conflicts', 'like', `%${before}%`)
    .execute();
}

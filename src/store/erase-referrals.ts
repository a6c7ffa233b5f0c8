// What becomes of referrals when their person is erased, and when their retention is over. Called by erase.ts and purge.ts.
// 2026-11-21: of what was sent the codes stay until they are purged, so that the partner sees that consent was withdrawn.
import { CHANGEABLE } from '../domain/referral.ts';
import { noteDeskChange } from './desk-changes.ts';
import { withdrawReferrals } from './referral-consents.ts';
import type { Tx } from './tx.ts';

/** How long a referral is kept after it was closed, months. */
export const REFERRAL_MONTHS = 12;

/** The person is gone: open referrals are taken back, those that nobody outside has seen go, and no word is left of any. */
export async function eraseReferrals(tx: Tx, contactId: string, now: number): Promise<void> {
  await withdrawReferrals(tx, contactId, now);
  const rows = await tx.db.selectFrom('referrals').select(['id', 'state']).where('contact_id', '=', contactId).execute();
  if (rows.length === 0) return;
  const unseen = rows.filter((row) => CHANGEABLE.some((state) => state === row.state)).map((row) => row.id);
  await removeReferrals(tx, unseen);
  await tx.db.updateTable('referrals').set({ sealed: null, contact_id: null }).where('contact_id', '=', contactId).execute();
  await tx.db.updateTable('referral_consents').set({ contact_id: null }).where('contact_id', '=', contactId).execute();
  await noteDeskChange(tx, 'referrals', null);
}

/**
 * Referrals that were closed long ago, and open ones whose case is gone: nobody will close those.
 * @param before closed at that time or earlier, ms
 */
export async function purgeReferrals(tx: Tx, before: number, limit: number): Promise<number> {
  const rows = await tx.db
    .selectFrom('referrals')
    .select('id')
    .where(({ eb, or, and, not, exists, selectFrom, lit }) =>
      or([
        eb('closed_at', '<=', before),
        and([
          eb('closed_at', 'is', null),
          eb('created_at', '<=', before),
          not(exists(selectFrom('cases').select(lit(1).as('one')).whereRef('cases.id', '=', 'referrals.case_id'))),
        ]),
      ]),
    )
    .limit(limit)
    .execute();
  await removeReferrals(
    tx,
    rows.map((row) => row.id),
  );
  return rows.length;
}

async function removeReferrals(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.deleteFrom('referral_consents').where('referral_id', 'in', ids).execute();
  await tx.db.deleteFrom('referrals').where('id', 'in', ids).execute();
}

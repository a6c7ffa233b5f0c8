// Invitations: a link that makes somebody's account, or makes it anew, once and for three days. Only a hash of it is kept.
// Called by http/auth and by the command `staff`.
import { createHash, randomBytes } from 'node:crypto';
import type { Reader, Tx } from './tx.ts';

const VALID_MS = 3 * 86_400_000;
const SECRET_BYTES = 32;

/** Makes an invitation; an earlier one of the same member works no more. @returns the secret of the link. */
export async function makeInvitation(tx: Tx, staffId: string, now: number): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  await withdrawInvitations(tx, staffId);
  await tx.db
    .insertInto('invitations')
    .values({ hash: hash(secret), staff_id: staffId, created_at: now, expires_at: now + VALID_MS, used_at: null })
    .execute();
  return secret;
}

/** Whom an invitation is for; null when it was used, is over, or never was. */
export async function findInvitation(reader: Reader, secret: string, now: number): Promise<string | null> {
  const row = await reader.db
    .selectFrom('invitations')
    .select('staff_id')
    .where('hash', '=', hash(secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.staff_id ?? null;
}

/** Takes an invitation up: of several at the same moment one succeeds. @returns whom it is for, null for the others. */
export async function takeInvitation(tx: Tx, secret: string, now: number): Promise<string | null> {
  const row = await tx.db
    .updateTable('invitations')
    .set({ used_at: now })
    .where('hash', '=', hash(secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('staff_id')
    .executeTakeFirst();
  return row?.staff_id ?? null;
}

/** Withdraws what invitations a member has. */
export async function withdrawInvitations(tx: Tx, staffId: string): Promise<void> {
  await tx.db.deleteFrom('invitations').where('staff_id', '=', staffId).execute();
}

/** Ids of members whose invitation still holds. */
export async function listInvited(reader: Reader, now: number): Promise<Set<string>> {
  const rows = await reader.db
    .selectFrom('invitations')
    .select('staff_id')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute();
  return new Set(rows.map((row) => row.staff_id));
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

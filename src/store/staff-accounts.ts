// Accounts of staff beside what better-auth does with them: made by an invitation, found by the hash of an address, with the
// step of the last code that was taken. Called by http/auth and by the command `staff`. Knows no address, password or secret.
import { newId } from '../util/ids.ts';
import type { Reader, Tx } from './tx.ts';

/** An account, as it is found by an address. */
export interface FoundAccount {
  staffId: string;
  /** What better-auth takes for the address. */
  email: string;
}

export interface Passkey {
  id: string;
  name: string;
  /** ms since the epoch. */
  createdAt: number;
}

/** How far somebody's account has come. Who has none is not in the list. */
export interface AccountState {
  secondFactor: boolean;
}

/** The account of an address, by all hashes that it may stand under. */
export async function findAccount(reader: Reader, hashes: readonly string[]): Promise<FoundAccount | null> {
  const row = await reader.db.selectFrom('staff_auth_users').select(['id', 'email']).where('email', 'in', hashes).executeTakeFirst();
  return row ? { staffId: row.id, email: row.email } : null;
}

/** Puts an account under another hash of its address, after a rotation of the secret. */
export async function moveAccount(tx: Tx, staffId: string, email: string): Promise<void> {
  await tx.db.updateTable('staff_auth_users').set({ email }).where('id', '=', staffId).execute();
}

/** Makes an account, or makes it anew: what was a second factor, a passkey or a session of it is gone. */
export async function putAccount(tx: Tx, account: FoundAccount & { passwordHash: string }, now: number): Promise<void> {
  const { staffId, email, passwordHash } = account;
  const at = new Date(now).toISOString();
  for (const table of ['staff_auth_sessions', 'staff_auth_factors', 'staff_auth_passkeys', 'staff_auth_accounts'] as const)
    await tx.db.deleteFrom(table).where('user_id', '=', staffId).execute();
  await tx.db
    .insertInto('staff_auth_users')
    .values({ id: staffId, name: '', email, email_verified: 1, image: null, two_factor_enabled: 0, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ email, two_factor_enabled: 0, updated_at: at }))
    .execute();
  await tx.db
    .insertInto('staff_auth_accounts')
    .values({
      id: newId(),
      account_id: staffId,
      provider_id: 'credential',
      user_id: staffId,
      password: passwordHash,
      created_at: at,
      updated_at: at,
    })
    .execute();
}

/** Every account's state, by staff id. */
export async function listAccounts(reader: Reader): Promise<Map<string, AccountState>> {
  const rows = await reader.db.selectFrom('staff_auth_users').select(['id', 'two_factor_enabled']).execute();
  return new Map(rows.map((row) => [row.id, { secondFactor: row.two_factor_enabled === 1 }]));
}

/** A member's hashed password; null without an account. */
export async function findPasswordHash(reader: Reader, staffId: string): Promise<string | null> {
  const row = await reader.db.selectFrom('staff_auth_accounts').select('password').where('user_id', '=', staffId).executeTakeFirst();
  return row?.password ?? null;
}

/** A member's authenticator: its secret as better-auth encrypted it, and whether it is in use. */
export async function findFactor(reader: Reader, staffId: string): Promise<{ secret: string; confirmed: boolean } | null> {
  const row = await reader.db
    .selectFrom('staff_auth_factors')
    .select(['secret', 'verified'])
    .where('user_id', '=', staffId)
    .executeTakeFirst();
  return row ? { secret: row.secret, confirmed: row.verified === 1 } : null;
}

/**
 * Takes the code of a time step, once: the same step, or one before it, is never taken again, on no node.
 * @returns false when it was taken before
 */
export async function takeStep(tx: Tx, staffId: string, step: number): Promise<boolean> {
  const result = await tx.db
    .updateTable('staff_auth_factors')
    .set({ last_step: step })
    .where('user_id', '=', staffId)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Takes the authenticator away, so that another can be set up; sessions other than this one end, and this one waits for it. */
export async function removeFactor(tx: Tx, staffId: string, sessionId: string): Promise<void> {
  await tx.db.deleteFrom('staff_auth_factors').where('user_id', '=', staffId).execute();
  await tx.db.updateTable('staff_auth_users').set({ two_factor_enabled: 0 }).where('id', '=', staffId).execute();
  await tx.db.deleteFrom('staff_auth_sessions').where('user_id', '=', staffId).where('id', '<>', sessionId).execute();
  await tx.db.updateTable('staff_auth_sessions').set({ second_factor: 0 }).where('id', '=', sessionId).execute();
}

/** Ends the sessions of a member that were begun without the second factor. */
export async function endUnconfirmedSessions(tx: Tx, staffId: string): Promise<void> {
  await tx.db.deleteFrom('staff_auth_sessions').where('user_id', '=', staffId).where('second_factor', '=', 0).execute();
}

/** A member's passkeys, the oldest first. */
export async function listPasskeys(reader: Reader, staffId: string): Promise<Passkey[]> {
  const rows = await reader.db
    .selectFrom('staff_auth_passkeys')
    .select(['id', 'name', 'created_at'])
    .where('user_id', '=', staffId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name ?? '', createdAt: row.created_at === null ? 0 : Date.parse(row.created_at) }));
}

/** Removes one of a member's passkeys. False when there is none of that id. */
export async function deletePasskey(tx: Tx, staffId: string, id: string): Promise<boolean> {
  const result = await tx.db.deleteFrom('staff_auth_passkeys').where('id', '=', id).where('user_id', '=', staffId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

// Sessions of staff as the API asks for them at every request: whose they are, whether they still hold. better-auth makes
// them (http/auth); here they are found, listed and ended. Nothing is remembered: a session that ended is gone on every node.
import type { StaffTable } from './desk-schema.ts';
import { toStaff, type StaffRecord } from './staff.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

/** A session that holds, and the member behind it. */
export interface StaffSession {
  id: string;
  member: StaffRecord;
  /** Whether the second factor was shown. */
  secondFactor: boolean;
  /** ms since the epoch. */
  lastSeenAt: number;
}

/** A session as its owner sees it. */
export interface SessionEntry {
  id: string;
  /** Browser and system in a few words. */
  device: string;
  createdAt: number;
  lastSeenAt: number;
}

const byToken = statement((db, p: { token: string; now: string }) =>
  db
    .selectFrom('staff_auth_sessions as session')
    .innerJoin('staff', 'staff.id', 'session.user_id')
    .leftJoin('organisations', 'organisations.id', 'staff.organisation_id')
    .selectAll('staff')
    .select(['session.id as session_id', 'session.second_factor', 'session.updated_at as seen_at'])
    .where('session.token', '=', p.token)
    .where('session.expires_at', '>', p.now)
    .where('staff.active', '=', 1)
    .where((eb) => eb.or([eb('organisations.active', 'is', null), eb('organisations.active', '=', 1)])),
);

/** The session of a token, by the token's hash; null when it ended, or its member or their organisation is disabled. */
export async function findStaffSession(reader: Reader, tokenHash: string, now: number): Promise<StaffSession | null> {
  const row = await byToken.first(reader, { token: tokenHash, now: isoTime(now) });
  if (!row) return null;
  const { session_id, second_factor, seen_at, ...member } = row;
  return {
    id: session_id,
    member: toStaff(member satisfies StaffTable),
    secondFactor: second_factor === 1,
    lastSeenAt: Date.parse(seen_at),
  };
}

/** Notes that a session is in use. */
export async function touchStaffSession(tx: Tx, id: string, now: number): Promise<void> {
  await tx.db
    .updateTable('staff_auth_sessions')
    .set({ updated_at: isoTime(now) })
    .where('id', '=', id)
    .execute();
}

/** A member's sessions that hold, the newest first. */
export async function listStaffSessions(reader: Reader, staffId: string, now: number): Promise<SessionEntry[]> {
  const rows = await reader.db
    .selectFrom('staff_auth_sessions')
    .select(['id', 'user_agent', 'created_at', 'updated_at'])
    .where('user_id', '=', staffId)
    .where('expires_at', '>', isoTime(now))
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    device: row.user_agent ?? '',
    createdAt: Date.parse(row.created_at),
    lastSeenAt: Date.parse(row.updated_at),
  }));
}

/** Ends one of a member's sessions. False when there is none of that id. */
export async function endStaffSession(tx: Tx, staffId: string, id: string): Promise<boolean> {
  const result = await tx.db.deleteFrom('staff_auth_sessions').where('id', '=', id).where('user_id', '=', staffId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Ends all sessions of a member, but one where one is named. */
export async function endStaffSessions(tx: Tx, staffId: string, except: string | null = null): Promise<void> {
  let query = tx.db.deleteFrom('staff_auth_sessions').where('user_id', '=', staffId);
  if (except !== null) query = query.where('id', '<>', except);
  await query.execute();
}

/** Removes sessions that are over. */
export async function removeOldStaffSessions(tx: Tx, now: number): Promise<void> {
  await tx.db.deleteFrom('staff_auth_sessions').where('expires_at', '<=', isoTime(now)).execute();
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}

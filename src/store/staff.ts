// Staff: who works here, as desk, API, console and Slack need them. Their e-mail addresses are the business of staff-address.ts,
// their passwords and sessions that of http/auth. Written by whoever manages staff; `toActor` says what a member may do.
import { sql } from 'kysely';
import { permissionsOf, type Role } from '../domain/role.ts';
import type { Actor, StaffMember } from '../domain/staff.ts';
import type { StaffTable } from './desk-schema.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

/** A member with what only their own page and their shift need. */
export interface StaffRecord extends StaffMember {
  /** Language of the console; null until they chose one. */
  uiLanguage: string | null;
  /** On or off duty whatever the shifts say, until a time (ms; null without end); null as the shifts say. */
  duty: { on: boolean; until: number | null } | null;
  createdAt: number;
}

/** A number that no other advisory lock of this program has. */
const STAFF_LOCK = 73_102_044;

const byId = statement((db, p: { id: string }) => db.selectFrom('staff').selectAll().where('id', '=', p.id));
const bySlackUser = statement((db, p: { member: string }) =>
  db
    .selectFrom('staff')
    .leftJoin('organisations', 'organisations.id', 'staff.organisation_id')
    .selectAll('staff')
    .select('organisations.active as organisation_active')
    .where('staff.slack_user', '=', p.member),
);

/** One member, disabled ones too. */
export async function loadStaff(reader: Reader, id: string): Promise<StaffRecord | null> {
  const row = await byId.first(reader, { id });
  return row ? toStaff(row) : null;
}

/** The member who uses this Slack account, and whether they work here: neither they nor their organisation are disabled. */
export async function findSlackLink(reader: Reader, member: string): Promise<{ member: StaffRecord; works: boolean } | null> {
  const row = await bySlackUser.first(reader, { member });
  if (!row) return null;
  const { organisation_active: organisation, ...staff } = row;
  return { member: toStaff(staff satisfies StaffTable), works: staff.active === 1 && organisation !== 0 };
}

/** The member who uses this Slack account, while they and their organisation are active. */
export async function findStaffBySlackUser(reader: Reader, member: string): Promise<StaffRecord | null> {
  const found = await findSlackLink(reader, member);
  return found?.works === true ? found.member : null;
}

/** Everybody who can be given a case: they and their organisation are active, and they have joined or are linked in Slack. */
export async function listWorkingStaff(reader: Reader): Promise<StaffRecord[]> {
  const rows = await reader.db
    .selectFrom('staff')
    .leftJoin('organisations', 'organisations.id', 'staff.organisation_id')
    .leftJoin('staff_auth_users', 'staff_auth_users.id', 'staff.id')
    .selectAll('staff')
    .where('staff.active', '=', 1)
    .where((eb) => eb.or([eb('organisations.active', 'is', null), eb('organisations.active', '=', 1)]))
    .where((eb) => eb.or([eb('staff_auth_users.id', 'is not', null), eb('staff.slack_user', 'is not', null)]))
    .orderBy('staff.alias')
    .orderBy('staff.id')
    .execute();
  return rows.map(toStaff);
}

/** All members, by alias; of one organisation, or only those whose account works, where asked. */
export async function listStaff(reader: Reader, only: { organisationId?: string; active?: true } = {}): Promise<StaffRecord[]> {
  const rows = await reader.db
    .selectFrom('staff')
    .selectAll()
    .$if(only.organisationId !== undefined, (query) => query.where('organisation_id', '=', only.organisationId ?? ''))
    .$if(only.active === true, (query) => query.where('active', '=', 1))
    .orderBy('alias')
    .orderBy('id')
    .execute();
  return rows.map(toStaff);
}

/**
 * Writes a member, new or changed; address, duty and language of the console stay as they are.
 * @throws AppError store.conflict when somebody else has the Slack account.
 */
export async function saveStaff(tx: Tx, member: StaffMember, now: number): Promise<void> {
  const fields = {
    alias: member.alias,
    organisation_id: member.organisationId,
    desk_ids: JSON.stringify(member.deskIds),
    roles: JSON.stringify(member.roles),
    languages: JSON.stringify(member.languages),
    topics: JSON.stringify(member.topics),
    gender: member.gender,
    capacity: member.capacity,
    slack_user: member.slackUser,
    active: member.active ? 1 : 0,
  };
  const rest = { sealed: null, ui_language: null, duty: null, duty_until: null, created_at: now };
  await tx.db
    .insertInto('staff')
    .values({ id: member.id, ...fields, ...rest })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fields))
    .execute();
}

/** Puts somebody on or off duty whatever the shifts say; null goes back to the shifts. */
export async function setDuty(tx: Tx, id: string, duty: StaffRecord['duty']): Promise<void> {
  await tx.db
    .updateTable('staff')
    .set({ duty: duty === null ? null : duty.on ? 1 : 0, duty_until: duty?.until ?? null })
    .where('id', '=', id)
    .execute();
}

/** What somebody may change of themselves; the rest of the row stays, whoever changes it at the same moment. */
export async function saveProfile(
  tx: Tx,
  id: string,
  { alias, languages, uiLanguage }: { alias?: string | undefined; languages?: string[] | undefined; uiLanguage?: string | undefined },
): Promise<void> {
  const fields = {
    ...(alias === undefined ? {} : { alias }),
    ...(languages === undefined ? {} : { languages: JSON.stringify(languages) }),
    ...(uiLanguage === undefined ? {} : { ui_language: uiLanguage }),
  };
  if (Object.keys(fields).length > 0) await tx.db.updateTable('staff').set(fields).where('id', '=', id).execute();
}

/** Until the transaction ends nobody else changes who works here: what is read after this still holds when it is written. */
export async function lockStaff(tx: Tx): Promise<void> {
  if (tx.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${STAFF_LOCK})`.execute(tx.db);
}

/** A member as whoever acts. */
export function toActor(member: StaffMember, via: 'session' | 'slack'): Actor {
  const { id, alias, organisationId, deskIds, roles } = member;
  return { id, alias, organisationId, deskIds, roles, permissions: permissionsOf(roles), via };
}

/** A member as the row holds it. */
export function toStaff(row: StaffTable): StaffRecord {
  return {
    id: row.id,
    alias: row.alias,
    organisationId: row.organisation_id,
    deskIds: JSON.parse(row.desk_ids) as string[],
    roles: JSON.parse(row.roles) as Role[],
    languages: JSON.parse(row.languages) as string[],
    topics: JSON.parse(row.topics) as string[],
    gender: row.gender,
    capacity: row.capacity,
    slackUser: row.slack_user,
    active: row.active === 1,
    uiLanguage: row.ui_language,
    duty: row.duty === null ? null : { on: row.duty === 1, until: row.duty_until },
    createdAt: row.created_at,
  };
}

// Who works here, as administrators change it: inviting, changing, disabling, inviting anew. Called by http/api/staff.ts and by
// the command `staff`. Keeps what must hold whoever asks: there is always an administrator, and only of the own organisation.
import { AppError } from '../domain/errors.ts';
import { OWN_ORGANISATION, type StaffMember } from '../domain/staff.ts';
import { newId } from '../util/ids.ts';
import { appendAudit } from './audit.ts';
import { noteDeskChange } from './desk-changes.ts';
import { listDesks } from './desks.ts';
import { adoptGuest } from './guest-history.ts';
import { makeInvitation, withdrawInvitations } from './invitations.ts';
import { ensureOwnOrganisation, loadOrganisation } from './organisations.ts';
import { listAccounts } from './staff-accounts.ts';
import { saveStaffAddress } from './staff-address.ts';
import { endStaffSessions } from './staff-sessions.ts';
import { listStaff, loadStaff, lockStaff, saveStaff } from './staff.ts';
import type { Reader, Tx } from './tx.ts';

export type StaffFields = Omit<StaffMember, 'id' | 'active'>;

/** Who asks, and when. `operator` for a command. */
export interface Asked {
  by: string;
  now: number;
}

/** Alias of somebody who has not said one yet. */
export const UNNAMED = '?';
/** Small fact: the first administrator was invited. */
const FIRST = 'first invitation';

/**
 * Invites somebody.
 * @param address for whom the link is; null for whoever has it
 * @returns the new member's id and the secret of the link
 * @throws AppError store.conflict when the fields cannot be
 */
export async function inviteStaff(
  tx: Tx,
  fields: StaffFields,
  address: string | null,
  { by, now }: Asked,
): Promise<{ id: string; secret: string }> {
  await ensureOwnOrganisation(tx);
  const id = newId();
  await checkFields(tx, { ...fields, id });
  await saveStaff(tx, { ...fields, id, active: true }, now);
  if (fields.slackUser !== null) await adoptGuest(tx, fields.slackUser, id);
  if (address !== null) await saveStaffAddress(tx, id, address);
  const secret = await makeInvitation(tx, id, now);
  await noteDeskChange(tx, 'people', null);
  await appendAudit(tx, { at: now, actor: by, action: 'staff.invite', target: id, detail: { roles: fields.roles.join(' ') } });
  return { id, secret };
}

/**
 * Invites the first administrator, where there is nobody yet: of several nodes that start at once, one does.
 * @returns the secret of the link; null when somebody was invited before
 */
export async function inviteFirst(tx: Tx, now: number): Promise<string | null> {
  if ((await listStaff(tx)).length > 0) return null;
  const first = await tx.db
    .insertInto('meta')
    .values({ name: FIRST, value: String(now) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst();
  if (first.numInsertedOrUpdatedRows !== 1n) return null;
  return (await inviteStaff(tx, blankFields(['administrator']), null, { by: 'operator', now })).secret;
}

/** Fields of somebody of the own organisation of whom only the roles are known. */
export function blankFields(roles: StaffFields['roles']): StaffFields {
  return {
    alias: UNNAMED,
    organisationId: OWN_ORGANISATION,
    deskIds: [],
    roles,
    languages: [],
    topics: [],
    gender: null,
    capacity: 5,
    slackUser: null,
  };
}

/**
 * Changes a member. Who is disabled is out at once, and what invitation they had works no more.
 * @throws AppError store.not_found; store.conflict when it cannot be, such as for the last administrator
 */
export async function changeStaff(
  tx: Tx,
  id: string,
  change: Partial<StaffFields & { active: boolean }>,
  { by, now }: Asked,
): Promise<void> {
  await lockStaff(tx);
  const member = await demandStaff(tx, id);
  const changed: StaffMember = { ...member, ...change };
  await checkFields(tx, changed);
  if (isAdministrator(member) && !isAdministrator(changed)) await refuseLastAdministrator(tx, id);
  await saveStaff(tx, changed, now);
  if (changed.slackUser !== null && changed.slackUser !== member.slackUser) await adoptGuest(tx, changed.slackUser, id);
  if (!changed.active) {
    await endStaffSessions(tx, id);
    await withdrawInvitations(tx, id);
  }
  await noteDeskChange(tx, 'people', null);
  const action = member.active && !changed.active ? 'staff.disable' : 'staff.change';
  const detail = { fields: Object.keys(change).sort().join(' '), roles: changed.roles.join(' ') };
  await appendAudit(tx, { at: now, actor: by, action, target: id, detail });
}

/**
 * A new link for somebody who lost password or second factor. Their sessions end; the account is made anew when it is taken up.
 * @returns the secret of the link
 * @throws AppError store.not_found, store.conflict for somebody who is disabled
 */
export async function reinviteStaff(tx: Tx, id: string, { by, now }: Asked): Promise<string> {
  await lockStaff(tx);
  const member = await demandStaff(tx, id);
  if (!member.active) throw conflict('This account is disabled. Enable it first.');
  await endStaffSessions(tx, id);
  const secret = await makeInvitation(tx, id, now);
  await noteDeskChange(tx, 'people', null);
  await appendAudit(tx, { at: now, actor: by, action: 'staff.reinvite', target: id });
  return secret;
}

async function demandStaff(reader: Reader, id: string): Promise<StaffMember> {
  const member = await loadStaff(reader, id);
  if (!member) throw new AppError('store.not_found', 'Nobody with this id works here.');
  const { uiLanguage: _language, duty: _duty, createdAt: _createdAt, ...rest } = member;
  return rest;
}

function isAdministrator({ active, roles }: StaffMember): boolean {
  return active && roles.includes('administrator');
}

/** Somebody who was invited and has not come yet can help nobody. */
async function refuseLastAdministrator(reader: Reader, id: string): Promise<void> {
  const accounts = await listAccounts(reader);
  if (!accounts.has(id)) return;
  const others = (await listStaff(reader, { active: true })).filter(
    (other) => other.id !== id && isAdministrator(other) && accounts.has(other.id),
  );
  if (others.length === 0) throw conflict('This is the last administrator. Make somebody else one first.');
}

async function checkFields(
  reader: Reader,
  member: Pick<StaffMember, 'id' | 'organisationId' | 'deskIds' | 'roles' | 'slackUser'>,
): Promise<void> {
  const { organisationId, deskIds, roles, slackUser } = member;
  const organisation = await loadOrganisation(reader, organisationId);
  if (!organisation) throw conflict('There is no such organisation. Make it first.');
  if (organisation.partner && roles.includes('administrator')) throw conflict('An administrator must be of the own organisation.');
  const desks = await listDesks(reader);
  const wrong = deskIds.some((id) => desks.find((desk) => desk.id === id)?.organisationId !== organisationId);
  if (wrong) throw conflict('A desk does not exist, or is not of the same organisation.');
  if (slackUser === null) return;
  const holder = await reader.db.selectFrom('staff').select('id').where('slack_user', '=', slackUser).executeTakeFirst();
  if (holder && holder.id !== member.id) throw conflict('This Slack member belongs to somebody else.');
}

function conflict(message: string): AppError {
  return new AppError('store.conflict', message);
}

// Staff of a hotline in a test, as if they had joined: who they are and what they may do, for calling the desk's actions directly.
import type { App } from '../../src/app.ts';
import { OWN_ORGANISATION, type Actor, type StaffMember } from '../../src/domain/staff.ts';
import { ensureOwnOrganisation, saveOrganisation } from '../../src/store/organisations.ts';
import { putAccount } from '../../src/store/staff-accounts.ts';
import { saveStaff, toActor } from '../../src/store/staff.ts';
import { newId } from '../../src/util/ids.ts';

/** A member of the staff who is there from now on. */
export async function addColleague(app: App, fields: Partial<StaffMember> = {}): Promise<Actor> {
  const member: StaffMember = {
    id: newId(),
    alias: 'Ana',
    organisationId: OWN_ORGANISATION,
    deskIds: [],
    roles: ['caseworker'],
    languages: ['es', 'en', 'fr', 'ar'],
    topics: [],
    gender: null,
    capacity: 10,
    slackUser: null,
    active: true,
    ...fields,
  };
  await app.store.transaction(async (tx) => {
    await ensureOwnOrganisation(tx);
    await saveStaff(tx, member, 0);
    await putAccount(tx, { staffId: member.id, email: member.id, passwordHash: '' }, 0);
  });
  return toActor(member, 'session');
}

/** A partner organisation. @returns its id */
export async function addPartner(app: App, name: string): Promise<string> {
  const id = newId();
  await app.store.transaction((tx) => saveOrganisation(tx, { id, name, partner: true, active: true }));
  return id;
}

// Staff in the store: who they are, who they are in Slack, and their address, which nobody reads without its key.
import { expect, it } from 'vitest';
import type { StaffMember } from '../../src/domain/staff.ts';
import { saveOrganisation } from '../../src/store/organisations.ts';
import { purgeKeys } from '../../src/store/purge-keys.ts';
import { blankFields } from '../../src/store/manage-staff.ts';
import { openStaffAddresses, saveStaffAddress, staffAddressHashes } from '../../src/store/staff-address.ts';
import { putAccount } from '../../src/store/staff-accounts.ts';
import {
  findSlackLink,
  findStaffBySlackUser,
  listStaff,
  listWorkingStaff,
  loadStaff,
  saveProfile,
  saveStaff,
  setDuty,
  toActor,
} from '../../src/store/staff.ts';
import { countAttempt, uncountAttempt } from '../../src/store/staff-attempts.ts';
import type { Store } from '../../src/store/store.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { stores } from '../support/stores.ts';

const RETENTION = {
  messages_days: 30,
  session_hours: 24,
  case_months: 12,
  private_case_months: 6,
  complaint_months: 24,
  request_log_months: 24,
  backup_days: 35,
};
const ADDRESS = 'ana@hidden.example';
const ana: StaffMember = {
  ...blankFields(['caseworker']),
  id: 'ana',
  alias: 'Ana',
  languages: ['es', 'ar'],
  slackUser: 'U1',
  active: true,
};

stores('staff', (open) => {
  const save = (store: Store, now: number, change: Partial<StaffMember> = {}) =>
    store.transaction((tx) => saveStaff(tx, { ...ana, ...change }, now));

  it('are kept as they were given, and a change leaves what it does not name', async () => {
    const { store, now } = await open();
    await save(store, now());
    await store.transaction(async (tx) => {
      await setDuty(tx, 'ana', { on: true, until: 5 });
      await saveProfile(tx, 'ana', { uiLanguage: 'ar' });
    });
    await save(store, now() + 1, { capacity: 9 });
    const member = await store.read((reader) => loadStaff(reader, 'ana'));
    expect(member).toEqual({ ...ana, capacity: 9, uiLanguage: 'ar', duty: { on: true, until: 5 }, createdAt: now() });
    expect(toActor(ana, 'slack')).toMatchObject({ id: 'ana', via: 'slack', organisationId: 'own' });
    expect([...toActor(ana, 'slack').permissions]).toContain('case.act');
  });

  it('are found in Slack and listed while their account works', async () => {
    const { store, now } = await open();
    await save(store, now());
    await save(store, now(), { id: 'eva', alias: 'Eva', slackUser: null, organisationId: 'clinic' });
    expect(await store.read((reader) => findStaffBySlackUser(reader, 'U1'))).toMatchObject({ id: 'ana' });
    expect((await store.read((reader) => listStaff(reader, { organisationId: 'clinic' }))).map(({ id }) => id)).toEqual(['eva']);
    await expect(save(store, now(), { id: 'eva' })).rejects.toMatchObject({ code: 'store.conflict' });
    await save(store, now(), { active: false });
    expect(await store.read((reader) => findStaffBySlackUser(reader, 'U1'))).toBeNull();
    expect((await store.read((reader) => listStaff(reader, { active: true }))).map(({ id }) => id)).toEqual(['eva']);
  });

  it('work while they have joined, and neither they nor their organisation are disabled', async () => {
    const { store, now } = await open();
    const working = () => store.read(listWorkingStaff).then((members) => members.map(({ id }) => id));
    const clinic = (active: boolean) =>
      store.transaction((tx) => saveOrganisation(tx, { id: 'clinic', name: 'Clinic', partner: true, active }));
    await clinic(true);
    await save(store, now(), { organisationId: 'clinic' });
    await save(store, now(), { id: 'eva', alias: 'Eva', slackUser: null });
    expect(await working()).toEqual(['ana']);
    await store.transaction((tx) => putAccount(tx, { staffId: 'eva', email: 'hash', passwordHash: '' }, now()));
    expect(await working()).toEqual(['ana', 'eva']);
    await clinic(false);
    expect(await working()).toEqual(['eva']);
    expect(await store.read((reader) => findStaffBySlackUser(reader, 'U1'))).toBeNull();
    expect(await store.read((reader) => findSlackLink(reader, 'U1'))).toMatchObject({ member: { id: 'ana' }, works: false });
    await save(store, now(), { id: 'eva', active: false, slackUser: null });
    expect(await working()).toEqual([]);
  });

  it('have an address that is sealed, found in any case of letters, and readable as long as they are there', async () => {
    const { store, now, pass } = await open();
    await save(store, now());
    await store.transaction((tx) => saveStaffAddress(tx, 'ana', ' Ana@Hidden.Example'));
    const purge = () => store.transaction((tx) => purgeKeys(tx, RETENTION, now()));
    const read = () => store.read(async (reader) => (await openStaffAddresses(reader, ['ana', 'eva'])).get('ana'));
    expect(await read()).toBe(ADDRESS);
    expect(staffAddressHashes(store, 'ANA@hidden.example')).toEqual(staffAddressHashes(store, ADDRESS));
    const rows = await store.read(({ db }) => db.selectFrom('staff').selectAll().execute());
    expect(Buffer.from(rows[0]?.sealed ?? []).includes('hidden')).toBe(false);
    pass(3 * DAY_MS);
    await purge();
    expect(await read()).toBe(ADDRESS);
    await store.transaction((tx) => tx.db.deleteFrom('staff').execute());
    await purge();
    expect((await store.vault.keys.all()).filter(({ owner }) => owner === 'ana')).toEqual([]);
  });

  it('tries are counted in a window, all of those at the same moment', async () => {
    const { store, now, pass } = await open();
    const count = () => store.transaction((tx) => countAttempt(tx, 'key', 1000, now()));
    expect((await Promise.all([count(), count(), count()])).sort((one, other) => one - other)).toEqual([1, 2, 3]);
    await store.transaction((tx) => uncountAttempt(tx, 'key'));
    expect(await count()).toBe(3);
    pass(1000);
    expect(await count()).toBe(1);
  });
});

// Handlers of who works here, and of organisations. Called by router.ts.
// Addresses are for those who manage staff; of other organisations' people only the own organisation's staff hear.
import type { StaffView } from '../../api/staff-operations.ts';
import { OWN_ORGANISATION, type Actor } from '../../domain/staff.ts';
import { colleaguesOf, loadRoster } from '../../runtime/desk/roster.ts';
import { appendAudit } from '../../store/audit.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { listInvited } from '../../store/invitations.ts';
import { changeStaff as change, inviteStaff as invite, reinviteStaff as reinvite } from '../../store/manage-staff.ts';
import { loadOrganisation, saveOrganisation as putOrganisation } from '../../store/organisations.ts';
import { listAccounts } from '../../store/staff-accounts.ts';
import { openStaffAddresses } from '../../store/staff-address.ts';
import { listStaff as findStaff } from '../../store/staff.ts';
import type { Reader } from '../../store/store.ts';
import { invitationUrl } from '../invitation-url.ts';
import type { ApiParts, Handlers } from './handler.ts';
import { notFound, Refusal } from './refusal.ts';

type Names = 'listStaff' | 'inviteStaff' | 'changeStaff' | 'reinviteStaff' | 'saveOrganisation';

export const staffHandlers: Pick<Handlers, Names> = {
  listStaff: async ({ actor }, parts) => ({ staff: await parts.store.read((reader) => viewStaff(reader, actor, parts)) }),
  async inviteStaff({ actor, body }, parts) {
    const asked = { by: actor.id, now: parts.now() };
    const { id, secret } = await parts.store.transaction((tx) => invite(tx, body, null, asked));
    return { staff: await viewOne(actor, id, parts), url: invitationUrl(parts.publicUrl, secret) };
  },
  async changeStaff({ actor, params, body }, parts) {
    await parts.store.transaction((tx) => change(tx, params.id, present(body), { by: actor.id, now: parts.now() }));
    return viewOne(actor, params.id, parts);
  },
  async reinviteStaff({ actor, params }, { store, now, publicUrl }) {
    const secret = await store.transaction((tx) => reinvite(tx, params.id, { by: actor.id, now: now() }));
    return { url: invitationUrl(publicUrl, secret) };
  },
  async saveOrganisation({ actor, params, body }, { store, now }) {
    const { id } = params;
    if (id === OWN_ORGANISATION && (body.partner || !body.active))
      throw new Refusal('store.conflict', 'The own organisation is no partner and stays active.');
    await store.transaction(async (tx) => {
      const before = await loadOrganisation(tx, id);
      if (before && before.partner !== body.partner)
        throw new Refusal('store.conflict', 'An organisation cannot become a partner, or cease to be one.');
      await putOrganisation(tx, { id, ...body });
      await noteDeskChange(tx, 'people', null);
      await appendAudit(tx, { at: now(), actor: actor.id, action: 'organisation.save', target: id, detail: { active: body.active } });
    });
    return { id, ...body };
  },
};

async function viewOne(actor: Actor, id: string, parts: ApiParts): Promise<StaffView> {
  const view = (await parts.store.read((reader) => viewStaff(reader, actor, parts))).find((member) => member.id === id);
  if (!view) throw notFound('member');
  return view;
}

async function viewStaff(reader: Reader, actor: Actor, { services, now }: ApiParts): Promise<StaffView[]> {
  const own = await loadOrganisation(reader, actor.organisationId);
  const members = await findStaff(reader, own?.partner === false ? {} : { organisationId: actor.organisationId });
  const manages = actor.permissions.has('staff.manage');
  const ids = members.map(({ id }) => id);
  const addresses = manages ? await openStaffAddresses(reader, ids) : new Map<string, string>();
  const accounts = await listAccounts(reader);
  const invited = await listInvited(reader, now());
  const colleagues = new Map((await colleaguesOf(reader, await loadRoster(reader, services), now())).map((one) => [one.member.id, one]));
  return members.map(({ uiLanguage: _language, duty: _duty, createdAt: _createdAt, ...member }) => ({
    ...member,
    email: addresses.get(member.id) ?? null,
    invited: invited.has(member.id),
    secondFactor: accounts.get(member.id)?.secondFactor ?? false,
    onShift: colleagues.get(member.id)?.onShift ?? false,
    load: colleagues.get(member.id)?.load ?? 0,
  }));
}

/** Without the fields that were not given. */
function present<T extends object>(body: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

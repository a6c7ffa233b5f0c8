// Oneself, as the console shows it: who, what one may do, and whether one is on shift. Used by session.ts and me.ts.
import { createHmac } from 'node:crypto';
import type { Me } from '../../api/staff-operations.ts';
import { permissionsOf } from '../../domain/role.ts';
import { isOnShift, loadRoster } from '../../runtime/desk/roster.ts';
import { loadOrganisation } from '../../store/organisations.ts';
import { openStaffAddresses } from '../../store/staff-address.ts';
import { loadStaff } from '../../store/staff.ts';
import type { ApiParts } from './handler.ts';
import { notFound } from './refusal.ts';

/** A console whose language nobody chose speaks this one. */
const FIRST_LANGUAGE = 'en';

/**
 * What `readMe` answers.
 * @param secondFactor whether this session has shown one
 */
export function loadMe({ store, services, now }: ApiParts, id: string, secondFactor: 'missing' | 'done'): Promise<Me> {
  return store.read(async (reader) => {
    const member = await loadStaff(reader, id);
    if (!member) throw notFound('account');
    const organisation = await loadOrganisation(reader, member.organisationId);
    const address = (await openStaffAddresses(reader, [id])).get(id);
    const shift = isOnShift(await loadRoster(reader, services), member, now());
    return {
      id,
      alias: member.alias,
      email: address ?? '',
      organisationId: member.organisationId,
      organisation: organisation?.name ?? '',
      deskIds: member.deskIds,
      roles: member.roles,
      permissions: [...permissionsOf(member.roles)],
      languages: member.languages,
      uiLanguage: member.uiLanguage ?? FIRST_LANGUAGE,
      onShift: shift.on,
      shiftEndsAt: shift.until,
      mustSetUp: secondFactor === 'missing' ? 'second_factor' : null,
      draftKey: secondFactor === 'missing' ? null : draftKey(store, id),
    };
  });
}

/** The same for a person for as long as the secret key is, and nobody else's. */
function draftKey({ deriveKey }: Pick<ApiParts['store'], 'deriveKey'>, id: string): string {
  return createHmac('sha256', deriveKey('console drafts')).update(id).digest('base64');
}

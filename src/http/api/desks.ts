// Handlers of desks and shifts: who works where and when. Written by administrators and duty officers, read by everybody who
// works here; each change is audited, and routing takes it up with the next case.
import type { Actor, DeskRecord } from '../../domain/staff.ts';
import { isTimeZone } from '../../release/time-zone.ts';
import { appendAudit } from '../../store/audit.ts';
import { listDesks, saveDesk } from '../../store/desks.ts';
import { listOrganisations } from '../../store/organisations.ts';
import { deleteShift, listShifts, saveShift } from '../../store/shifts.ts';
import { listStaff } from '../../store/staff.ts';
import type { Reader } from '../../store/store.ts';
import type { ApiParts, Handlers } from './handler.ts';
import { badRequest, notFound } from './refusal.ts';

type Names = 'listDesks' | 'saveDesk' | 'listShifts' | 'saveShift' | 'deleteShift';

export const deskHandlers: Pick<Handlers, Names> = {
  listDesks: ({ actor }, { store }) =>
    store.read(async (reader) => {
      const [desks, organisations] = [await listDesks(reader), await listOrganisations(reader)];
      // A partner's program or caseworker need not know how the house is made up.
      const own = (organisationId: string): boolean => seesAll(actor) || organisationId === actor.organisationId;
      return { desks: desks.filter((desk) => own(desk.organisationId) || actor.deskIds.includes(desk.id)), organisations };
    }),

  async saveDesk({ params, body, actor }, parts) {
    if (!isTimeZone(body.timezone)) throw badRequest('"timezone" in the body is no time zone: give one such as "Europe/Madrid".');
    const desk: DeskRecord = { ...body, id: params.id };
    await parts.store.transaction(async (tx) => {
      if (!(await listOrganisations(tx)).some(({ id }) => id === desk.organisationId)) throw notFound('organisation');
      await saveDesk(tx, desk);
      await audit(tx, parts, actor, 'desk.save', desk.id);
    });
    return desk;
  },

  listShifts: ({ actor }, { store }) =>
    store.read(async (reader) => {
      const shifts = await listShifts(reader);
      return { shifts: seesAll(actor) ? shifts : shifts.filter(({ deskId }) => actor.deskIds.includes(deskId)) };
    }),

  async saveShift({ params, body, actor }, parts) {
    const shift = { ...body, id: params.id };
    if (shift.validFrom !== null && shift.validTo !== null && shift.validTo < shift.validFrom)
      throw badRequest('"validTo" in the body is before "validFrom".');
    await parts.store.transaction(async (tx) => {
      const before = (await listShifts(tx)).find(({ id }) => id === shift.id);
      for (const deskId of [shift.deskId, ...(before ? [before.deskId] : [])]) await mustManage(tx, actor, deskId);
      if (!(await listStaff(tx)).some(({ id }) => id === shift.staffId)) throw notFound('colleague');
      await saveShift(tx, shift);
      await audit(tx, parts, actor, 'shift.save', shift.id);
    });
    return shift;
  },

  async deleteShift({ params, actor }, parts) {
    await parts.store.transaction(async (tx) => {
      const found = (await listShifts(tx)).find(({ id }) => id === params.id);
      if (!found) throw notFound('shift');
      await mustManage(tx, actor, found.deskId);
      await deleteShift(tx, params.id);
      await audit(tx, parts, actor, 'shift.delete', params.id);
    });
    return undefined;
  },
};

const seesAll = ({ permissions }: Actor): boolean => permissions.has('settings.manage') || permissions.has('staff.manage');

/** Duty officers plan the shifts of their own desks. @throws Refusal when the desk is another's or there is none. */
async function mustManage(reader: Reader, actor: Actor, deskId: string): Promise<void> {
  const known = (await listDesks(reader)).some(({ id }) => id === deskId);
  if (!known || (!seesAll(actor) && !actor.deskIds.includes(deskId))) throw notFound('desk');
}

function audit(tx: Parameters<typeof appendAudit>[0], { now }: ApiParts, actor: Actor, action: string, target: string): Promise<void> {
  return appendAudit(tx, { at: now(), actor: actor.id, action, target });
}

// Lets staff act on a surface such as Slack: who they are, and what they ask for, handed to the desk's actions.
// Connected by service.ts on every node, also on one that only serves HTTP. Telling staff is tell-staff.ts's.
import type { StaffHandlers, StaffOutcome, StaffSurface } from '../channels/staff-surface.ts';
import { permissionsOf } from '../domain/role.ts';
import type { Actor } from '../domain/staff.ts';
import { findCaseByThread } from '../store/cases.ts';
import { findStaffBySlackUser, toActor } from '../store/staff.ts';
import type { DeskActions, DeskOutcome } from './desk/desk.ts';
import type { Services } from './services.ts';

const SURFACE_PREFIX = /^slack:/;

/** Connects a surface: from now on staff reach people. */
export function connectStaff(surface: StaffSurface, services: Services, actions: DeskActions): void {
  const { store } = services;
  const asActor = (staff: string): Promise<Actor> => actorOf(services, surface, staff);
  const handlers: StaffHandlers = {
    caseOfThread: async (threadRef) => {
      const record = await store.read((reader) => findCaseByThread(reader, threadRef));
      return record && { caseId: record.id, private: record.private };
    },
    claim: async (caseId, staff) => toOutcome(await actions.claim(await asActor(staff), caseId)),
    close: async (caseId, staff) => toOutcome(await actions.close(await asActor(staff), caseId, { outcome: 'answered' })),
    sendToPerson: async (caseId, text, staff, messageId) =>
      toOutcome(await actions.reply(await asActor(staff), caseId, { id: `staff:${messageId}`, text, how: 'now' })),
  };
  surface.connect(handlers);
}

/** Whoever acts on a surface: a member of the staff with their own rights, else somebody whom the channel lets work on cases. */
export async function actorOf({ store }: Services, surface: StaffSurface, staff: string): Promise<Actor> {
  const member = await store.read((reader) => findStaffBySlackUser(reader, staff.replace(SURFACE_PREFIX, '')));
  if (member) return toActor(member, 'slack');
  const permissions = new Set([
    ...permissionsOf(['caseworker', 'duty_officer']),
    ...(surface.answersPrivate ? permissionsOf(['private_caseworker']) : []),
  ]);
  return { id: staff, alias: staff, organisationId: '', deskIds: [], roles: [], permissions, via: 'slack' };
}

function toOutcome(outcome: DeskOutcome): StaffOutcome {
  if (outcome.ok) return outcome;
  const { reason, takenBy } = outcome;
  return { ok: false, reason, ...(takenBy === undefined ? {} : { takenBy }) };
}

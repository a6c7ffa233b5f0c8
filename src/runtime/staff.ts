// Lets staff act on a surface such as Slack: who they are, and what they ask for, handed to the desk's actions.
// Connected by service.ts on every node, also on one that only serves HTTP. Telling staff is tell-staff.ts's.
import type { StaffHandlers, StaffOutcome, StaffSurface } from '../channels/staff-surface.ts';
import { permissionsOf } from '../domain/role.ts';
import type { Actor } from '../domain/staff.ts';
import { appendAudit } from '../store/audit.ts';
import { findCaseByThread } from '../store/cases.ts';
import { noteDeskChange } from '../store/desk-changes.ts';
import { findSlackLink, findStaffBySlackUser, setDuty, toActor } from '../store/staff.ts';
import { forgetSurfaceEvents, listHomes, noteHomeOpened, noteSurfaceEvent } from '../store/surface-events.ts';
import { readBoard, readChoices, type LinkTo } from './desk/board.ts';
import type { DeskActions, DeskOutcome } from './desk/desk.ts';
import { noteLook } from './desk/looks.ts';
import type { Services } from './services.ts';

const SURFACE_PREFIX = /^slack:/;
const HOUR_MS = 3_600_000;
/** Duty that somebody began or ended by hand lasts for a working day; then the shifts say again. */
const DUTY_MS = 12 * HOUR_MS;
/** Who has opened the home page within so long still looks at it, and of so many. */
const HOME_MS = 12 * HOUR_MS;
const MAX_HOMES = 50;

type Refusal = Extract<StaffOutcome, { ok: false }>;

const NOT_LINKED: Refusal = {
  ok: false,
  reason:
    'Your Slack account is not linked to an account of the staff, so nothing was done. Ask an administrator to enter your Slack member id.',
};
const DISABLED: Refusal = {
  ok: false,
  reason: 'Your account of the staff is disabled, so nothing was done. Ask an administrator.',
};
const GONE: Refusal = { ok: false, reason: 'There is no such case any more, or it cannot be shown here.' };
const NO_SHIFTS: Refusal = {
  ok: false,
  reason: 'Your Slack account is not linked to an account of the staff, so there are no shifts for it. Ask an administrator to link it.',
};

/** Connects a surface: from now on staff reach people. */
export function connectStaff(surface: StaffSurface, services: Services, actions: DeskActions, linkTo: LinkTo): void {
  const { store, clock } = services;

  /** Does something as whoever asks, if they may do anything here. */
  async function as<T>(staff: string, work: (actor: Actor) => Promise<T>): Promise<T | Refusal> {
    const actor = await actorOf(services, surface, staff);
    return 'ok' in actor ? actor : work(actor);
  }
  const act = async (staff: string, work: (actor: Actor) => Promise<DeskOutcome>): Promise<StaffOutcome> => as(staff, work);

  const handlers: StaffHandlers = {
    caseOfThread: async (threadRef) => {
      const record = await store.read((reader) => findCaseByThread(reader, threadRef));
      return record && { caseId: record.id, private: record.private };
    },
    claim: (caseId, staff) => act(staff, (actor) => actions.claim(actor, caseId)),
    release: (caseId, staff) => act(staff, (actor) => actions.release(actor, caseId)),
    transfer: (caseId, staff, to, note) => act(staff, (actor) => actions.transfer(actor, caseId, to, note)),
    close: (caseId, staff, outcome = 'other') => act(staff, (actor) => actions.close(actor, caseId, { outcome })),
    sendToPerson: (caseId, text, staff, messageId, way) =>
      act(staff, (actor) => actions.reply(actor, caseId, { id: `staff:${messageId}`, text, ...(way ?? { how: 'now' }) })),
    note: (caseId, text, staff, messageId, mentions) =>
      act(staff, async (actor) => {
        const meant = await Promise.all(mentions.map((one) => memberOf(services, one)));
        const ids = meant.flatMap((member) => (member ? [member.id] : []));
        return actions.note(actor, caseId, { id: `staff:${messageId}`, text, mentions: ids });
      }),
    choices: (caseId, staff) =>
      as(staff, async (actor) => {
        const choices = await store.read((reader) => readChoices(reader, actor, caseId, services));
        if (choices) await noteLook(services, actor, { action: 'case.choices', target: caseId, detail: { via: surface.name } });
        return choices ?? GONE;
      }),
    board: (staff) =>
      as(staff, async (actor) => {
        const board = await store.read((reader) => readBoard(reader, actor, services, linkTo));
        await noteLook(services, actor, { action: 'case.list', target: null, detail: { via: surface.name } });
        return board;
      }),
    setDuty: async (staff, on) => {
      const member = await memberOf(services, staff);
      if (!member) return NO_SHIFTS;
      await store.transaction(async (tx) => {
        await setDuty(tx, member.id, { on, until: clock() + DUTY_MS });
        await noteDeskChange(tx, 'shifts', null);
        await appendAudit(tx, { at: clock(), actor: member.id, action: 'staff.duty', target: member.id, detail: { on } });
      });
      return { ok: true };
    },
    isNew: (id) =>
      store.transaction(async (tx) => {
        await forgetSurfaceEvents(tx, clock());
        return noteSurfaceEvent(tx, `${surface.name}:${id}`, clock());
      }),
    homeOpened: (staff) => store.transaction((tx) => noteHomeOpened(tx, staff, clock())),
    homes: () => store.read((reader) => listHomes(reader, clock() - HOME_MS, MAX_HOMES)),
  };
  surface.connect(handlers);
}

const memberOf = ({ store }: Services, staff: string) =>
  store.read((reader) => findStaffBySlackUser(reader, staff.replace(SURFACE_PREFIX, '')));

/**
 * Whoever acts on a surface: a member of the staff with their own rights, nobody while their account is disabled; else
 * somebody whom the channel lets work on cases; a refusal where only members may.
 */
async function actorOf({ store }: Services, surface: StaffSurface, staff: string): Promise<Actor | Refusal> {
  const link = await store.read((reader) => findSlackLink(reader, staff.replace(SURFACE_PREFIX, '')));
  if (link) return link.works ? toActor(link.member, 'slack') : DISABLED;
  if (surface.membersOnly) return NOT_LINKED;
  const admitted = await surface.admits(staff);
  if (!admitted.ok) return admitted;
  const permissions = new Set([...permissionsOf(['caseworker']), ...(surface.answersPrivate ? permissionsOf(['private_caseworker']) : [])]);
  return { id: staff, alias: staff, organisationId: '', deskIds: [], roles: [], permissions, via: 'slack' };
}

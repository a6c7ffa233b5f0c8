// A whole hotline with accounts of caseworkers and no surface, for tests of the desk: its actions, its deadlines, its rounds.
// `const desk = await openStaffedHotline({ staff: [ana] }); await desk.hotline.app.service.desk.claim(signedIn(ana), caseId)`.
import { permissionsOf } from '../../src/domain/role.ts';
import type { Actor, DeskRecord, Shift } from '../../src/domain/staff.ts';
import type { OnDuty } from '../../src/desk/shifts.ts';
import { assignCases } from '../../src/runtime/desk/assign.ts';
import { runDueTimers } from '../../src/runtime/timers.ts';
import { latestCase } from '../../src/store/cases.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { saveDesk } from '../../src/store/desks.ts';
import type { CaseRecord, Conversation } from '../../src/store/records.ts';
import { saveShift } from '../../src/store/shifts.ts';
import { putAccount } from '../../src/store/staff-accounts.ts';
import { saveStaff, setDuty, toActor } from '../../src/store/staff.ts';
import { openHotline, type Person, type TestHotline, type TestOptions } from './app.ts';

export interface StaffedHotline {
  hotline: TestHotline;
  /** What is known of a person's conversation and newest case. */
  look(person: Person): Promise<{ conversation: Conversation; record: CaseRecord }>;
  /** Runs the deadlines that are due and the desk's round, until nothing is left to do. */
  settle(): Promise<void>;
  /** Lets time pass once everything is sent, and does what is due then. */
  pass(ms: number): Promise<void>;
  /** Somebody who has asked for a person and waits, in or out of the line. */
  asking(...words: string[]): Promise<Person>;
  /** Puts somebody on or off duty by hand. */
  duty(member: OnDuty, on: boolean): Promise<void>;
}

export interface StaffedOptions extends TestOptions {
  desks?: DeskRecord[];
  staff: OnDuty[];
  shifts?: Shift[];
}

/** Opens one. Members with `duty` are on or off by hand, the others as their shifts say. */
export async function openStaffedHotline({ desks = [], staff, shifts = [], ...options }: StaffedOptions): Promise<StaffedHotline> {
  const hotline = await openHotline(options);
  const { store, service } = hotline.app;
  await store.transaction(async (tx) => {
    for (const desk of desks) await saveDesk(tx, desk);
    for (const shift of shifts) await saveShift(tx, shift);
    for (const { duty, ...member } of staff) {
      await saveStaff(tx, member, hotline.now());
      await putAccount(tx, { staffId: member.id, email: member.id, passwordHash: '' }, hotline.now());
      await setDuty(tx, member.id, duty);
    }
  });
  const settle = async (): Promise<void> => {
    while ((await runDueTimers(service.services, () => {})) || (await assignCases(service.services, () => {})) > 0);
    await hotline.settle();
  };
  return {
    hotline,
    settle,
    async pass(ms) {
      await hotline.settle();
      hotline.pass(ms);
      await settle();
    },
    async look(person) {
      return store.read(async (reader) => {
        const conversation = (await findConversation(reader, options.channel ?? 'test', person.address)) as Conversation;
        return { conversation, record: (await latestCase(reader, conversation.id)) as CaseRecord };
      });
    },
    async asking(...words) {
      const person = hotline.person();
      for (const text of words.length > 0 ? words : ['hola', '1', 'persona']) await person.send(text);
      return person;
    },
    duty: (member, on) => store.transaction((tx) => setDuty(tx, member.id, { on, until: null })),
  };
}

/** Somebody who is signed in to the console. */
export function signedIn(member: OnDuty): Actor {
  return toActor(member, 'session');
}

/** Somebody in Slack without an account. */
export function guest(id: string): Actor {
  const permissions = permissionsOf(['caseworker']);
  return { id: `slack:${id}`, alias: `slack:${id}`, organisationId: '', deskIds: [], roles: [], permissions, via: 'slack' };
}

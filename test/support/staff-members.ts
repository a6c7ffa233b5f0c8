// People of the staff and desks for tests: complete, with what a test does not say left ordinary.
import type { DeskRecord } from '../../src/domain/staff.ts';
import type { OnDuty } from '../../src/desk/shifts.ts';

/** A caseworker of the desk `madrid` who speaks Spanish, can have five cases, and is on duty as the shifts say. */
export function aMember(id: string, more: Partial<OnDuty> = {}): OnDuty {
  return {
    id,
    alias: id,
    organisationId: 'own',
    deskIds: ['madrid'],
    roles: ['caseworker'],
    languages: ['es'],
    topics: [],
    gender: null,
    capacity: 5,
    slackUser: null,
    active: true,
    duty: null,
    ...more,
  };
}

/** A desk in Madrid without hours of its own. */
export function aDesk(more: Partial<DeskRecord> = {}): DeskRecord {
  return {
    id: 'madrid',
    name: 'Madrid',
    organisationId: 'own',
    timezone: 'Europe/Madrid',
    hours: [],
    holidays: [],
    minutesToAnswer: 20,
    topics: [],
    localities: [],
    autoAssign: false,
    ...more,
  };
}

// Who works at the desks, read from the store: what opening and routing are decided by. Called by turns, actions and timers.
// 2026-11-21: it is read anew each time, so whoever changed it need tell nobody; what is worked out from it is kept a minute.
import { chooseDesk, mayTake, mayTakeAtTheirs, type Colleague, type RoutedCase } from '../../desk/routing.ts';
import { DEFAULT_DESK, defaultDesk, deskOpening, type Opening, type Staffing } from '../../desk/opening.ts';
import { dutyNow, shiftOf, type OnDuty } from '../../desk/shifts.ts';
import { OWN_ORGANISATION, type DeskRecord, type Shift } from '../../domain/staff.ts';
import { loadsOfStaff } from '../../store/assignments.ts';
import { listDesks } from '../../store/desks.ts';
import type { CaseRecord } from '../../store/records.ts';
import { listShifts } from '../../store/shifts.ts';
import { listWorkingStaff } from '../../store/staff.ts';
import type { Reader } from '../../store/store.ts';
import type { Services } from '../services.ts';

const MINUTE_MS = 60_000;
/** Openings of this minute, by all that they depend on: shifts and hours begin and end with a minute. Begun anew when it is full. */
const openings = new Map<string, Opening>();
const MOST_OPENINGS = 50;

/** What is known of desks and people at one moment. */
export interface Roster {
  /** Never empty: where none is set up, the one that the settings make. */
  desks: readonly DeskRecord[];
  staff: readonly OnDuty[];
  shifts: readonly Shift[];
  /** Slack is connected: people without an account answer. */
  guests: boolean;
  /** They may read what is private. */
  guestsReadPrivate: boolean;
}

/** What decides where a case goes. */
export type CaseNeed = Pick<RoutedCase, 'private' | 'topic' | 'locality'> & { deskId: string | null };

type Needs = Pick<Services, 'releases' | 'surface' | 'staffed'>;

/** Reads desks, people and shifts. */
export async function loadRoster(reader: Reader, { releases, surface, staffed }: Needs): Promise<Roster> {
  const [desks, staff, shifts] = [await listDesks(reader), await listWorkingStaff(reader), await listShifts(reader)];
  return {
    desks: desks.length > 0 ? desks : [defaultDesk(releases.current().settings)],
    staff,
    shifts,
    guests: staffed,
    guestsReadPrivate: surface?.answersPrivate === true,
  };
}

/** Whether anybody could answer at some time: Slack is connected, or somebody who works on cases has an account. */
export async function isStaffed({ store, staffed }: Pick<Services, 'store' | 'staffed'>): Promise<boolean> {
  if (staffed) return true;
  const staff = await store.read(listWorkingStaff);
  return staff.some((member) => mayTakeAtTheirs(member, false));
}

/** The desk of a case; where it has none yet, the one that it would come to. */
export function deskFor(roster: Roster, need: CaseNeed): DeskRecord {
  const own = roster.desks.find(({ id }) => id === need.deskId);
  const staffed = (desk: DeskRecord): boolean => {
    const { members, guests } = staffingOf(roster, desk, need.private);
    return guests || members.length > 0;
  };
  const desk = own ?? chooseDesk(roster.desks, need, staffed) ?? roster.desks[0];
  if (!desk) throw new RangeError('A roster has at least one desk.');
  return desk;
}

/** The organisation whose case it is: that of its desk; without a desk the own one. */
export function organisationOf(desks: readonly DeskRecord[], deskId: string | null): string {
  return desks.find(({ id }) => id === deskId && id !== DEFAULT_DESK)?.organisationId ?? OWN_ORGANISATION;
}

/** The id under which a case is kept at a desk: none at the one that the settings make. */
export function deskIdOf(desk: DeskRecord): string | null {
  return desk.id === DEFAULT_DESK ? null : desk.id;
}

/** Whether somebody is there for a case of this desk, and when next. */
export function openingOf(roster: Roster, desk: DeskRecord, isPrivate: boolean, now: number): Opening {
  const staffing = staffingOf(roster, desk, isPrivate);
  const there = staffing.members.map((member) => [member.id, dutyNow(member, now)]);
  const key = JSON.stringify([desk, there, staffing.shifts, staffing.guests, Math.floor(now / MINUTE_MS)]);
  const known = openings.get(key);
  if (known) return known;
  if (openings.size >= MOST_OPENINGS) openings.clear();
  const opening = deskOpening(desk, staffing, now);
  openings.set(key, opening);
  return opening;
}

/** Who can answer at a desk. */
function staffingOf(roster: Roster, desk: DeskRecord, isPrivate: boolean): Staffing {
  const need = { deskId: deskIdOf(desk), private: isPrivate };
  return {
    members: roster.staff.filter((member) => mayTake(member, need)),
    shifts: roster.shifts,
    guests: roster.guests && (!isPrivate || roster.guestsReadPrivate),
  };
}

/** Everybody with what they have and whether they are on shift. */
export async function colleaguesOf(reader: Reader, roster: Roster, now: number): Promise<Colleague[]> {
  const loads = await loadsOfStaff(reader);
  return roster.staff.map((member) => ({ member, onShift: isOnShift(roster, member, now).on, load: loads.get(member.id) ?? 0 }));
}

/** Whether somebody is on shift at any desk, and until when. */
export function isOnShift({ shifts, desks }: Roster, member: OnDuty, now: number): { on: boolean; until: number | null } {
  return shiftOf(member, shifts, desks, now);
}

/** A case as routing sees it. */
export function toRouted(record: CaseRecord): RoutedCase {
  const { deskId, topic, locality, spoken, language, genderWanted, escalation } = record;
  return {
    deskId,
    topic,
    locality,
    language: spoken ?? language,
    fallback: spoken === null ? null : language,
    private: record.private,
    genderWanted,
    escalation,
  };
}

// Whether people are there: by the desk's hours, its shifts, and who said that they are on duty. Pure.
// Used for what a person is told, and for when tickets join the line.
// 2026-11-21: those who answer in Slack have no account and no shift; where Slack is connected the desk's hours are theirs.
import type { HotlineSettings } from '../domain/content.ts';
import type { DeskRecord, Shift } from '../domain/staff.ts';
import { localTime } from '../util/local-time.ts';
import { dutyNow, hoursAround, isWithin, shiftOf, shiftsAround, type OnDuty, type Span } from './shifts.ts';

/** Id of the desk that the hotline's settings make where no other is set up. Cases of it have no desk id. */
export const DEFAULT_DESK = '';

/** Who can answer at a desk. */
export interface Staffing {
  /** Caseworkers of the desk with an account, who may read what is to be answered. */
  members: readonly OnDuty[];
  shifts: readonly Shift[];
  /** People without an account answer during the desk's hours (Slack). */
  guests: boolean;
}

export interface Opening {
  /** Somebody could answer at some time. */
  staffed: boolean;
  /** Somebody is there now. */
  open: boolean;
  /** When somebody is there next, ms; null when that is not known. */
  opensAt: number | null;
}

/** The desk that the hotline's settings make. */
export function defaultDesk(settings: Pick<HotlineSettings, 'desk' | 'timezone'>): DeskRecord {
  const { hours, holidays, minutes_to_answer } = settings.desk;
  return {
    id: DEFAULT_DESK,
    name: '',
    organisationId: '',
    timezone: settings.timezone,
    hours: hours.map(({ byday, opens_at, closes_at }) => ({ byday, opensAt: opens_at, closesAt: closes_at })),
    holidays,
    minutesToAnswer: minutes_to_answer,
    topics: [],
    localities: [],
    autoAssign: false,
  };
}

/** Whether anybody is there, and when next. */
export function deskOpening(desk: DeskRecord, staffing: Staffing, now: number): Opening {
  const { members, shifts, guests } = staffing;
  const staffed = guests || members.length > 0;
  if (!staffed) return { staffed, open: false, opensAt: null };
  const hours = hoursAround(desk, now);
  const inHours = isWithin(hours, now);
  // A shift of any desk counts only within the hours of this one, if it has any; duty by hand counts at any hour.
  const place = { ...desk, id: DEFAULT_DESK };
  const mine = shifts.map((shift) => ({ ...shift, deskId: desk.id === DEFAULT_DESK || shift.deskId === desk.id ? DEFAULT_DESK : '-' }));
  const isThere = (member: OnDuty): boolean =>
    shiftOf(member, mine, [place], now).on && (inHours || hours.length === 0 || dutyNow(member, now) === true);
  const open = (guests && inHours) || members.some(isThere);
  const starts = [
    ...(guests ? hours : []),
    ...members.flatMap(({ id }) => meet(shiftsAround(id, mine, [place], now), desk.hours.length > 0 ? hours : null)),
  ].flatMap(({ from }) => (from > now ? [from] : []));
  return { staffed, open, opensAt: starts.length > 0 ? Math.min(...starts) : null };
}

/** An instant as the desk's clock shows it, `YYYY-MM-DDTHH:MM`. */
export function asLocal(instant: number, { timezone }: Pick<DeskRecord, 'timezone'>): string {
  const { date, time } = localTime(instant, timezone);
  return `${date}T${time}`;
}

/** Where spans meet those of the desk's hours; all of them where it has none. */
function meet(spans: readonly Span[], hours: readonly Span[] | null): Span[] {
  if (hours === null) return [...spans];
  return spans.flatMap((span) =>
    hours.flatMap((open) => {
      const both = { from: Math.max(span.from, open.from), to: Math.min(span.to, open.to) };
      return both.from < both.to ? [both] : [];
    }),
  );
}

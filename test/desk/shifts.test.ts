// Who is on shift, until when and when next: weekly hours in a desk's time zone, over midnight, holidays and changes of clock.
import { describe, expect, it, vi } from 'vitest';
import { asLocal, deskOpening } from '../../src/desk/opening.ts';
import { shiftOf, shiftsAround, type OnDuty } from '../../src/desk/shifts.ts';
import type { Shift, Weekday } from '../../src/domain/staff.ts';
import { aDesk, aMember } from '../support/staff-members.ts';

const desk = aDesk({ id: 'madrid', holidays: ['2026-12-08'] });
const ALL: Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const shift = (startsAt: string, endsAt: string, more: Partial<Shift> = {}): Shift => ({
  id: `${startsAt}-${endsAt}`,
  staffId: 'ana',
  deskId: 'madrid',
  byday: ALL,
  startsAt,
  endsAt,
  validFrom: null,
  validTo: null,
  ...more,
});
const at = (utc: string): number => Date.parse(utc);
const ana = aMember('ana');
const ask = (shifts: Shift[], utc: string, member: OnDuty = ana) => {
  const { on, until } = shiftOf(member, shifts, [desk], at(utc));
  return { on, until: until === null ? null : new Date(until).toISOString() };
};

describe('a shift', () => {
  it("runs by the desk's clock, in winter and in summer", () => {
    expect(ask([shift('09:00', '17:00')], '2026-11-23T07:59:00Z').on).toBe(false);
    expect(ask([shift('09:00', '17:00')], '2026-11-23T08:00:00Z')).toEqual({ on: true, until: '2026-11-23T16:00:00.000Z' });
    expect(ask([shift('09:00', '17:00')], '2026-07-01T07:00:00Z')).toEqual({ on: true, until: '2026-07-01T15:00:00.000Z' });
  });

  it('goes over midnight, and belongs to the day on which it begins', () => {
    const night = [shift('22:00', '06:00', { byday: ['FR'] })];
    expect(ask(night, '2026-11-20T23:30:00Z')).toEqual({ on: true, until: '2026-11-21T05:00:00.000Z' });
    expect(ask(night, '2026-11-19T23:30:00Z').on).toBe(false);
  });

  it('is an hour shorter or longer in the night in which the clocks change', () => {
    const night = [shift('22:00', '06:00')];
    expect(ask(night, '2026-03-28T23:00:00Z').until).toBe('2026-03-29T04:00:00.000Z');
    expect(ask(night, '2026-10-24T23:00:00Z').until).toBe('2026-10-25T05:00:00.000Z');
    expect(shiftsAround('ana', night, [desk], at('2026-03-28T12:00:00Z'))[1]).toMatchObject({ from: at('2026-03-28T21:00:00Z') });
  });

  it('that begins where another ends goes on in one', () => {
    expect(ask([shift('09:00', '13:00'), shift('13:00', '18:00')], '2026-11-23T09:00:00Z').until).toBe('2026-11-23T17:00:00.000Z');
  });

  it('is none on a holiday, nor before or after the dates that it is for', () => {
    expect(ask([shift('09:00', '17:00')], '2026-12-08T10:00:00Z').on).toBe(false);
    const december = [shift('09:00', '17:00', { validFrom: '2026-12-01', validTo: '2026-12-24' })];
    expect(ask(december, '2026-11-30T10:00:00Z').on).toBe(false);
    expect(ask(december, '2026-12-24T10:00:00Z').on).toBe(true);
    expect(ask(december, '2026-12-26T10:00:00Z').on).toBe(false);
  });

  it('gives way to what somebody says by hand, until the time that they said', () => {
    const off: OnDuty = { ...ana, duty: { on: false, until: at('2026-11-23T11:00:00Z') } };
    expect(ask([shift('09:00', '17:00')], '2026-11-23T10:00:00Z', off).on).toBe(false);
    expect(ask([shift('09:00', '17:00')], '2026-11-23T11:00:00Z', off).on).toBe(true);
    expect(ask([], '2026-11-23T23:00:00Z', { ...ana, duty: { on: true, until: null } }).on).toBe(true);
    expect(ask([], '2026-11-23T10:00:00Z').on).toBe(false);
  });
});

describe('an instant', () => {
  it('is worked out once for a date, a time and a zone', () => {
    const format = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    const month = [shift('07:10', '15:20')];
    shiftsAround('ana', month, [desk], at('2026-05-04T10:00:00Z'));
    const first = format.mock.calls.length;
    shiftsAround('ana', month, [desk], at('2026-05-04T10:01:00Z'));
    expect(first).toBeGreaterThan(10);
    // The day that it is now.
    expect(format.mock.calls.length - first).toBeLessThanOrEqual(1);
    format.mockRestore();
  });
});

describe('a desk with accounts', () => {
  const hours = [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR'] as Weekday[], opensAt: '09:00', closesAt: '18:00' }];
  const open = (shifts: Shift[], utc: string, change: Partial<OnDuty> = {}, guests = false) => {
    const place = { ...desk, hours };
    const { open: isOpen, opensAt, staffed } = deskOpening(place, { members: [{ ...ana, ...change }], shifts, guests }, at(utc));
    return { staffed, isOpen, opensAt: opensAt === null ? null : asLocal(opensAt, place) };
  };

  it('is open while somebody is on shift within its hours, and says who is there next', () => {
    const afternoons = [shift('14:00', '20:00', { byday: ['MO', 'WE'] })];
    expect(open(afternoons, '2026-11-23T10:00:00Z')).toEqual({ staffed: true, isOpen: false, opensAt: '2026-11-23T14:00' });
    expect(open(afternoons, '2026-11-23T14:00:00Z').isOpen).toBe(true);
    expect(open(afternoons, '2026-11-23T18:00:00Z')).toEqual({ staffed: true, isOpen: false, opensAt: '2026-11-25T14:00' });
  });

  it('promises nothing where nobody has a shift, and is open when somebody says that they are there', () => {
    expect(open([], '2026-11-23T10:00:00Z')).toEqual({ staffed: true, isOpen: false, opensAt: null });
    expect(open([], '2026-11-22T22:00:00Z', { duty: { on: true, until: null } }).isOpen).toBe(true);
  });

  it("counts those in Slack as there in its hours, whatever others' shifts say", () => {
    expect(open([], '2026-11-23T10:00:00Z', {}, true).isOpen).toBe(true);
    expect(open([], '2026-11-22T10:00:00Z', {}, true)).toEqual({ staffed: true, isOpen: false, opensAt: '2026-11-23T09:00' });
  });
});

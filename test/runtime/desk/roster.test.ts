// Whether a desk is open is worked out once a minute, and anew as soon as anything that it depends on has changed.
import { expect, it } from 'vitest';
import type { Shift } from '../../../src/domain/staff.ts';
import { deskFor, openingOf, type Roster } from '../../../src/runtime/desk/roster.ts';
import { aDesk, aMember } from '../../support/staff-members.ts';

const ten = Date.parse('2026-11-23T09:00:30Z');
const MINUTE = 60_000;
const shift: Shift = {
  id: 's1',
  staffId: 'ana',
  deskId: 'madrid',
  byday: ['MO'],
  startsAt: '10:00',
  endsAt: '11:00',
  validFrom: null,
  validTo: null,
};
const desk = aDesk();
const ana = aMember('ana');
const roster = (change: Partial<Roster> = {}): Roster => ({
  desks: [desk],
  staff: [ana],
  shifts: [shift],
  guests: false,
  guestsReadPrivate: false,
  ...change,
});
const open = (now: number, change: Partial<Roster> = {}) => openingOf(roster(change), desk, false, now).open;

it('is worked out once for a minute, however often the roster is read', () => {
  const first = openingOf(roster(), desk, false, ten);
  expect(openingOf(roster(), desk, false, ten + 1000)).toBe(first);
  expect(openingOf(roster(), desk, false, ten + MINUTE)).not.toBe(first);
});

it('is worked out anew when a shift, a duty or the staff has changed', () => {
  expect(open(ten)).toBe(true);
  expect(open(ten, { shifts: [{ ...shift, startsAt: '10:30' }] })).toBe(false);
  expect(open(ten, { shifts: [], guests: false })).toBe(false);
  expect(open(ten, { staff: [{ ...ana, duty: { on: false, until: null } }] })).toBe(false);
  expect(open(ten, { staff: [] })).toBe(false);
  expect(open(ten)).toBe(true);
});

it('follows a duty that ends within the minute', () => {
  const staff = [{ ...ana, duty: { on: true, until: ten + 10_000 } }];
  expect(open(ten, { staff, shifts: [] })).toBe(true);
  expect(open(ten + 10_000, { staff, shifts: [] })).toBe(false);
});

it('passes over a desk where nobody works, without looking at its hours', () => {
  const empty = aDesk({ id: 'empty' });
  const need = { deskId: null, private: false, topic: null, locality: null };
  expect(deskFor(roster({ desks: [empty, desk] }), need).id).toBe('madrid');
});

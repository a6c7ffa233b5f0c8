// The night and the morning after: somebody who writes Tigrinya, which the hotline does not have, asks for a woman at 23:00.
import { afterEach, describe, expect, it } from 'vitest';
import type { OnDuty } from '../../../src/desk/shifts.ts';
import { colleaguesOf, loadRoster, toRouted } from '../../../src/runtime/desk/roster.ts';
import { matchCase } from '../../../src/desk/routing.ts';
import type { Shift } from '../../../src/domain/staff.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { aDesk, aMember } from '../../support/staff-members.ts';
import { openStaffedHotline, signedIn, type StaffedHotline } from '../../support/staffed-hotline.ts';

const HOUR = 3_600_000;
const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR'] as const;
const MONDAY_23 = Date.parse('2026-11-23T22:00:00Z');
const dayShift = (staffId: string): Shift => ({
  id: `s-${staffId}`,
  staffId,
  deskId: 'madrid',
  byday: [...WEEK],
  startsAt: '09:00',
  endsAt: '18:00',
  validFrom: null,
  validTo: null,
});
const ana = aMember('ana', { gender: 'woman', languages: ['es', 'en'] });
const berhane = aMember('berhane', { gender: 'man', languages: ['ti', 'en'] });
const hirut = aMember('hirut', { gender: 'woman', languages: ['ti'] });
const selam = aMember('selam', { gender: 'woman', languages: ['ti', 'en'], roles: ['interpreter'] });

describe.each(BACKENDS)('at night on %s', (backend) => {
  let place: Place;
  let desk: StaffedHotline;
  afterEach(async () => {
    await desk.hotline.close();
    await place.drop();
  });

  const ask = async (staff: OnDuty[]) => {
    place = await makePlace(backend);
    desk = await openStaffedHotline({ place, desks: [aDesk()], staff, shifts: staff.map(({ id }) => dayShift(id)), at: MONDAY_23 });
    const person = desk.hotline.person();
    const asked = await person.send('ሰላም ሓገዝ እደሊ ኣለኹ');
    expect(asked.join()).toMatch(/English/);
    for (const text of ['English', '1', 'social worker', 'a woman', 'yes']) await person.send(text);
    return person;
  };

  it('they are told the next opening in the language that they chose, get one ticket, and a woman who speaks Tigrinya in the morning', async () => {
    const person = await ask([ana, berhane, hirut]);
    const heard = desk.hotline.sent.map((line) => line.message.text).join('\n');
    expect(heard).toMatch(/Tuesday/);
    expect(heard).toMatch(/9:00/);
    const { record } = await desk.look(person);
    expect(record).toMatchObject({ status: 'waiting', language: 'en', spoken: 'ti', genderWanted: 'woman', queuedAt: null });
    expect((await desk.look(person)).conversation.owner).toBe('flow');
    await person.send('person');
    const all = await desk.hotline.app.store.read(({ db }) => db.selectFrom('cases').select('id').execute());
    expect(all).toHaveLength(1);
    const sent = desk.hotline.sent.length;
    await desk.pass(10 * HOUR);
    const morning = await desk.look(person);
    expect(morning.conversation.owner).toBe('queue');
    expect(morning.record).toMatchObject({ id: record.id, status: 'waiting', offeredTo: 'hirut' });
    expect(desk.hotline.sent).toHaveLength(sent);
    const reply = { id: 'r1', text: 'ሰላም፡ ሂሩት እየ።', how: 'now' as const };
    expect(await desk.hotline.app.service.desk.reply(signedIn(hirut), record.id, reply)).toEqual({ ok: true });
    await desk.hotline.settle();
    person.expect('ሂሩት');
  });

  it('they get a woman who writes the language that they chose, with an interpreter, where no woman speaks theirs', async () => {
    const person = await ask([ana, berhane, selam]);
    await desk.pass(10 * HOUR);
    const { record } = await desk.look(person);
    expect(record.offeredTo).toBe('ana');
    const match = await desk.hotline.app.store.read(async (reader) => {
      const roster = await loadRoster(reader, desk.hotline.app.service.services);
      return matchCase(await colleaguesOf(reader, roster, desk.hotline.now()), toRouted(record));
    });
    expect(match).toEqual({ kind: 'offer', staffId: 'ana', interpreter: { staffId: 'selam' } });
  });
});

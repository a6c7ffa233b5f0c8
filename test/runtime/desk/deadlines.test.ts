// What happens by itself while people wait: passed on, taken back, given to others, opened in the morning. Told once, never twice.
import { afterEach, describe, expect, it } from 'vitest';
import { runDueTimers } from '../../../src/runtime/timers.ts';
import { giveUpOn } from '../../../src/runtime/give-up.ts';
import { nothingYet } from '../../../src/runtime/services.ts';
import { listCaseEvents } from '../../../src/store/case-events.ts';
import { saveDesk } from '../../../src/store/desks.ts';
import type { InboxItem } from '../../../src/store/records.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { aDesk, aMember } from '../../support/staff-members.ts';
import { openStaffedHotline, signedIn, type StaffedHotline, type StaffedOptions } from '../../support/staffed-hotline.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HERE = { on: true, until: null };
const ana = aMember('ana', { duty: HERE });
const bea = aMember('bea', { duty: HERE });
const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR'] as const;
const MONDAY_NOON = Date.parse('2026-11-23T11:00:00Z');
const ALL_DAY = {
  id: 's1',
  staffId: 'ana',
  deskId: 'madrid',
  byday: [...WEEK],
  startsAt: '09:00',
  endsAt: '18:00',
  validFrom: null,
  validTo: null,
};
const NINE_TO_SIX = [{ byday: [...WEEK], opensAt: '09:00', closesAt: '18:00' }];

describe.each(BACKENDS)('a deadline of the desk on %s', (backend) => {
  let place: Place;
  let desk: StaffedHotline;
  const open = async (options: Partial<StaffedOptions> = {}): Promise<void> => {
    place = await makePlace(backend);
    desk = await openStaffedHotline({ place, desks: [aDesk()], staff: [ana, bea], ...options });
  };
  afterEach(async () => {
    await desk.hotline.close();
    await place.drop();
  });
  const actions = () => desk.hotline.app.service.desk;
  const kinds = async (caseId: string): Promise<string[]> =>
    (await desk.hotline.app.store.read((reader) => listCaseEvents(reader, caseId))).map(({ kind }) => kind);
  /** On PostgreSQL fewer: each opens a hotline of its own. */
  const alone = it.runIf(backend === 'sqlite');
  const count = (kind: string, all: string[]): number => all.filter((one) => one === kind).length;

  it('passes a case on that nobody takes, to wider skills and then to the duty officer, and tells the person once', async () => {
    await open({ staff: [aMember('maria', { duty: HERE, capacity: 1 })] });
    const person = await desk.asking();
    const { record } = await desk.look(person);
    for (let waited = 0; waited < 4; waited++) {
      await desk.pass(20 * MINUTE);
    }
    expect((await desk.look(person)).record).toMatchObject({ status: 'waiting', escalation: 2 });
    expect(count('escalated', await kinds(record.id))).toBe(2);
    expect(person.heard().filter((text) => /espera es más larga/.test(text))).toHaveLength(1);
  });

  alone('does nothing once somebody has taken the case', async () => {
    await open();
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().reply(signedIn(ana), record.id, { id: 'r1', text: 'Aquí estoy.', how: 'now' });
    await desk.pass(HOUR);
    expect((await desk.look(person)).record).toMatchObject({ status: 'claimed', assignee: 'ana', escalation: 0 });
    expect(person.heard().join()).not.toMatch(/espera es más larga/);
  });

  it('takes a case back from somebody who does not answer, and tells the person', async () => {
    await open();
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().reply(signedIn(ana), record.id, { id: 'r1', text: 'Aquí estoy.', how: 'now' });
    await desk.hotline.settle();
    await desk.pass(10 * MINUTE);
    await person.send('¿y ahora?');
    await desk.pass(19 * MINUTE);
    expect((await desk.look(person)).conversation).toMatchObject({ owner: 'staff', assignee: 'ana' });
    await desk.pass(MINUTE);
    expect((await desk.look(person)).conversation).toMatchObject({ owner: 'queue', assignee: null });
    expect(await kinds(record.id)).toContain('no_reply');
    person.expect(/otra persona/i);
  });

  alone('gives what somebody leaves at the end of their shift to others, with its place in the order of waiting', async () => {
    const shift = {
      id: 's1',
      staffId: 'ana',
      deskId: 'madrid',
      byday: [...WEEK],
      startsAt: '09:00',
      endsAt: '12:00',
      validFrom: null,
      validTo: null,
    };
    await open({ staff: [{ ...ana, duty: null }, bea], shifts: [shift] });
    const person = await desk.asking();
    const { record } = await desk.look(person);
    expect(await actions().claim(signedIn(ana), record.id)).toEqual({ ok: true });
    await actions().reply(signedIn(ana), record.id, { id: 'r1', text: 'Aquí estoy.', how: 'now' });
    await desk.pass(HOUR);
    const left = await desk.look(person);
    expect(left.record).toMatchObject({ status: 'waiting', offeredTo: 'bea' });
    expect(await kinds(record.id)).toContain('shift_ended');
  });

  alone('gives what somebody leaves who goes off duty by hand to others', async () => {
    await open();
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    await desk.duty(ana, false);
    await desk.settle();
    expect((await desk.look(person)).record).toMatchObject({ status: 'waiting', offeredTo: 'bea' });
  });

  it('lets the flow answer again when the desk shuts before anybody came, and takes the ticket up at the next opening', async () => {
    await open({
      desks: [aDesk({ hours: NINE_TO_SIX })],
      staff: [{ ...ana, duty: null }],
      shifts: [ALL_DAY],
      at: Date.parse('2026-11-23T16:50:00Z'),
    });
    const person = await desk.asking();
    expect((await desk.look(person)).conversation.owner).toBe('queue');
    await desk.pass(20 * MINUTE);
    expect((await desk.look(person)).conversation.owner).toBe('flow');
    person.expect(/martes.*09:00|09:00.*martes/i);
    expect(await person.send('menú')).not.toEqual([]);
    await desk.pass(15 * HOUR);
    const morning = await desk.look(person);
    expect(morning.conversation.owner).toBe('queue');
    expect(morning.record).toMatchObject({ status: 'waiting', offeredTo: 'ana' });
    // Nobody is written to out of the blue; whoever writes hears that they are in the line.
    expect(person.heard().join()).not.toMatch(/lista de espera/);
    expect((await person.send('¿hola?')).join()).toMatch(/lista de espera/);
    expect(await person.send('¿hola?')).toEqual([]);
  });

  alone('lets the flow answer again when the desk shuts, also long after everybody was asked', async () => {
    await open({
      desks: [aDesk({ hours: NINE_TO_SIX })],
      staff: [{ ...ana, duty: null, capacity: 1 }],
      shifts: [ALL_DAY],
      at: MONDAY_NOON,
    });
    const person = await desk.asking();
    for (let waited = 0; waited < 16; waited++) await desk.pass(20 * MINUTE);
    expect((await desk.look(person)).record.escalation).toBe(2);
    expect((await desk.look(person)).conversation.owner).toBe('queue');
    for (let waited = 0; waited < 4; waited++) await desk.pass(20 * MINUTE);
    expect((await desk.look(person)).conversation.owner).toBe('flow');
    person.expect(/martes.*09:00|09:00.*martes/i);
  });

  alone('does not give a case back to whoever did not answer while somebody else fits', async () => {
    await open({ desks: [aDesk({ autoAssign: true })] });
    const person = await desk.asking();
    await desk.settle();
    expect((await desk.look(person)).record.assignee).toBe('ana');
    await desk.pass(20 * MINUTE);
    expect((await desk.look(person)).record).toMatchObject({ status: 'claimed', assignee: 'bea', escalation: 1 });
    await desk.duty(ana, false);
    await desk.pass(20 * MINUTE);
    expect((await desk.look(person)).record).toMatchObject({ status: 'claimed', assignee: 'bea', escalation: 2 });
  });

  alone('takes a case back from a colleague in the time that their desk promises', async () => {
    const slow = aDesk({ id: 'legal', minutesToAnswer: 60, topics: ['LAW'] });
    await open({ desks: [aDesk(), slow], staff: [ana, { ...bea, deskIds: ['legal'] }] });
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    expect(await actions().transfer(signedIn(ana), record.id, { staffId: 'bea' })).toEqual({ ok: true });
    await desk.pass(59 * MINUTE);
    expect((await desk.look(person)).record).toMatchObject({ status: 'claimed', assignee: 'bea', deskId: 'legal' });
    await desk.pass(MINUTE);
    expect((await desk.look(person)).record).toMatchObject({ status: 'waiting', assignee: null });
  });

  alone('takes a case back also where the desk came to give more time while somebody had it', async () => {
    await open();
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    await desk.hotline.app.store.transaction((tx) => saveDesk(tx, aDesk({ minutesToAnswer: 60 })));
    await desk.pass(20 * MINUTE);
    expect((await desk.look(person)).record.assignee).toBe('ana');
    await desk.pass(40 * MINUTE);
    expect((await desk.look(person)).record).toMatchObject({ status: 'waiting', assignee: null });
  });

  alone('takes a case back from somebody who does not write at the time that was agreed', async () => {
    await open();
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().reply(signedIn(ana), record.id, { id: 'r1', text: 'Le escribo luego.', how: 'now' });
    await actions().change(signedIn(ana), record.id, { callbackAt: desk.hotline.now() + HOUR });
    await desk.pass(HOUR);
    await person.send('¿hola?');
    await desk.pass(19 * MINUTE);
    expect((await desk.look(person)).conversation.owner).toBe('staff');
    await desk.pass(MINUTE);
    expect((await desk.look(person)).conversation.owner).toBe('queue');
  });

  alone('puts a case that somebody had into the line when a message fails after STOP and START', async () => {
    await open();
    const person = await desk.asking();
    const { record, conversation } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    await person.send('STOP');
    await person.send('START');
    const { services } = desk.hotline.app.service;
    await desk.hotline.app.store.transaction((tx) =>
      giveUpOn(tx, { conversationId: conversation.id } as InboxItem, services, nothingYet()),
    );
    await desk.settle();
    const after = await desk.look(person);
    expect(after.conversation.owner).toBe('queue');
    expect(after.record).toMatchObject({ status: 'waiting', assignee: null, offeredTo: expect.any(String) });
  });

  it('takes up a ticket behind more than a page of tickets that nobody can take', { timeout: 60_000 }, async () => {
    await open({ desks: [aDesk(), aDesk({ id: 'nobody', topics: ['LAW'] })], staff: [{ ...ana, duty: { on: false, until: null } }] });
    const person = await desk.asking();
    const { conversation, record } = await desk.look(person);
    expect(record).toMatchObject({ status: 'waiting', queuedAt: null });
    await desk.hotline.app.store.transaction(async ({ db }) => {
      const contact = await db.selectFrom('contacts').selectAll().where('id', '=', conversation.contactId).executeTakeFirstOrThrow();
      const talk = await db.selectFrom('conversations').selectAll().where('id', '=', conversation.id).executeTakeFirstOrThrow();
      const ticket = await db.selectFrom('cases').selectAll().where('id', '=', record.id).executeTakeFirstOrThrow();
      for (let number = 0; number < 501; number++) {
        const id = `other-${number}`;
        await db
          .insertInto('contacts')
          .values({ ...contact, id })
          .execute();
        await db
          .insertInto('conversations')
          .values({ ...talk, id, contact_id: id })
          .execute();
        const theirs = { id, contact_id: id, conversation_id: id, desk_id: 'nobody', priority: 'urgent' as const, sealed: null };
        await db
          .insertInto('cases')
          .values({ ...ticket, ...theirs })
          .execute();
      }
    });
    await desk.duty(ana, true);
    await desk.settle();
    expect((await desk.look(person)).record).toMatchObject({ queuedAt: expect.any(Number), offeredTo: 'ana' });
  });

  alone('keeps the place in line through MENU, tells it on STATUS, and gives it up on request', async () => {
    await open();
    const first = await desk.asking();
    await desk.pass(MINUTE);
    const second = await desk.asking();
    expect((await second.send('estado')).join()).toMatch(/lugar 2/);
    expect((await second.send('menú')).join()).toMatch(/lista de espera/);
    expect((await desk.look(second)).conversation.owner).toBe('flow');
    expect((await second.send('persona')).join()).toMatch(/lugar 2/);
    await first.send('atrás');
    expect((await desk.look(first)).record.status).toBe('closed');
    expect((await second.send('estado')).join()).toMatch(/lugar 1/);
  });

  alone('ends the time in which a closed case opens again', async () => {
    await open();
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().close(signedIn(ana), record.id, { outcome: 'answered' });
    await desk.pass(4 * HOUR);
    expect((await desk.look(person)).conversation.owner).toBe('flow');
  });

  it('runs each once, whoever looks at the same time', async () => {
    await open();
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await desk.hotline.settle();
    desk.hotline.pass(20 * MINUTE);
    const { services } = desk.hotline.app.service;
    await Promise.all(Array.from({ length: 5 }, () => runDueTimers(services, () => {})));
    await desk.hotline.settle();
    expect(count('escalated', await kinds(record.id))).toBe(1);
  });

  alone('gives cases to whoever fits best where the desk says so, and never more than they can have', async () => {
    const busy = { ...bea, capacity: 1 };
    await open({ desks: [aDesk({ autoAssign: true })], staff: [{ ...ana, languages: ['en'] }, busy] });
    const first = await desk.asking();
    desk.hotline.pass(1);
    const people = [first, await desk.asking()];
    await desk.settle();
    const records = await Promise.all(people.map(async (person) => (await desk.look(person)).record));
    expect(records.map(({ assignee }) => assignee)).toEqual(['bea', null]);
    expect(records[1]).toMatchObject({ status: 'waiting', offeredTo: 'ana' });
    expect((await desk.look(people[0] as never)).conversation).toMatchObject({ owner: 'staff', assignee: 'bea' });
  });
});

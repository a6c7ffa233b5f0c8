// What staff do with a case in the console: who wins, who is told what, and what the person hears of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OnDuty } from '../../../src/desk/shifts.ts';
import { interpretersOf } from '../../../src/store/assignments.ts';
import { readChoices } from '../../../src/runtime/desk/board.ts';
import { countCases, listCases } from '../../../src/store/case-list.ts';
import { loadCase, updateCase } from '../../../src/store/cases.ts';
import { listCaseEvents } from '../../../src/store/case-events.ts';
import { listCaseNotes } from '../../../src/store/case-notes.ts';
import { listStaffMessages } from '../../../src/store/staff-messages.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { aDesk, aMember } from '../../support/staff-members.ts';
import { guest, openStaffedHotline, signedIn, type StaffedHotline } from '../../support/staffed-hotline.ts';

const HERE = { on: true, until: null };
const ana = aMember('ana', { duty: HERE });
const bea = aMember('bea', { duty: HERE });
const dora = aMember('dora', { duty: HERE, roles: ['duty_officer'] });
const selam = aMember('selam', { duty: HERE, roles: ['interpreter'], languages: ['ti'] });
const lisbon = aMember('luis', { duty: HERE, deskIds: ['lisbon'] });
const pia = aMember('pia', { duty: HERE, roles: ['private_caseworker'] });
const pablo = aMember('pablo', { duty: HERE, organisationId: 'clinic', deskIds: ['clinic'], roles: ['caseworker', 'private_caseworker'] });
const TEAM: OnDuty[] = [ana, bea, dora, selam, lisbon, pia, pablo];

describe.each(BACKENDS)('an action on a case on %s', (backend) => {
  let place: Place;
  let desk: StaffedHotline;
  beforeAll(async () => {
    place = await makePlace(backend);
    const clinic = aDesk({ id: 'clinic', organisationId: 'clinic', topics: ['XXX'] });
    desk = await openStaffedHotline({ place, desks: [aDesk(), aDesk({ id: 'lisbon', localities: ['PT'] }), clinic], staff: TEAM });
  });
  afterAll(async () => {
    await desk.hotline.close();
    await place.drop();
  });
  const actions = () => desk.hotline.app.service.desk;
  const read = <T>(work: (reader: Parameters<Parameters<typeof desk.hotline.app.store.read>[0]>[0]) => Promise<T>) =>
    desk.hotline.app.store.read(work);

  it('claims: of all who try at once one wins, and the others are told who has it', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    const outcomes = await Promise.all([ana, bea, dora].map((member) => actions().claim(signedIn(member), record.id)));
    const winners = outcomes.filter(({ ok }) => ok);
    expect(winners).toHaveLength(1);
    const { record: now, conversation } = await desk.look(person);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome).toMatchObject({ code: 'taken', takenBy: now.assignee });
    expect(conversation).toMatchObject({ owner: 'staff', assignee: now.assignee });
    const events = (await read((reader) => listCaseEvents(reader, record.id))).map(({ kind }) => kind);
    expect(events.filter((kind) => kind !== 'offered')).toEqual(['opened', 'queued', 'claimed']);
  });

  it('replies: takes the case over, reaches the person once, and notes who wrote it', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    const reply = { id: '5a1f8c9e-0000-4000-8000-000000000001', text: 'Hola, soy Ana.', how: 'now' as const };
    const before = desk.hotline.sent.length;
    expect(await actions().reply(signedIn(ana), record.id, reply)).toEqual({ ok: true });
    expect(await actions().reply(signedIn(ana), record.id, reply)).toEqual({ ok: true });
    await desk.hotline.settle();
    expect(desk.hotline.sent.slice(before).map((line) => line.message.text)).toEqual(['Hola, soy Ana.']);
    expect(await read((reader) => listStaffMessages(reader, record.id))).toMatchObject([{ staffId: 'ana', state: 'queued' }]);
    expect((await desk.look(person)).record).toMatchObject({ assignee: 'ana', waitingSince: null });
    await person.send('gracias');
    expect((await desk.look(person)).record.waitingSince).toBe(desk.hotline.now());
  });

  it("refuses a reply in a colleague's case, but not to a duty officer", async () => {
    const { record } = await desk.look(await desk.asking());
    await actions().claim(signedIn(ana), record.id);
    const reply = (id: string) => ({ id, text: 'Soy otra.', how: 'now' as const });
    expect(await actions().reply(signedIn(bea), record.id, reply('r1'))).toMatchObject({ code: 'taken', takenBy: 'ana' });
    expect(await actions().reply(signedIn(dora), record.id, reply('r2'))).toEqual({ ok: true });
  });

  it('transfers to a colleague with a private note, and to a desk, in whose line it waits', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    expect(await actions().transfer(signedIn(ana), record.id, { staffId: 'bea' }, 'Ya le expliqué la tarjeta.')).toEqual({ ok: true });
    expect((await desk.look(person)).conversation).toMatchObject({ owner: 'staff', assignee: 'bea' });
    expect(await read((reader) => listCaseNotes(reader, record.id))).toMatchObject([{ staffId: 'ana', mentions: ['bea'] }]);
    expect(await actions().transfer(signedIn(bea), record.id, { staffId: 'selam' })).toMatchObject({ code: 'invalid' });
    expect(await actions().transfer(signedIn(bea), record.id, { deskId: 'lisbon' })).toEqual({ ok: true });
    const moved = await desk.look(person);
    expect(moved.record).toMatchObject({ status: 'waiting', deskId: 'lisbon', assignee: null });
    expect(moved.conversation.owner).toBe('queue');
    expect(await actions().claim(signedIn(bea), record.id)).toMatchObject({ code: 'gone' });
    expect(await actions().claim(signedIn(lisbon), record.id)).toEqual({ ok: true });
    await desk.hotline.settle();
    expect(person.heard().join()).not.toContain('tarjeta');
  });

  it('keeps a case without a desk to the own organisation, in lists and actions', async () => {
    const { record } = await desk.look(await desk.asking());
    await desk.hotline.app.store.transaction((tx) => updateCase(tx, record.id, { deskId: null }));
    const listed = (member: OnDuty) =>
      read((reader) => listCases(reader, signedIn(member), { queue: 'waiting', limit: 100 }, desk.hotline.now())).then(({ lines }) =>
        lines.some(({ id }) => id === record.id),
      );
    expect([await listed(pablo), await listed(ana), await listed(lisbon)]).toEqual([false, true, true]);
    expect((await read((reader) => countCases(reader, signedIn(pablo), desk.hotline.now()))).waiting).toBe(0);
    expect(await actions().claim(signedIn(pablo), record.id)).toMatchObject({ code: 'gone' });
    expect(await actions().claim(signedIn(lisbon), record.id)).toEqual({ ok: true });
  });

  it('hands no case to a partner: that is what referrals are for', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    for (const to of [{ staffId: 'pablo' }, { deskId: 'clinic' }])
      expect(await actions().transfer(signedIn(ana), record.id, to)).toMatchObject({
        code: 'invalid',
        reason: expect.stringContaining('Write a referral instead') as string,
      });
    expect((await desk.look(person)).record).toMatchObject({ assignee: 'ana', deskId: 'madrid' });
    const choices = await read((reader) => readChoices(reader, signedIn(ana), record.id, desk.hotline.app.service.services));
    expect(choices?.desks.map(({ id }) => id)).toEqual(['lisbon']);
    expect(choices?.colleagues.map(({ id }) => id)).not.toContain('pablo');
    // A partner can give back what came to their desk.
    await desk.hotline.app.store.transaction((tx) => updateCase(tx, record.id, { deskId: 'clinic' }));
    expect(await actions().transfer(signedIn(ana), record.id, { deskId: 'madrid' })).toEqual({ ok: true });
  });

  it('releases: the person is told that somebody else will answer', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    expect(await actions().release(signedIn(bea), record.id)).toMatchObject({ code: 'taken' });
    expect(await actions().release(signedIn(ana), record.id)).toEqual({ ok: true });
    await desk.hotline.settle();
    person.expect(/otra persona/i);
    expect((await desk.look(person)).conversation).toMatchObject({ owner: 'queue', assignee: null });
  });

  it('closes: the person hears so, and what they write soon goes back to whoever had it', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    expect(await actions().close(signedIn(ana), record.id, { outcome: 'answered' })).toEqual({ ok: true });
    await desk.hotline.settle();
    const closed = await desk.look(person);
    expect(closed.record).toMatchObject({ status: 'closed', outcome: 'answered', closedBy: 'ana' });
    expect(closed.conversation.owner).toBe('closed');
    expect(await actions().note(signedIn(ana), record.id, { id: 'n1', text: 'Llamar', mentions: [] })).toEqual({ ok: true });
    expect(await actions().reply(signedIn(ana), record.id, { id: 'late', text: 'Otra cosa', how: 'now' })).toMatchObject({
      code: 'closed',
    });
    await person.send('tengo otra pregunta sobre lo mismo');
    expect(await desk.look(person)).toMatchObject({
      conversation: { owner: 'staff', assignee: 'ana' },
      record: { id: record.id, status: 'claimed', assignee: 'ana', closedBy: null },
    });
  });

  it('shows an interpreter one conversation, while they are invited', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    const words = { id: 'i1', text: 'ሰላም', how: 'now' as const };
    expect(await actions().reply(signedIn(selam), record.id, words)).toMatchObject({ code: 'gone' });
    await actions().claim(signedIn(ana), record.id);
    expect(await actions().inviteInterpreter(signedIn(ana), record.id, 'bea')).toMatchObject({ code: 'invalid' });
    expect(await actions().inviteInterpreter(signedIn(ana), record.id, 'selam')).toEqual({ ok: true });
    expect(await actions().reply(signedIn(selam), record.id, words)).toEqual({ ok: true });
    expect(await read((reader) => interpretersOf(reader, record.id))).toEqual([{ staffId: 'selam', joined: true }]);
    expect((await desk.look(person)).conversation.assignee).toBe('ana');
    expect(await actions().close(signedIn(selam), record.id, { outcome: 'answered' })).toMatchObject({ code: 'forbidden' });
    expect(await actions().dismissInterpreter(signedIn(ana), record.id)).toEqual({ ok: true });
    expect(await actions().note(signedIn(selam), record.id, { id: 'i2', text: 'x', mentions: [] })).toMatchObject({ code: 'gone' });
  });

  it('keeps private cases to those who may read them, on every surface', async () => {
    const person = await desk.asking('hola', '1', 'me pega', 'persona');
    const { record } = await desk.look(person);
    expect(record.private).toBe(true);
    for (const actor of [signedIn(ana), signedIn(dora), signedIn(selam)])
      expect(await actions().claim(actor, record.id)).toMatchObject({ ok: false, code: 'gone' });
    expect(await actions().claim(guest('U1'), record.id)).toMatchObject({ code: 'private' });
    expect(await actions().claim({ ...signedIn(pia), via: 'slack' }, record.id)).toMatchObject({ code: 'private' });
    for (const actor of [guest('U1'), { ...signedIn(dora), via: 'slack' as const }])
      expect(await actions().close(actor, record.id, { outcome: 'answered' })).toMatchObject({ code: 'private' });
    expect((await desk.look(person)).record.status).toBe('waiting');
    expect(await actions().claim(signedIn(pia), record.id)).toEqual({ ok: true });
    expect(await actions().close({ ...signedIn(pia), via: 'slack' }, record.id, { outcome: 'answered' })).toEqual({ ok: true });
  });

  it('lets guests take over from guests, and from nobody who has an account', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    expect(await actions().release(guest('U1'), record.id)).toMatchObject({ code: 'taken', takenBy: 'ana' });
    await actions().release(signedIn(ana), record.id);
    await actions().claim(guest('U1'), record.id);
    expect(await actions().release(signedIn(bea), record.id)).toMatchObject({ code: 'taken' });
    expect(await actions().release(guest('U2'), record.id)).toEqual({ ok: true });
  });

  it('does nothing to somebody who has stopped the line or is not there any more', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await person.send('STOP');
    const reply = { id: 'r9', text: 'Hola', how: 'now' as const };
    expect(await actions().reply(signedIn(ana), record.id, reply)).toMatchObject({ code: 'stopped' });
    expect(await actions().claim(signedIn(ana), record.id)).toMatchObject({ code: 'stopped' });
    await person.send('BORRAR');
    await person.send('1');
    expect(await actions().reply(signedIn(ana), record.id, reply)).toMatchObject({ ok: false });
    // What is left of their case can be taken out of the line.
    expect(await actions().close(signedIn(lisbon), record.id, { outcome: 'other' })).toMatchObject({ code: 'gone' });
    expect(await actions().close(signedIn(ana), record.id, { outcome: 'other' })).toEqual({ ok: true });
    expect(await read((reader) => loadCase(reader, record.id))).toMatchObject({ status: 'closed', closedBy: 'ana' });
    expect(await actions().claim(signedIn(ana), 'nothing')).toMatchObject({ code: 'gone' });
  });

  it('changes priority with its due date, and agrees a time to write, of which staff are reminded', async () => {
    const person = await desk.asking();
    const { record } = await desk.look(person);
    await actions().claim(signedIn(ana), record.id);
    const inTwoHours = desk.hotline.now() + 2 * 3_600_000;
    expect(await actions().change(signedIn(ana), record.id, { callbackAt: desk.hotline.now() - 1 })).toMatchObject({ code: 'invalid' });
    expect(await actions().change(signedIn(ana), record.id, { priority: 'urgent', callbackAt: inTwoHours })).toEqual({ ok: true });
    expect((await desk.look(person)).record).toMatchObject({ priority: 'urgent', dueAt: record.openedAt + 72 * 3_600_000 });
    await actions().reply(signedIn(ana), record.id, { id: 'c1', text: 'Le escribo luego.', how: 'now' });
    await desk.hotline.settle();
    const before = person.heard();
    await desk.pass(2 * 3_600_000);
    expect((await read((reader) => listCaseEvents(reader, record.id))).at(-1)).toMatchObject({ kind: 'callback_due', toRef: 'ana' });
    expect(person.heard()).toEqual(before);
  });
});

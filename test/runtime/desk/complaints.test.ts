// A complaint from its number to "are you content?". What is about staff is open to officers who never had a case of the person.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissionsOf } from '../../../src/domain/role.ts';
import type { Actor } from '../../../src/domain/staff.ts';
import { closeAnsweredComplaints, remindOverdue } from '../../../src/runtime/desk/overdue.ts';
import { runDueTimers } from '../../../src/runtime/timers.ts';
import { listCaseTalk } from '../../../src/store/case-talk.ts';
import { latestCase, loadCase } from '../../../src/store/cases.ts';
import { findOpenTo, listOpenTo, openComplaintWords, type ComplaintRecord } from '../../../src/store/complaint-desk.ts';
import { findConversation, loadConversation, lockConversation } from '../../../src/store/conversations.ts';
import { changeStaff } from '../../../src/store/manage-staff.ts';
import { openHotline, type Person, type TestHotline } from '../../support/app.ts';
import { addColleague, addPartner } from '../../support/colleagues.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { createQuietSurface } from '../../support/quiet-surface.ts';
import { guest } from '../../support/staffed-hotline.ts';

const HOUR = 3_600_000;

describe.each(BACKENDS)('a complaint on %s', (backend) => {
  let place: Place;
  let hotline: TestHotline;
  let ana: Actor;
  let olga: Actor;
  let omar: Actor;
  beforeAll(async () => {
    place = await makePlace(backend);
    hotline = await openHotline({ place, surface: createQuietSurface(true).module });
    ana = await addColleague(hotline.app, { alias: 'Ana', capacity: 50, slackUser: 'UANA' });
    olga = await addColleague(hotline.app, {
      alias: 'Olga',
      roles: ['sensitive_feedback_officer', 'private_caseworker'],
      slackUser: 'UOLGA',
    });
    omar = await addColleague(hotline.app, { alias: 'Omar', roles: ['sensitive_feedback_officer'] });
  });
  afterAll(async () => {
    await hotline.close();
    await place.drop();
  });

  const sees = async (actor: Actor, number: string): Promise<boolean> => {
    const { store } = hotline.app;
    const found = await store.read((reader) => findOpenTo(reader, actor, number));
    const listed = await store.read((reader) => listOpenTo(reader, actor, {}));
    expect(listed.complaints.some((complaint) => complaint.number === number)).toBe(found !== null);
    return found !== null;
  };
  const now = async (number: string): Promise<ComplaintRecord> => {
    const found = await hotline.app.store.read((reader) => findOpenTo(reader, omar, number));
    return found as ComplaintRecord;
  };

  async function complain(person: Person, about: 'service' | 'staff', contact = 'sí'): Promise<string> {
    await person.send('queja');
    const answers = about === 'service' ? ['1', 'oficina del norte', 'Me hicieron esperar', contact] : ['2', contact];
    for (const answer of answers) await person.send(answer);
    const number = /Q-\d{6}/.exec(person.heard().join('\n'))?.[0] ?? '';
    expect(number).not.toBe('');
    return number;
  }
  async function meet(): Promise<Person> {
    const person = hotline.person();
    for (const text of ['hola', '1']) await person.send(text);
    return person;
  }
  async function caseOf(person: Person): Promise<string> {
    const record = await hotline.app.store.read(async (reader) => {
      const conversation = await findConversation(reader, 'test', person.address);
      return conversation && latestCase(reader, conversation.id);
    });
    return record?.id ?? '';
  }

  it('about a service is taken, answered, and closed by a person who is content', async () => {
    const { complaints } = hotline.app.service;
    const person = await meet();
    const number = await complain(person, 'service');
    expect(await now(number)).toMatchObject({ sensitive: false, state: 'received', dueAt: hotline.now() + 15 * 24 * HOUR });
    await expect(complaints.answer(ana, number, { action: 'corrected', text: 'x' })).rejects.toMatchObject({ code: 'desk.refused' });
    await complaints.take(ana, number);
    await expect(complaints.take(omar, number)).rejects.toMatchObject({ code: 'desk.refused' });
    await complaints.note(ana, number, { id: '4a4b9c1e-0000-4000-8000-000000000001', text: 'Rang the office' });
    const other = hotline.person({ kind: 'user', value: 'another-channel' });
    for (const text of ['hola', '1']) await other.send(text);
    await other.send(`estado ${number}`);
    other.expect('Una persona está mirando su queja.');
    expect(other.heard().join()).not.toMatch(/esperar|norte|Ana/);
    await complaints.answer(ana, number, { action: 'corrected', text: 'Ya hay más sillas y más gente.' });
    await hotline.settle();
    person.expect(`Esta es la respuesta a su queja ${number}:`);
    person.expect('Ya hay más sillas y más gente.');
    await person.send('sí');
    expect(await now(number)).toMatchObject({ state: 'closed', satisfied: true });
    const audit = await hotline.app.store.read((reader) =>
      reader.db.selectFrom('audit').select(['action', 'actor']).where('target', '=', number).orderBy('seq').execute(),
    );
    expect(audit.map(({ action }) => action)).toEqual(['take', 'note', 'answer'].map((verb) => `complaint.${verb}`));
  });

  it('goes to somebody else when the person is not content, once', async () => {
    const { complaints } = hotline.app.service;
    const person = await meet();
    const number = await complain(person, 'service');
    await complaints.take(ana, number);
    await complaints.answer(ana, number, { action: 'not_upheld', text: 'No lo vimos así.' });
    await hotline.settle();
    await person.send('no');
    person.expect('Otra persona volverá a mirar su queja.');
    expect(await now(number)).toMatchObject({ state: 'received', reopened: 1, satisfied: false });
    await expect(complaints.take(ana, number)).rejects.toMatchObject({ code: 'desk.refused' });
    await complaints.take(omar, number);
    await complaints.answer(omar, number, { action: 'apologised', text: 'Lo sentimos.' });
    await hotline.settle();
    person.expect('Lo sentimos.');
    expect(person.heard().join()).not.toMatch(/¿Le parece bien/);
    await complaints.close(omar, number);
    expect((await now(number)).state).toBe('closed');
  });

  it('says nothing to somebody who wants no contact, and to somebody who has stopped', async () => {
    const { complaints } = hotline.app.service;
    const silent = await meet();
    const first = await complain(silent, 'service', 'no');
    const stopped = await meet();
    const second = await complain(stopped, 'service');
    await stopped.send('stop');
    const before = hotline.sent.length;
    for (const number of [first, second]) {
      await complaints.take(omar, number);
      await complaints.answer(omar, number, { action: 'corrected', text: 'Hecho.' });
    }
    await hotline.settle();
    expect(hotline.sent.length).toBe(before);
  });

  it('about staff is asked no details, is due in 72 hours, and is open to officers alone', async () => {
    const person = await meet();
    const number = await complain(person, 'staff');
    expect(await now(number)).toMatchObject({ sensitive: true, dueAt: hotline.now() + 72 * HOUR });
    expect((await hotline.app.store.read((reader) => openComplaintWords(reader, number))).text).toBeNull();
    const partner = await addColleague(hotline.app, {
      organisationId: await addPartner(hotline.app, 'Casa'),
      roles: ['sensitive_feedback_officer'],
    });
    expect(await Promise.all([ana, olga, omar, partner].map((actor) => sees(actor, number)))).toEqual([false, true, true, false]);
    for (const verb of ['read', 'take', 'close'] as const)
      await expect(hotline.app.service.complaints[verb](ana, number)).rejects.toMatchObject({ code: 'store.not_found' });
  });

  it('about staff is never open to an officer who had a case of the person, now or before, there or in Slack', async () => {
    const { app } = hotline;
    const person = await meet();
    const number = await complain(person, 'staff', 'no');
    expect(await sees(olga, number)).toBe(true);
    await person.send('persona');
    const caseId = await caseOf(person);
    expect(await app.service.desk.claim(olga, caseId)).toEqual({ ok: true });
    expect(await sees(olga, number)).toBe(false);
    await app.service.desk.release(olga, caseId);
    expect(await sees(olga, number)).toBe(false);
    const inSlack = async (assignee: string) =>
      app.store.transaction(async (tx) => {
        await tx.db.deleteFrom('case_assignments').where('case_id', '=', caseId).execute();
        await sql`update cases set assignee = ${assignee}, closed_by = null where id = ${caseId}`.execute(tx.db);
      });
    for (const assignee of ['UOLGA', 'slack:UOLGA']) {
      await inSlack(assignee);
      expect(await sees(olga, number)).toBe(false);
    }
    expect(await sees(omar, number)).toBe(true);
    // The person deletes everything: who had their case stays known.
    for (const text of ['borrar', '1']) await person.send(text);
    expect(await sees(olga, number)).toBe(false);
    expect(await sees(omar, number)).toBe(true);
  });

  it('about staff stays closed to an officer who had a case as a guest in Slack, also when the link is taken away', async () => {
    const { app } = hotline;
    const link = (slackUser: string | null) =>
      app.store.transaction((tx) => changeStaff(tx, olga.id, { slackUser }, { by: 'operator', now: hotline.now() }));
    const trusted = { ...guest('UGUEST'), permissions: permissionsOf(['private_caseworker']) };
    const [there, gone] = [await meet(), await meet()];
    const numbers = [await complain(there, 'staff', 'no'), await complain(gone, 'staff', 'no')];
    for (const person of [there, gone]) {
      await person.send('persona');
      expect(await app.service.desk.claim(trusted, await caseOf(person))).toEqual({ ok: true });
    }
    for (const text of ['borrar', '1']) await gone.send(text);
    await link('UGUEST');
    await link(null);
    for (const number of numbers) expect(await sees(olga, number)).toBe(false);
    expect(await app.store.read((reader) => findConversation(reader, 'test', there.address))).toMatchObject({ assignee: olga.id });
  });

  it('is no part of a case: neither its number nor its answer shows to whoever has the case of the person', async () => {
    const { app } = hotline;
    const person = await meet();
    const number = await complain(person, 'staff');
    await person.send('persona');
    const caseId = await caseOf(person);
    await app.service.desk.claim(olga, caseId);
    await app.service.complaints.take(omar, number);
    await app.service.complaints.answer(omar, number, { action: 'investigated', text: 'Hablamos con el equipo.' });
    await hotline.settle();
    person.expect('Hablamos con el equipo.');
    await person.send('no');
    person.expect('Otra persona volverá a mirar su queja.');
    const talk = await app.store.read(async (reader) => {
      const record = await loadCase(reader, caseId);
      const conversation = record && (await loadConversation(reader, record.conversationId));
      return record && conversation ? listCaseTalk(reader, record, conversation, true) : [];
    });
    const shown = talk.map(({ text }) => text).join('\n');
    expect(shown).toMatch(/hola/);
    expect(shown).not.toMatch(/Q-\d{6}|Hablamos|volverá a mirar/);
  });

  it('is reminded of every day while nobody looks at what is about staff, and once when an answer is late', async () => {
    const { app } = hotline;
    await app.store.transaction((tx) => tx.db.updateTable('complaints').set({ state: 'closed', closed_at: 1 }).execute());
    const person = await meet();
    const number = await complain(person, 'staff', 'no');
    const remind = async () => (await remindOverdue(app.service.services)).complaints;
    expect(await remind()).toBe(0);
    hotline.pass(25 * HOUR);
    expect(await remind()).toBe(1);
    expect(await remind()).toBe(0);
    await app.service.complaints.take(omar, number);
    hotline.pass(25 * HOUR);
    expect(await remind()).toBe(0);
    hotline.pass(25 * HOUR);
    expect((await Promise.all([remind(), remind()])).sort()).toEqual([0, 1]);
    hotline.pass(25 * HOUR);
    expect(await remind()).toBe(0);
  });

  it('goes over to a colleague where whoever took it has gone or let it become late', async () => {
    const { app } = hotline;
    const { complaints } = app.service;
    const eva = await addColleague(app, { alias: 'Eva', roles: ['sensitive_feedback_officer', 'private_caseworker'] });
    const gone = await complain(await meet(), 'service');
    await complaints.take(eva, gone);
    await expect(complaints.take(omar, gone)).rejects.toMatchObject({ code: 'desk.refused' });
    await app.store.transaction((tx) => tx.db.updateTable('staff').set({ active: 0 }).where('id', '=', eva.id).execute());
    await complaints.take(omar, gone);
    expect(await now(gone)).toMatchObject({ state: 'looking', handler: omar.id });
    await expect(complaints.take(olga, gone)).rejects.toMatchObject({ code: 'desk.refused' });
    hotline.pass(16 * 24 * HOUR);
    await complaints.take(olga, gone);
    expect(await now(gone)).toMatchObject({ handler: olga.id });
    const person = await meet();
    const conflict = await complain(person, 'staff', 'no');
    await complaints.take(olga, conflict);
    await person.send('persona');
    await app.service.desk.claim(olga, await caseOf(person));
    await complaints.take(omar, conflict);
    expect(await now(conflict)).toMatchObject({ handler: omar.id });
  });

  it('is closed a month after its answer, where nobody has closed it', async () => {
    const { app } = hotline;
    const number = await complain(await meet(), 'service', 'no');
    await app.service.complaints.take(omar, number);
    await app.service.complaints.answer(omar, number, { action: 'other', text: 'Hecho.' });
    hotline.pass(29 * 24 * HOUR);
    await closeAnsweredComplaints(app.service.services);
    expect((await now(number)).state).toBe('answered');
    hotline.pass(2 * 24 * HOUR);
    await closeAnsweredComplaints(app.service.services);
    expect(await now(number)).toMatchObject({ state: 'closed', closedAt: hotline.now() });
  });

  it.runIf(backend === 'postgres')(
    'that is answered waits for whoever deletes their data, and holds up nothing that they need',
    async () => {
      const { app } = hotline;
      const number = await complain(await meet(), 'service');
      await app.service.complaints.take(omar, number);
      const { conversationId } = await now(number);
      let answering: Promise<void> = Promise.resolve();
      await app.store.transaction(async (tx) => {
        await lockConversation(tx, conversationId ?? '');
        answering = app.service.complaints.answer(omar, number, { action: 'other', text: 'Hecho.' });
        const waiting = sql<{ n: number }>`select count(*)::int as n from pg_locks where not granted`;
        await expect.poll(async () => (await waiting.execute(tx.db)).rows[0]?.n).toBeGreaterThan(0);
        await sql`select 1 from complaints where number = ${number} for no key update nowait`.execute(tx.db);
      });
      await answering;
      expect((await now(number)).state).toBe('answered');
    },
  );

  it('forgets its notes and its answer with itself', async () => {
    const { app } = hotline;
    const person = await meet();
    const number = await complain(person, 'service');
    await app.service.complaints.take(omar, number);
    await app.service.complaints.note(omar, number, { id: '4a4b9c1e-0000-4000-8000-000000000002', text: 'secret heron' });
    await app.service.complaints.answer(omar, number, { action: 'other', text: 'Hecho.' });
    for (const text of ['borrar', '1']) await person.send(text);
    await app.service.complaints.close(omar, number);
    const left = await app.store.read(async ({ db }) => ({
      complaint: await db.selectFrom('complaints').select(['sealed', 'closing_sealed']).where('number', '=', number).executeTakeFirst(),
      notes: await db.selectFrom('complaint_notes').select('id').where('number', '=', number).execute(),
    }));
    expect(left).toEqual({ complaint: { sealed: null, closing_sealed: null }, notes: [] });
    await runDueTimers(app.service.services, () => {});
  });
});

// A referral from the first question to the end: nothing leaves without the person's own yes, item by item, for one organisation.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReferralRecord } from '../../../src/domain/referral.ts';
import type { Actor } from '../../../src/domain/staff.ts';
import { remindOverdue } from '../../../src/runtime/desk/overdue.ts';
import type { ReferralDraft } from '../../../src/runtime/desk/referrals.ts';
import { latestCase } from '../../../src/store/cases.ts';
import { findConversation } from '../../../src/store/conversations.ts';
import { findReferral, loadReferral, openWords } from '../../../src/store/referrals.ts';
import { openHotline, type Person, type TestHotline } from '../../support/app.ts';
import { addColleague, addPartner } from '../../support/colleagues.ts';
import { BACKENDS, makePlace, type Backend, type Place } from '../../support/places.ts';
import { createQuietSurface } from '../../support/quiet-surface.ts';

const HOUR = 3_600_000;
/** PostgreSQL's own words never leave the store; P0001 is what a trigger raises. */
const REFUSED = /cannot be sent without consent|P0001/;
interface Stage {
  hotline: TestHotline;
  person: Person;
  caseId: string;
  ana: Actor;
  partner: string;
  bea: Actor;
  draft(change?: Partial<ReferralDraft>): Promise<string>;
  now(id: string): Promise<ReferralRecord>;
}

/** An open hotline with an organisation at which Bea works. */
interface House extends Pick<Stage, 'hotline' | 'ana' | 'partner' | 'bea'> {
  channel: string;
  close(): Promise<void>;
}

async function openHouse(backend: Backend, channel = 'test'): Promise<House> {
  const place: Place = await makePlace(backend);
  const hotline = await openHotline({ place, channel, surface: createQuietSurface(true).module });
  const partner = await addPartner(hotline.app, 'Casa Abierta');
  return {
    hotline,
    channel,
    partner,
    ana: await addColleague(hotline.app, { alias: 'Ana', roles: ['private_caseworker'], capacity: 50 }),
    bea: await addColleague(hotline.app, { alias: 'Bea', organisationId: partner, roles: ['partner'] }),
    async close() {
      await hotline.close();
      await place.drop();
    },
  };
}

const PERSON_WORD = { hola: 'persona', hello: 'person', bonjour: 'personne', مرحبا: 'شخص' };

/** A person who talks with Ana. */
async function setStage(house: House, greeting: keyof typeof PERSON_WORD = 'hola'): Promise<Stage> {
  const { hotline, ana, partner, bea, channel } = house;
  const { app } = hotline;
  const person = hotline.person();
  for (const text of [greeting, '1', PERSON_WORD[greeting]]) await person.send(text);
  const record = await app.store.read(async (reader) => {
    const conversation = await findConversation(reader, channel, person.address);
    return conversation && latestCase(reader, conversation.id);
  });
  const caseId = record?.id ?? '';
  expect(await app.service.desk.claim(ana, caseId)).toEqual({ ok: true });
  const draft: ReferralDraft = {
    toOrganisationId: partner,
    service: null,
    priority: 'urgent',
    services: ['legal'],
    items: ['alias', 'contact', 'language', 'summary'],
    values: { alias: 'Mina', summary: 'Letter from the landlord' },
    reason: 'Asked for a lawyer',
  };
  return {
    hotline,
    person,
    caseId,
    ana,
    partner,
    bea,
    draft: (change = {}) => app.service.referrals.draft(ana, caseId, { ...draft, ...change }),
    now: async (id) => (await app.store.read((reader) => loadReferral(reader, id))) as ReferralRecord,
  };
}

describe('the question for consent', () => {
  it.each([
    ['hello', 'web', /To ask Casa Abierta for help we would give them/, 'no', /We give nothing to Casa Abierta/],
    ['bonjour', 'sms', /Pour demander de l'aide à Casa Abierta/, 'non', /Nous ne donnons rien/],
    ['مرحبا', 'whatsapp', /لطلب المساعدة من/, 'لا', /لا نعطي/],
  ] as const)('is asked and refused in the words of %s on %s', async (greeting, channel, question, no, refused) => {
    const house = await openHouse('sqlite', channel);
    try {
      const { hotline, person, ana, draft, now } = await setStage(house, greeting);
      const id = await draft();
      await hotline.app.service.referrals.ask(ana, id);
      await hotline.settle();
      person.expect(question);
      await person.send(no);
      person.expect(refused);
      expect((await now(id)).state).toBe('refused');
      await expect(hotline.app.service.referrals.send(ana, id)).rejects.toMatchObject({ code: 'desk.refused' });
    } finally {
      await house.close();
    }
  });
});

describe.each(BACKENDS)('a referral on %s', (backend) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(backend);
  });
  afterAll(() => house.close());

  it('goes from draft to done with the person asked in between, and each side sees what is theirs', async () => {
    const { hotline: open, person, ana, bea, draft, now } = await setStage(house);
    const { referrals } = open.app.service;
    const id = await draft();
    expect((await now(id)).number).toMatch(/^R-\d{4}$/);
    await expect(referrals.read(bea, id)).rejects.toMatchObject({ code: 'store.not_found' });
    await referrals.ask(ana, id);
    await open.settle();
    person.expect(
      'Para pedir ayuda a Casa Abierta les daríamos: el nombre que usamos para usted, cómo escribirle, su idioma, una nota corta',
    );
    expect((await now(id)).state).toBe('asked');
    await person.send('1');
    person.expect(/Damos a Casa Abierta solo esto/);
    expect((await now(id)).state).toBe('consented');
    await referrals.send(ana, id);
    const sent = await now(id);
    expect(sent).toMatchObject({ state: 'sent', dueAt: (sent.sentAt ?? 0) + 72 * HOUR });
    await referrals.read(bea, id);
    expect(await now(id)).toMatchObject({ state: 'received' });
    expect((await open.app.store.read((reader) => openWords(reader, id))).values).toEqual({
      alias: 'Mina',
      contact: `${person.address.value} (test)`,
      language: 'es',
      summary: 'Letter from the landlord',
    });
    await expect(referrals.answer(bea, id, { accept: false, reason: null })).rejects.toMatchObject({ code: 'channel.bad_request' });
    await referrals.answer(bea, id, { accept: true, reason: null });
    await referrals.report(bea, id, { given: true, barrier: null });
    await referrals.close(ana, id, true);
    await open.settle();
    person.expect(/Casa Abierta nos dice que usted recibió el servicio/);
    expect(await now(id)).toMatchObject({ state: 'closed', outcome: 'service_given' });
    const audit = await open.app.store.read((reader) =>
      reader.db.selectFrom('audit').select('action').where('target', '=', id).orderBy('seq').execute(),
    );
    expect(audit.map(({ action }) => action)).toEqual(
      ['draft', 'ask', 'send', 'read', 'answer', 'report', 'close'].map((verb) => `referral.${verb}`),
    );
  });

  it('holds the items alone that the person agreed to one by one', async () => {
    const { hotline: open, person, ana, draft, now } = await setStage(house);
    const id = await draft();
    await open.app.service.referrals.ask(ana, id);
    await open.settle();
    await person.send('3');
    person.expect('¿Damos a Casa Abierta esto: el nombre que usamos para usted?');
    for (const answer of ['sí', 'no', '1', '2']) await person.send(answer);
    person.expect('solo esto: el nombre que usamos para usted, su idioma.');
    expect(await now(id)).toMatchObject({ state: 'consented', items: ['alias', 'language'] });
    expect((await open.app.store.read((reader) => openWords(reader, id))).values).toEqual({ alias: 'Mina', language: 'es' });
    await open.app.service.referrals.send(ana, id);
    expect((await now(id)).state).toBe('sent');
  });

  it('leaves what the person writes instead of an answer to the caseworker, takes no later word for it, and is asked anew', async () => {
    const { hotline: open, person, ana, draft, now } = await setStage(house);
    const id = await draft();
    await open.app.service.referrals.ask(ana, id);
    await open.settle();
    expect(await person.send('¿Quiénes son?')).toEqual([]);
    expect((await now(id)).state).toBe('draft');
    expect(await person.send('sí')).toEqual([]);
    expect((await now(id)).state).toBe('draft');
    open.pass(1000);
    await open.app.service.referrals.ask(ana, id);
    await open.settle();
    await person.send('Sí, por favor');
    expect((await now(id)).state).toBe('consented');
  });

  it.each(['ok', 'bueno', 'vale', 'por favor', 'claro', '👍'])('is not agreed to by %s', async (word) => {
    const { hotline: open, person, ana, draft, now } = await setStage(house);
    const id = await draft();
    await open.app.service.referrals.ask(ana, id);
    await open.settle();
    expect(await person.send(word)).toEqual([]);
    expect((await now(id)).state).toBe('draft');
  });

  it('is not agreed to by the answer to what the caseworker wrote after the question', async () => {
    const { hotline: open, person, ana, draft, now, caseId } = await setStage(house);
    const id = await draft();
    await open.app.service.referrals.ask(ana, id);
    const reply = { id: `wait ${id}`, text: '¿Puede esperar un minuto?', how: 'now' as const };
    expect(await open.app.service.desk.reply(ana, caseId, reply)).toEqual({ ok: true });
    await open.settle();
    expect((await now(id)).state).toBe('draft');
    expect(await person.send('sí')).toEqual([]);
    expect((await now(id)).state).toBe('draft');
    await expect(open.app.service.referrals.send(ana, id)).rejects.toMatchObject({ code: 'desk.refused' });
  });

  it('is not agreed to by a yes that was written before the question and is read after it', async () => {
    const { hotline: open, person, ana, draft, now } = await setStage(house);
    const id = await draft();
    const writtenAt = open.now();
    open.pass(1000);
    await open.app.service.referrals.ask(ana, id);
    await open.app.service.context.receive({
      channel: 'test',
      externalId: `early ${id}`,
      from: [person.address],
      text: 'sí',
      media: [],
      opened: false,
      receivedAt: writtenAt,
    });
    await open.settle();
    expect((await now(id)).state).toBe('asked');
    await person.send('sí');
    expect((await now(id)).state).toBe('consented');
  });

  it('cannot be sent without consent, for other items, or to another organisation, whoever writes to the database', async () => {
    const { hotline: open, person, ana, draft, now } = await setStage(house);
    const { app } = open;
    const { referrals } = app.service;
    const id = await draft();
    const force = (set: string) => app.store.transaction((tx) => sql.raw(`update referrals set ${set} where id = '${id}'`).execute(tx.db));
    await expect(referrals.send(ana, id)).rejects.toMatchObject({ code: 'desk.refused' });
    await expect(force(`state = 'sent'`)).rejects.toThrow(REFUSED);
    await referrals.ask(ana, id);
    await open.settle();
    await expect(force(`state = 'sent'`)).rejects.toThrow(REFUSED);
    await person.send('1');
    const other = await addPartner(app, 'Other House');
    await expect(force(`state = 'sent', to_organisation_id = '${other}'`)).rejects.toThrow(REFUSED);
    await expect(force(`state = 'sent', items = '["alias","contact","language","summary","topic"]'`)).rejects.toThrow(REFUSED);
    const before = await now(id);
    const { toOrganisationId, service, priority, services, items } = before;
    const same = { toOrganisationId, service, priority, services, values: { alias: 'Mina', summary: 'x' }, reason: null };
    await referrals.change(ana, id, { ...same, items: ['alias'] });
    await referrals.change(ana, id, { ...same, items });
    expect((await now(id)).state).toBe('draft');
    await expect(referrals.send(ana, id)).rejects.toMatchObject({ code: 'desk.refused' });
    await expect(force(`state = 'sent'`)).rejects.toThrow(REFUSED);
  });

  it('ends when consent is taken back, and the partner sees that and nothing else', async () => {
    const { hotline: open, person, ana, bea, draft, now } = await setStage(house);
    const { referrals } = open.app.service;
    const id = await draft();
    await referrals.ask(ana, id);
    await open.settle();
    await person.send('1');
    await referrals.send(ana, id);
    await referrals.answer(bea, id, { accept: true, reason: null });
    await person.send('retirar');
    person.expect(/Ya no compartimos nada suyo/);
    expect(await now(id)).toMatchObject({ state: 'withdrawn', outcome: 'accepted' });
    await referrals.read(bea, id);
    expect(await open.app.store.read((reader) => openWords(reader, id))).toMatchObject({ values: {}, reason: null });
    await expect(referrals.report(bea, id, { given: true, barrier: null })).rejects.toMatchObject({ code: 'desk.refused' });
  });

  it('keeps no word after DELETE, and one that nobody saw is gone', async () => {
    const { hotline: open, person, ana, bea, draft, now } = await setStage(house);
    const { app } = open;
    const id = await draft();
    const unseen = await draft();
    await app.service.referrals.ask(ana, id);
    await open.settle();
    await person.send('1');
    await app.service.referrals.send(ana, id);
    for (const text of ['borrar', '1']) await person.send(text);
    expect(await now(id)).toMatchObject({ state: 'withdrawn', contactId: null });
    expect(await now(unseen)).toBeNull();
    const row = await app.store.read((reader) =>
      reader.db.selectFrom('referrals').select('sealed').where('id', '=', id).executeTakeFirst(),
    );
    expect(row?.sealed).toBeNull();
    await app.service.referrals.read(bea, id);
  });

  it('shows another organisation, another desk and a caseworker without the right nothing', async () => {
    const { hotline: open, person, ana, draft, caseId } = await setStage(house);
    const { app } = open;
    const id = await draft();
    await app.service.referrals.ask(ana, id);
    await open.settle();
    await person.send('1');
    await app.service.referrals.send(ana, id);
    const elsewhere = await addColleague(app, { organisationId: await addPartner(app, 'Other House'), roles: ['partner', 'caseworker'] });
    await app.store.transaction(async (tx) => {
      await sql`update cases set desk_id = 'north', assignee = ${ana.id} where id = ${caseId}`.execute(tx.db);
    });
    const south = await addColleague(app, { deskIds: ['south'] });
    const north = await addColleague(app, { deskIds: ['north'] });
    for (const stranger of [elsewhere, south])
      await expect(app.service.referrals.read(stranger, id)).rejects.toMatchObject({ code: 'store.not_found' });
    await app.service.referrals.read(north, id);
    await app.store.transaction((tx) => sql`update cases set private = 1 where id = ${caseId}`.execute(tx.db));
    await expect(app.service.referrals.read(north, id)).rejects.toMatchObject({ code: 'store.not_found' });
    expect(await app.store.read((reader) => findReferral(reader, ana, 'sent', id))).not.toBeNull();
  });

  it('tells of a private case no more than a code, the language and a safe way to reach the person', async () => {
    const { hotline: open, ana, caseId, draft } = await setStage(house);
    const { app } = open;
    await app.store.transaction((tx) => sql`update cases set private = 1 where id = ${caseId}`.execute(tx.db));
    await expect(draft()).rejects.toMatchObject({ code: 'channel.bad_request' });
    const id = await draft({ items: ['alias', 'language', 'safe_times'], values: { alias: 'Mina', safe_times: 'mornings' } });
    const referral = await app.store.read((reader) => loadReferral(reader, id));
    expect((await app.store.read((reader) => openWords(reader, id))).values).toEqual({
      alias: referral?.number,
      language: 'es',
      safe_times: 'mornings',
    });
    await expect(app.service.referrals.close(ana, id, true)).resolves.toBe(id);
  });

  it('is reminded of once when the partner is late, also after a restart, and again when the report is late', async () => {
    const { hotline: open, person, ana, bea, draft, caseId } = await setStage(house);
    const { app } = open;
    const id = await draft({ priority: 'emergency' });
    await app.service.referrals.ask(ana, id);
    await open.settle();
    await person.send('1');
    await app.service.referrals.send(ana, id);
    const remind = async () => (await remindOverdue(app.service.services)).referrals;
    open.pass(23 * HOUR);
    expect(await remind()).toBe(0);
    open.pass(2 * HOUR);
    expect((await Promise.all([remind(), remind()])).sort()).toEqual([0, 1]);
    expect(await remind()).toBe(0);
    await app.service.referrals.answer(bea, id, { accept: true, reason: null });
    open.pass(25 * HOUR);
    expect(await remind()).toBe(1);
    const events = await app.store.read((reader) =>
      reader.db.selectFrom('case_events').select('kind').where('kind', '=', 'referral_overdue').where('case_id', '=', caseId).execute(),
    );
    expect(events).toHaveLength(2);
  });
});

// What a person is asked when people close their case: a rating, and later how it went, with consent alone and never in the private lane.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/domain/staff.ts';
import { runDueTimers } from '../../../src/runtime/timers.ts';
import { latestCase } from '../../../src/store/cases.ts';
import { findConversation } from '../../../src/store/conversations.ts';
import type { RequestLogEntry } from '../../../src/store/records.ts';
import { currentEpisode } from '../../../src/store/request-log.ts';
import { openHotline, type Person, type TestHotline } from '../../support/app.ts';
import { addColleague } from '../../support/colleagues.ts';
import { BACKENDS, makePlace, type Place } from '../../support/places.ts';
import { createQuietSurface } from '../../support/quiet-surface.ts';

const DAY = 24 * 3_600_000;
const RATING = /¿Cómo fue la ayuda de la persona\?/;

describe.each(BACKENDS)('a closed case on %s', (backend) => {
  let place: Place;
  let hotline: TestHotline;
  let ana: Actor;
  beforeAll(async () => {
    place = await makePlace(backend);
    hotline = await openHotline({ place, surface: createQuietSurface(true).module });
    ana = await addColleague(hotline.app, { roles: ['private_caseworker'], capacity: 50 });
  });
  afterAll(async () => {
    await hotline.close();
    await place.drop();
  });

  async function found(person: Person) {
    const conversation = await hotline.app.store.read((reader) => findConversation(reader, 'test', person.address));
    return conversation ?? expect.fail('There is no such conversation.');
  }
  const episodeOf = async (person: Person): Promise<RequestLogEntry | null> => {
    const { id } = await found(person);
    return hotline.app.store.read((reader) => currentEpisode(reader, id));
  };
  async function closed(options: { followUpDays?: number; set?: string } = {}): Promise<Person> {
    const { app } = hotline;
    const person = hotline.person();
    for (const text of ['hola', '1', 'persona']) await person.send(text);
    const { id } = await found(person);
    const caseId = (await app.store.read((reader) => latestCase(reader, id)))?.id ?? '';
    await app.service.desk.claim(ana, caseId);
    if (options.set) await app.store.transaction((tx) => sql.raw(`update cases set ${options.set} where id = '${caseId}'`).execute(tx.db));
    const { followUpDays } = options;
    expect(
      await app.service.desk.close(ana, caseId, { outcome: 'answered', ...(followUpDays === undefined ? {} : { followUpDays }) }),
    ).toEqual({
      ok: true,
    });
    await hotline.settle();
    return person;
  }
  async function runTimers(): Promise<void> {
    while (await runDueTimers(hotline.app.service.services, () => {}));
    await hotline.settle();
  }

  it('is rated in the request log, and stays closed', async () => {
    const person = await closed();
    person.expect(/Gracias por escribir/);
    person.expect(RATING);
    const before = (await episodeOf(person))?.id;
    await person.send('3');
    person.expect('Gracias. Esto nos ayuda.');
    expect(await episodeOf(person)).toMatchObject({ id: before, rating: 3 });
    expect((await found(person)).owner).toBe('closed');
  });

  it('hears what the person writes instead of a rating', async () => {
    const person = await closed();
    const said = (await person.send('menu')).join();
    expect(said).toMatch(/Qu[eé] necesita/);
    expect((await episodeOf(person))?.rating).toBeUndefined();
  });

  it.each(['private = 1', `priority = 'emergency'`])('asks nothing where it was %s', async (set) => {
    const person = await closed({ set, followUpDays: 7 });
    expect(person.heard().join()).not.toMatch(RATING);
  });

  it('asks later how it went, only with consent, and once', async () => {
    const person = await closed({ followUpDays: 7 });
    await person.send('2');
    person.expect(/¿Podemos preguntarle en 7 días/);
    await person.send('sí');
    const before = await episodeOf(person);
    hotline.pass(6 * DAY);
    const count = hotline.sent.length;
    await runTimers();
    expect(hotline.sent.length).toBe(count);
    hotline.pass(2 * DAY);
    await runTimers();
    await runTimers();
    expect(hotline.sent.slice(count).filter((line) => line.to.value === person.address.value)).toHaveLength(1);
    hotline.pass(DAY);
    await person.send('2');
    person.expect(/Gracias por decirlo/);
    expect(await episodeOf(person)).toMatchObject({ id: before?.id, rating: 2, outcome: 'denied', barrier: 'refused' });
    const consents = await hotline.app.store.read(({ db }) =>
      db.selectFrom('consents').select(['purpose', 'given', 'text_key']).where('purpose', '=', 'follow_up').execute(),
    );
    expect(consents).toContainEqual({ purpose: 'follow_up', given: 1, text_key: 'system:follow_up_consent' });
  });

  it.each([
    ['no consent', 'no'],
    ['STOP', 'sí', 'stop'],
    ['STOP and START', 'sí', 'stop', 'start'],
    ['DELETE', 'sí', 'borrar', '1'],
  ])('asks nothing later after %s', async (_, ...words) => {
    const person = await closed({ followUpDays: 7 });
    await person.send('3');
    for (const word of words) await person.send(word);
    const count = hotline.sent.length;
    hotline.pass(8 * DAY);
    await runTimers();
    expect(hotline.sent.slice(count).filter((line) => line.to.value === person.address.value)).toEqual([]);
  });
});

// Reminders and waits: kept in the store, carried out once, and forgotten by whoever has stopped.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { runDueTimers } from '../../src/runtime/timers.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { addTimer } from '../../src/store/timers.ts';
import { openHotline, type Person, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';

const DAY = 86_400_000;
const OFFER = /un solo mensaje 3 días antes/;
let place: Place;
let hotline: TestHotline;

/** Walks to the offer of a reminder for a letter with a date in twenty days, and accepts it. */
async function askForReminder(person: Person): Promise<void> {
  const date = new Date(hotline.now() + 20 * DAY).toISOString().slice(0, 10);
  for (const text of ['hola', '1', '1', 'documentos']) await person.send(text);
  await person.send(/^(\d) Carta/m.exec(person.heard().join('\n'))?.[1] ?? '');
  // The city is skipped; then comes the date.
  for (const text of ['1', date]) await person.send(text);
  person.expect(OFFER);
  await person.send('1');
}

describe.each(BACKENDS)('a timer on %s', (backend) => {
  beforeAll(async () => {
    place = await makePlace(backend);
    hotline = await openHotline({ place });
  });
  afterAll(async () => {
    await hotline.close();
    await place.drop();
  });

  it('sends a reminder on its day, once', async () => {
    const person = hotline.person();
    await askForReminder(person);
    const before = hotline.sent.length;
    hotline.pass(16 * DAY);
    await runDueTimers(hotline.app.service.services, () => {});
    await hotline.settle();
    expect(hotline.sent.length).toBe(before);
    hotline.pass(2 * DAY);
    for (let round = 0; round < 3; round++) {
      await runDueTimers(hotline.app.service.services, () => {});
      await hotline.settle();
    }
    await expect.poll(() => hotline.sent.length).toBe(before + 1);
  });

  it('sends none to a person who has stopped', async () => {
    const person = hotline.person();
    await askForReminder(person);
    await person.send('stop');
    const before = hotline.sent.length;
    hotline.pass(19 * DAY);
    await runDueTimers(hotline.app.service.services, () => {});
    await hotline.settle();
    expect(hotline.sent.length).toBe(before);
  });

  it('begins no episode, and says nothing, when what it waited for is over', async () => {
    const person = hotline.person();
    await person.send('hola');
    const conversation = await hotline.app.store.read((reader) => findConversation(reader, 'test', person.address));
    const id = conversation?.id ?? '';
    await hotline.app.store.transaction((tx) =>
      addTimer(tx, { id: 'stale', conversationId: id, kind: 'wait', epoch: 0, token: 999, dueAt: hotline.now(), payload: null }),
    );
    const episodes = () => hotline.app.store.read((reader) => reader.db.selectFrom('request_log').select('id').execute());
    const before = (await episodes()).length;
    const sent = hotline.sent.length;
    hotline.pass(40 * 3_600_000);
    await runDueTimers(hotline.app.service.services, () => {});
    await hotline.settle();
    expect(await episodes()).toHaveLength(before);
    expect(hotline.sent).toHaveLength(sent);
  });

  it('that cannot be carried out now holds up no other', async () => {
    // Due tomorrow: the service that runs does not look at them.
    const later = hotline.now() + DAY;
    const services = { ...hotline.app.service.services, clock: () => later };
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) {
      const person = hotline.person();
      await person.send('hola');
      const id = (await hotline.app.store.read((reader) => findConversation(reader, 'test', person.address)))?.id ?? '';
      ids.push(id);
      await hotline.app.store.transaction((tx) =>
        addTimer(tx, { id: `due-${id}`, conversationId: id, kind: 'remind', epoch: 0, token: 0, dueAt: later - n, payload: null }),
      );
    }
    const left = async () =>
      (await hotline.app.store.read(({ db }) => db.selectFrom('timers').select('id').where('conversation_id', 'in', ids).execute())).filter(
        ({ id }) => id.startsWith('due-'),
      ).length;
    let failing = true;
    const inTrouble: typeof services.store.transaction = (work) =>
      services.store.transaction(async (tx) => {
        const result = await work(tx);
        if (!failing) return result;
        failing = false;
        throw new AppError('store.conflict', 'Come again.', { retryable: true });
      });
    const store = { ...services.store, transaction: inTrouble };
    await runDueTimers({ ...services, store }, () => {}).catch(() => {});
    expect(await left()).toBeLessThan(6);
    while (await runDueTimers(services, () => {}));
    expect(await left()).toBe(0);
  });

  it('runs each once, whoever looks at the same time', async () => {
    const person = hotline.person();
    await askForReminder(person);
    const before = hotline.sent.length;
    hotline.pass(19 * DAY);
    await Promise.all(Array.from({ length: 8 }, () => runDueTimers(hotline.app.service.services, () => {})));
    await expect.poll(() => hotline.sent.length, { timeout: 5000 }).toBe(before + 1);
    await hotline.settle();
    expect(hotline.sent.length).toBe(before + 1);
  });
});

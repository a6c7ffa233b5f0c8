// Reminders and waits: kept in the store, carried out once, and forgotten by whoever has stopped.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runDueTimers } from '../../src/runtime/timers.ts';
import { openHotline, type Person, type TestHotline } from '../support/app.ts';

const DAY = 86_400_000;
const OFFER = /un solo mensaje 3 días antes/;
let hotline: TestHotline;
beforeAll(async () => {
  hotline = await openHotline();
});
afterAll(() => hotline.close());

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

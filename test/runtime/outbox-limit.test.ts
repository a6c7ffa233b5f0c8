// A provider that is away: answers pile up to a limit, then messages wait for their turn, and are answered when it is back.
import { afterEach, expect, it } from 'vitest';
import type { SendResult } from '../../src/channels/channel.ts';
import { inboxDepth } from '../../src/store/inbox.ts';
import { linesByChannel } from '../../src/store/outbox-load.ts';
import { openHotline, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';

let place: Place;
let hotline: TestHotline;
afterEach(async () => {
  await hotline.close();
  await place.drop();
});

it.each(BACKENDS)('is waited for without a growing outbox on %s; an emergency is answered all the same', async (backend) => {
  place = await makePlace(backend);
  let result: SendResult = { kind: 'failed', retryable: true, code: 'down' };
  hotline = await openHotline({ place, environment: { OUTBOX_LIMIT: '10' }, onSend: () => result });
  const { store, service } = hotline.app;
  const write = (person: number, text: string): Promise<unknown> =>
    service.context.receive({
      channel: 'test',
      externalId: `${person} ${text}`,
      from: [{ kind: 'user', value: `${person}` }],
      text,
      media: [],
      opened: false,
      receivedAt: hotline.now(),
    });
  const lines = async (): Promise<number> => (await store.read(linesByChannel))[0]?.count ?? 0;
  const waiting = (): Promise<number> => store.read(inboxDepth);
  for (let person = 0; person < 12; person++) await write(person, 'hola');
  await expect.poll(waiting).toBe(0);
  expect(await lines()).toBeGreaterThanOrEqual(10);
  hotline.pass(1500);
  await expect.poll(() => service.services.heldChannels()).toEqual(['test']);
  for (let person = 20; person < 30; person++) await write(person, 'hola');
  await write(40, 'ayuda, estoy en peligro');
  await expect.poll(waiting).toBe(10);
  const full = await lines();
  expect(hotline.logs.filter((line) => line.includes('outbox of a channel is full'))).toHaveLength(1);

  result = { kind: 'sent', providerRef: null };
  hotline.pass(60_000);
  await expect.poll(() => hotline.sent.length, { timeout: 5000 }).toBeGreaterThanOrEqual(full);
  hotline.pass(1500);
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
  await hotline.settle();
  expect(new Set(hotline.sent.map(({ to }) => to.value)).size).toBe(23);
});

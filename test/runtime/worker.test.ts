// The worker goes on whatever stands in the inbox: a row that nobody can read is given up and told of, the others are answered.
import { afterEach, describe, expect, it } from 'vitest';
import { openHotline, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';

let place: Place;
let hotline: TestHotline;
afterEach(async () => {
  await hotline.close();
  await place.drop();
});

describe.each(BACKENDS)('a damaged row on %s', (backend) => {
  it('in the inbox holds up nobody, and is told of without a word of it', async () => {
    place = await makePlace(backend);
    // A node that only takes messages in.
    hotline = await openHotline({ place, environment: { NODE_ROLE: 'web' } });
    const people = [hotline.person(), hotline.person(), hotline.person()];
    for (const [index, { address }] of people.entries()) {
      await hotline.app.service.context.receive({
        channel: 'test',
        externalId: `d${index}`,
        from: [address],
        text: 'hola',
        media: [],
        opened: false,
        receivedAt: hotline.now(),
      });
    }
    await hotline.app.store.transaction(async ({ db }) => {
      const row = await db.selectFrom('inbox').select(['id', 'sealed']).where('external_id', '=', 'd0').executeTakeFirstOrThrow();
      const sealed = Buffer.from(row.sealed ?? []);
      sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
      await db.updateTable('inbox').set({ sealed }).where('id', '=', row.id).execute();
    });
    await hotline.close();
    hotline = await openHotline({ place });
    await hotline.settle();
    expect(hotline.sent.map((line) => line.to.value).toSorted()).toEqual(people.slice(1).map(({ address }) => address.value));
    expect(hotline.logs.join('\n')).toContain('A message cannot be read');
  });

  it('in the outbox holds up nobody', async () => {
    place = await makePlace(backend);
    let down = true;
    hotline = await openHotline({
      place,
      onSend: () => (down ? { kind: 'failed', retryable: true, code: 'down' } : { kind: 'sent', providerRef: null }),
    });
    const people = [hotline.person(), hotline.person()];
    for (const person of people) await person.send('hola').catch(() => []);
    await hotline.app.store.transaction(async ({ db }) => {
      const row = await db.selectFrom('outbox').select(['id', 'sealed']).orderBy('seq').executeTakeFirstOrThrow();
      const sealed = Buffer.from(row.sealed);
      sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
      await db.updateTable('outbox').set({ sealed }).where('id', '=', row.id).execute();
    });
    down = false;
    hotline.pass(60_000);
    await expect.poll(() => hotline.sent.map((line) => line.to.value), { timeout: 5000 }).toEqual([people[1]?.address.value]);
    await hotline.settle();
  });
});

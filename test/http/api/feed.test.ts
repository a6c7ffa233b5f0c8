// What is noted at the desk while an older transaction runs: consoles are not left in silence, and the database is not asked without rest.
import { expect, it } from 'vitest';
import { createFeed, type FeedEvent } from '../../../src/http/api/live/feed.ts';
import { createHeldUp } from '../../../src/http/api/live/held-up.ts';
import { noteDeskChange } from '../../../src/store/desk-changes.ts';
import { openHotline } from '../../support/app.ts';
import { makePlace } from '../../support/places.ts';

it('is looked for again soon, then less and less often; after a while consoles load again, and again', () => {
  const heldUp = createHeldUp();
  const held = { unsettled: true, moved: false };
  const waits: (number | null)[] = [];
  const told: number[] = [];
  for (let now = 0; now < 12_000;) {
    const { waitMs, resync } = heldUp.after(held, now);
    if (resync) told.push(now);
    waits.push(waitMs);
    now += waitMs ?? Number.POSITIVE_INFINITY;
  }
  expect(waits.slice(0, 8)).toEqual([25, 50, 100, 200, 400, 800, 1000, 1000]);
  expect(told.map((now) => Math.floor(now / 1000))).toEqual([5, 10]);
  // Something could be read: it is not held up for long yet.
  expect(heldUp.after({ unsettled: true, moved: true }, 14_999)).toEqual({ waitMs: 25, resync: false });
  expect(heldUp.after(held, 19_000)).toEqual({ waitMs: 50, resync: false });
  expect(heldUp.after({ unsettled: false, moved: true }, 30_000)).toEqual({ waitMs: null, resync: false });
});

it(
  'is not told while an older transaction runs on PostgreSQL: consoles load again, and hear of it afterwards',
  { timeout: 60_000 },
  async () => {
    const place = await makePlace('postgres');
    const hotline = await openHotline({ place });
    const { store, service } = hotline.app;
    let now = 0;
    // Each look is a second after the one before.
    const feed = createFeed({ store, services: service.services, now: hotline.now }, () => (now += 1000));
    const events: FeedEvent[] = [];
    await feed.subscribe((event) => events.push(event));
    const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const long = store.transaction(async (tx) => {
      await noteDeskChange(tx, 'shifts', null);
      begun.resolve();
      await end.promise;
    });
    await begun.promise;
    await store.transaction((tx) => noteDeskChange(tx, 'people', null));
    await expect.poll(() => events.some(({ resync }) => resync), { timeout: 20_000 }).toBe(true);
    expect(events.flatMap(({ others }) => others)).toEqual([]);
    end.resolve();
    await long;
    await expect.poll(() => events.flatMap(({ others }) => others).toSorted(), { timeout: 20_000 }).toEqual(['people', 'shifts']);
    await feed.close();
    await hotline.close();
    await place.drop();
  },
);

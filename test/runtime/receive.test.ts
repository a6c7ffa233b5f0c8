// Who is let in when more comes than can be answered: nothing is written for those who are not, and emergencies have a reserve.
import { afterEach, describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../src/domain/message.ts';
import { inboxDepth } from '../../src/store/inbox.ts';
import { openHotline, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';

let place: Place;
let hotline: TestHotline;
afterEach(async () => {
  await hotline.close();
  await place.drop();
});

describe.each(BACKENDS)('a full inbox on %s', (backend) => {
  /** A node that takes messages in and answers none. */
  async function open(environment: Record<string, string>): Promise<void> {
    place = await makePlace(backend);
    hotline = await openHotline({ place, environment: { NODE_ROLE: 'web', INBOX_LIMIT: '40', ...environment } });
  }

  let next = 0;
  function write(more: Partial<InboundMessage> = {}): Promise<unknown> {
    const id = String(next++);
    return hotline.app.service.context.receive({
      channel: 'test',
      externalId: `f${id}`,
      from: [{ kind: 'user', value: id }],
      text: 'hola',
      media: [],
      opened: false,
      receivedAt: hotline.now(),
      ...more,
    });
  }

  const depth = (): Promise<number> => hotline.app.store.read(inboxDepth);
  const times = (count: number, make: () => Promise<unknown>): Promise<PromiseSettledResult<unknown>[]> =>
    Promise.allSettled(Array.from({ length: count }, make));
  const taken = (results: PromiseSettledResult<unknown>[]): number => results.filter(({ status }) => status === 'fulfilled').length;
  const metric = async (): Promise<string> =>
    (await hotline.app.service.metrics.registry.getSingleMetricAsString('ventanilla_messages_shed_total')) ?? '';

  it('leaves its reserve to many people, not to one who fills it', async () => {
    await open({});
    expect(taken(await times(40, () => write({ from: [{ kind: 'user', value: 'loud' }], text: 'me quiero morir' })))).toBe(40);
    expect(taken(await times(20, () => write({ from: [{ kind: 'user', value: 'loud' }], text: 'me quiero morir' })))).toBe(0);
    expect(taken(await times(5, () => write({ text: 'me quiero morir' })))).toBe(5);
  });

  it('refuses with the time to wait, writes nothing of it, and counts it', async () => {
    await open({});
    const results = [await times(35, () => write({ channel: 'sms' })), await times(35, () => write())].flat();
    // One channel may fill three quarters.
    expect(taken(results.slice(0, 35))).toBe(30);
    expect(taken(results.slice(35))).toBe(10);
    expect(await depth()).toBe(40);
    await expect(write()).rejects.toMatchObject({
      code: 'service.overloaded',
      retryable: true,
      retryAfterSeconds: expect.any(Number) as number,
    });
    expect(await metric()).toMatch(/channel="sms",reason="channel"} 5/);
    expect(await metric()).toMatch(/channel="test",reason="inbox"} 26/);
    expect(hotline.logs.filter((line) => line.includes('some are refused'))).toHaveLength(1);
  });

  it('takes emergencies in all the same, up to a limit of their own', async () => {
    await open({});
    await times(60, () => write({ channel: 'sms' }));
    await times(60, () => write());
    const results = await times(40, () => write({ text: 'ayuda, estoy en peligro' }));
    expect(taken(results)).toBe(20);
    expect(await depth()).toBe(60);
  });

  it('is counted anew: what other nodes answered makes room', async () => {
    await open({});
    await times(80, () => write());
    await hotline.app.store.transaction((tx) =>
      tx.db.updateTable('inbox').set({ state: 'done', conversation_id: null, contact_id: null, sealed: null }).execute(),
    );
    hotline.pass(1000);
    await expect
      .poll(
        () =>
          write().then(
            () => 'taken',
            () => 'refused',
          ),
        { timeout: 5000 },
      )
      .toBe('taken');
  });

  it('holds one sender to a rate once it is half full, and no other', async () => {
    await open({ INBOX_LIMIT: '100' });
    const flood = await times(90, () => write({ from: [{ kind: 'user', value: 'machine' }] }));
    expect(taken(flood)).toBe(50);
    expect(taken(await times(10, () => write()))).toBe(10);
  });

  it('refuses what would wait too long', async () => {
    await open({ INBOX_LIMIT: '100', INBOX_LIMIT_SECONDS: '30' });
    await times(5, () => write());
    hotline.pass(31_000);
    const outcome = (): Promise<string> =>
      write().then(
        () => 'taken',
        () => 'refused',
      );
    await expect.poll(outcome, { timeout: 5000 }).toBe('refused');
    await expect(write({ text: 'ayuda, estoy en peligro' })).resolves.toBe('new');
  });
});

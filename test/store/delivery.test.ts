// Delivery states only ever move forward, in whatever order a provider tells them, and settle what was in doubt.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DELIVERY_RANK, type StatusUpdate } from '../../src/domain/message.ts';
import { addMessage, lastSequence, listMessages, setDelivery } from '../../src/store/messages.ts';
import { claimLines, markSent, markUnknown, queueDepth } from '../../src/store/outbox.ts';
import { copiesToErase } from '../../src/store/provider-copies.ts';
import { stores } from '../support/stores.ts';
import { arrive, inbound, queue } from './fixtures.ts';

const STATES: StatusUpdate['status'][] = ['sent', 'delivered', 'read', 'failed'];

stores('delivery states', (open) => {
  it('end where the highest of them says, in any order and with any repeats', async () => {
    const { store } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    const order = fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(order, async (states) => {
        const id = await store.transaction((tx) => queue(tx, maria, 'text'));
        let rank = 0;
        for (const status of states) {
          await store.transaction((tx) => setDelivery(tx, { lineId: id, status }));
          const message = (await store.read((reader) => listMessages(reader, maria.id, 0))).find((one) => one.id === id);
          const now = DELIVERY_RANK[message?.status ?? 'queued'];
          expect(now).toBeGreaterThanOrEqual(rank);
          rank = now;
        }
        expect(rank).toBe(Math.max(...states.map((status) => DELIVERY_RANK[status])));
      }),
      { numRuns: 25 },
    );
  });

  it('are found by the provider’s reference as well', async () => {
    const { store } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    const id = await store.transaction((tx) => queue(tx, maria, 'text'));
    await store.transaction((tx) => markSent(tx, id, 'SM77'));
    expect(await store.transaction((tx) => setDelivery(tx, { providerRef: 'SM77', status: 'delivered' }))).toBe(true);
    expect(await store.transaction((tx) => setDelivery(tx, { providerRef: 'SM77', status: 'sent' }))).toBe(false);
    expect(await store.transaction((tx) => setDelivery(tx, { providerRef: 'unheard of', status: 'sent' }))).toBe(false);
  });

  it('settle a line of unknown fate, so that it is never sent again', async () => {
    const { store, now, pass } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    const id = await store.transaction((tx) => queue(tx, maria, 'text'));
    await store.transaction((tx) => claimLines(tx, { channel: 'sms', limit: 1, now: now(), leaseMs: 1000 }));
    await store.transaction((tx) => markUnknown(tx, id, now() + 5000));
    await store.transaction((tx) => setDelivery(tx, { lineId: id, providerRef: 'SM5', status: 'sent' }));
    pass(3_600_000);
    expect(await store.transaction((tx) => claimLines(tx, { channel: 'sms', limit: 9, now: now(), leaseMs: 1000 }))).toEqual([]);
    expect(await store.read((reader) => queueDepth(reader, now()))).toBe(0);
    const copies = await store.read((reader) => reader.db.selectFrom('provider_copies').select(['provider_ref', 'state']).execute());
    expect(copies).toEqual([{ provider_ref: 'SM5', state: 'kept' }]);
    expect(await store.transaction((tx) => copiesToErase(tx, 10, now()))).toEqual([]);
  });
});

stores('the messages of a conversation', (open) => {
  it('are numbered one by one, both ways, whatever is said at the same time', async () => {
    const { store } = await open();
    const maria = await arrive(store, inbound('1', 'uno'));
    await Promise.all(Array.from({ length: 12 }, (_, index) => store.transaction((tx) => queue(tx, maria, `${index}`))));
    await arrive(store, inbound('2', 'dos'));
    const messages = await store.read((reader) => listMessages(reader, maria.id, 0));
    const first = messages[0]?.sequence ?? 0;
    expect(messages.map((message) => message.sequence - first)).toEqual(Array.from({ length: 14 }, (_, index) => index));
    expect(messages[0]).toMatchObject({ from: 'person', kind: 'inbound', text: 'uno', status: null });
    expect((await store.read((reader) => listMessages(reader, maria.id, first + 11))).map((message) => message.sequence - first)).toEqual([
      12, 13,
    ]);
    expect(await store.read((reader) => lastSequence(reader, maria.id))).toBe(first + 13);
  });

  it('come back with their choices, language and the client’s own id', async () => {
    const { store, now } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    const choices = [{ id: 'yes', label: 'نعم' }];
    await store.transaction((tx) =>
      addMessage(tx, {
        id: 'm',
        conversation: maria,
        from: 'staff',
        kind: 'staff',
        text: 'مرحبا',
        choices,
        language: 'ar',
        direction: 'rtl',
        clientId: 'c-1',
        status: null,
        createdAt: now(),
      }),
    );
    const [, message] = await store.read((reader) => listMessages(reader, maria.id, 0));
    expect(message).toMatchObject({ text: 'مرحبا', choices, language: 'ar', direction: 'rtl', clientId: 'c-1', from: 'staff' });
  });
});

// Sending: one line that takes long holds up no other person, what became of a line is never forgotten, and what was erased
// while it was on its way stays erased.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundLine, SendResult } from '../../src/channels/channel.ts';
import { AppError } from '../../src/domain/errors.ts';
import { openHotline, type Person, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';

let place: Place;
let hotline: TestHotline;
let onSend: (line: OutboundLine) => SendResult | Promise<SendResult>;
const sent = (): SendResult => ({ kind: 'sent', providerRef: null });

const write = ({ address }: Person, text: string) =>
  hotline.app.service.context.receive({
    channel: 'test',
    externalId: `${address.value} ${text}`,
    from: [address],
    text,
    media: [],
    opened: false,
    receivedAt: hotline.now(),
  });
const rows = async (): Promise<Record<'outbox' | 'messages' | 'contacts' | 'addresses' | 'kept', number>> =>
  hotline.app.store.read(async ({ db }) => {
    const count = async (table: 'outbox' | 'messages' | 'contacts' | 'addresses'): Promise<number> =>
      (await db.selectFrom(table).select('created_at').execute()).length;
    const kept = await db.selectFrom('provider_copies').select('id').where('state', '=', 'kept').execute();
    return {
      outbox: await count('outbox'),
      messages: await count('messages'),
      contacts: await count('contacts'),
      addresses: await count('addresses'),
      kept: kept.length,
    };
  });

describe.each(BACKENDS)('sending on %s', (backend) => {
  beforeEach(async () => {
    place = await makePlace(backend);
    onSend = sent;
    hotline = await openHotline({ place, onSend: (line) => onSend(line) });
  });
  afterEach(async () => {
    await hotline.close();
    await place.drop();
  });

  it('goes on for others while one line takes long', async () => {
    const [slow, ...others] = Array.from({ length: 4 }, () => hotline.person());
    if (!slow) throw new Error('nobody');
    const gate = Promise.withResolvers<void>();
    onSend = async (line) => {
      if (line.to.value === slow.address.value) await gate.promise;
      return sent();
    };
    await write(slow, 'hola');
    for (const text of ['hola', '1', 'menu']) {
      for (const person of others) await write(person, text);
      await expect
        .poll(() => others.map((person) => person.heard().length))
        .toEqual(others.map(() => ['hola', '1', 'menu'].indexOf(text) + 1));
    }
    expect(slow.heard()).toEqual([]);
    gate.resolve();
    await hotline.settle();
    expect(slow.heard()).toHaveLength(1);
  });

  it('keeps the order within a conversation while its first line takes long', async () => {
    const person = hotline.person();
    await person.send('hola');
    const gate = Promise.withResolvers<void>();
    const begun: string[] = [];
    onSend = async (line) => {
      begun.push(line.message.text);
      await gate.promise;
      return sent();
    };
    await write(person, '1');
    await expect.poll(() => begun.length).toBe(1);
    await write(person, 'menu');
    await expect.poll(async () => (await rows()).outbox).toBe(2);
    expect(begun).toHaveLength(1);
    gate.resolve();
    await hotline.settle();
    expect(begun).toHaveLength(2);
  });

  it('brings back nobody who was erased while a line was on its way', async () => {
    const person = hotline.person();
    await person.send('hola');
    const gate = Promise.withResolvers<void>();
    let held = 0;
    onSend = async (line) => {
      if (held++ === 0) await gate.promise;
      return { kind: 'sent', providerRef: `ref-${line.id}` };
    };
    await write(person, 'menu');
    await expect.poll(() => held).toBe(1);
    await write(person, 'borrar');
    await write(person, 'sí');
    await expect.poll(async () => (await rows()).contacts).toBe(0);
    gate.resolve();
    await hotline.settle();
    expect(await rows()).toEqual({ outbox: 0, messages: 0, contacts: 0, addresses: 0, kept: 0 });
    expect(person.heard().join('\n')).toMatch(/Borramos/);
  });

  it('finishes what is under way before it ends', async () => {
    const person = hotline.person();
    const gate = Promise.withResolvers<void>();
    let begun = false;
    onSend = async () => {
      begun = true;
      await gate.promise;
      return sent();
    };
    await write(person, 'hola');
    await expect.poll(() => begun).toBe(true);
    const stopped = hotline.app.service.stop();
    gate.resolve();
    await stopped;
    expect((await rows()).outbox).toBe(0);
  });
});

describe('a database in trouble', () => {
  it('does not make it forget that a line was sent', async () => {
    place = await makePlace('sqlite');
    let failures = 0;
    hotline = await openHotline({
      place,
      onSend() {
        const { store } = hotline.app.service.services;
        const { shared } = store;
        failures = 3;
        store.shared = (work) => {
          if (failures === 0) store.shared = shared;
          else failures -= 1;
          return failures > 0 ? Promise.reject(new AppError('store.unavailable', 'away', { retryable: true })) : shared(work);
        };
        return sent();
      },
    });
    const person = hotline.person();
    await write(person, 'hola');
    await expect.poll(() => person.heard().length).toBe(1);
    await expect.poll(async () => (await rows()).outbox, { timeout: 5000 }).toBe(0);
    expect(failures).toBe(0);
    expect(person.heard()).toHaveLength(1);
    await hotline.close();
    await place.drop();
  });
});

it('sends at once what is queued while the clock is set back', async () => {
  place = await makePlace('sqlite');
  hotline = await openHotline({ place });
  const person = hotline.person();
  await person.send('hola');
  hotline.pass(2 * 3_600_000);
  await person.send('1');
  hotline.pass(-2 * 3_600_000);
  expect(await person.send('menu')).toHaveLength(1);
  await hotline.close();
  await place.drop();
});

// Messages that only the provider's list knows of: recovered once, never twice, and never what is not this hotline's to answer.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { twilio as twilioModule } from '../../src/channels/twilio/twilio.ts';
import type { Tx } from '../../src/store/tx.ts';
import { MONDAY, openHotline, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';
import { createQuietSurface } from '../support/quiet-surface.ts';
import { newSid, startTwilio, type FakeMessage, type FakeTwilio } from '../support/twilio-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SMS = '+15005550006';
const WHATSAPP = 'whatsapp:+15005550007';
const MARIA = '+34600111222';

let twilio: FakeTwilio;
let place: Place;
let hotline: TestHotline;
let open: TestHotline[] = [];

/** Opens the hotline; its clock and the provider's are one. */
async function start(at: number, environment: Record<string, string> = {}): Promise<TestHotline> {
  const url = 'http://127.0.0.1:1';
  hotline = await openHotline({
    at,
    place,
    environment: { ...twilio.env, PUBLIC_URL: url, TWILIO_SMS_SEGMENTS_PER_SECOND: '1000', RECONCILE_MINUTES: '0.001', ...environment },
    modules: [twilioModule],
    surface: createQuietSurface().module,
  });
  twilio.now = hotline.now;
  open.push(hotline);
  return hotline;
}

async function stop(): Promise<void> {
  await hotline.close();
  open = open.filter((one) => one !== hotline);
}

/** How far both lists have been read. */
async function watermarks(): Promise<number[]> {
  const rows = await hotline.app.store.read(({ db }) => db.selectFrom('meta').select('value').where('name', 'like', 'listed %').execute());
  return rows.map(({ value }) => Number(value.split(' ')[1]));
}

/** Waits until the lists have been read at the present moment, and everything is answered. */
async function readOn(ms: number = 6 * MINUTE): Promise<void> {
  hotline.pass(ms);
  for (const message of twilio.messages) if (message.status === 'queued') message.status = 'sent';
  await expect.poll(watermarks, { timeout: 30_000 }).toEqual([hotline.now(), hotline.now()]);
  await hotline.settle();
}

/** A message that the provider took, and whose webhook never got through. */
const missed = (body: string, extra: Partial<FakeMessage> = {}): FakeMessage =>
  twilio.add({ from: MARIA, to: SMS, direction: 'inbound', status: 'received', body, ...extra });
const arrive = (body: string, from = MARIA, sid = newSid()) =>
  hotline.app.service.context.receive({
    channel: 'sms',
    externalId: sid,
    from: [{ kind: 'phone', value: from }],
    to: SMS,
    text: body,
    media: [],
    opened: false,
    receivedAt: hotline.now(),
  });
async function say(...texts: string[]): Promise<void> {
  for (const text of texts) {
    const sid = newSid();
    missed(text, { sid });
    await arrive(text, MARIA, sid);
    await hotline.settle();
  }
}
const answers = (to: string = MARIA): string[] =>
  twilio.messages.filter((message) => message.direction !== 'inbound' && message.to === to).map((message) => message.body);
const cases = () => hotline.app.store.read(({ db }) => db.selectFrom('cases').select(['reason', 'status', 'priority']).execute());
const owners = () => hotline.app.store.read(({ db }) => db.selectFrom('conversations').select('owner').execute());
const contacts = async () => (await hotline.app.store.read(({ db }) => db.selectFrom('contacts').select('id').execute())).length;
const counted = async (result: string) =>
  (await hotline.app.service.metrics.reconciled.get()).values
    .filter(({ labels }) => labels.result === result)
    .reduce((sum, { value }) => sum + value, 0);

beforeEach(async () => {
  twilio = await startTwilio();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await place.drop();
  await twilio.close();
});

describe.each(BACKENDS)('what the service missed, on %s', (backend) => {
  beforeEach(async () => {
    place = await makePlace(backend);
    await start(MONDAY);
    await readOn();
  });

  it('is answered once when it is up again, on both channels and in order, and a webhook that comes after all is a duplicate', async () => {
    await stop();
    twilio.now = () => MONDAY + 20 * MINUTE;
    const hola = missed('hola');
    missed('1', { createdAt: MONDAY + 21 * MINUTE });
    missed('hola', { from: 'whatsapp:+34600333444', to: WHATSAPP });
    await start(MONDAY + 40 * MINUTE);
    await readOn(0);
    expect(answers()).toHaveLength(2);
    expect(answers()[0]).toMatch(/papeles/);
    expect(answers()[1]).not.toMatch(/papeles/);
    expect(answers('whatsapp:+34600333444')).toHaveLength(1);
    expect(await arrive('hola', MARIA, hola.sid)).toBe('duplicate');
    await readOn();
    expect(answers()).toHaveLength(2);
    expect(await counted('recovered')).toBe(3);
  });

  it('comes back with nothing of a person who said DELETE, though the provider still lists it', async () => {
    await say('hola', '1', 'borrar');
    const written = twilio.messages.filter((message) => message.direction === 'inbound');
    await say('sí');
    expect(answers().at(-1)).toMatch(/Borramos/i);
    await readOn();
    // Its list lags behind its deletions.
    twilio.messages.splice(0, Number.POSITIVE_INFINITY, ...written);
    await stop();
    await start(hotline.now() + HOUR);
    await readOn(0);
    expect(answers()).toEqual([]);
    expect(await contacts()).toBe(0);
    expect(await counted('recovered')).toBe(0);
  });
});

describe.each(BACKENDS)('a person who was erased, on %s', (backend) => {
  beforeEach(async () => {
    place = await makePlace(backend);
    await start(MONDAY);
    await readOn();
  });

  it('is not answered nor stored again for what was written before that; for what was written after it, as anybody', async () => {
    await say('hola', '1');
    missed('una cosa más');
    hotline.pass(1000);
    await say('borrar', 'sí');
    expect(answers().at(-1)).toMatch(/Borramos/i);
    hotline.pass(1000);
    await readOn();
    expect(await contacts()).toBe(0);
    expect(await counted('recovered')).toBe(0);
    expect(await counted('erased')).toBe(1);
    const inbound = () => twilio.messages.filter(({ direction }) => direction === 'inbound');
    await expect.poll(inbound, { timeout: 30_000 }).toEqual([]);
    const before = answers().length;
    missed('hola');
    await readOn();
    expect(answers()).toHaveLength(before + 1);
    expect(await contacts()).toBe(1);
    expect(await counted('erased')).toBe(1);
  });
});

describe('what was answered by whom nobody knows', () => {
  beforeEach(async () => {
    place = await makePlace('sqlite');
    await start(MONDAY);
    await readOn();
    await say('hola', '1');
  });
  const change = (work: (db: Tx['db']) => Promise<unknown>) => hotline.app.store.transaction(({ db }) => work(db));

  it('waits for the fate of our own lines, with the watermark before it', async () => {
    missed('quiero hablar de mi casa');
    hotline.pass(1000);
    twilio.troubles.push({ kind: 'cut', taken: true });
    await say('ayuda');
    await change((db) =>
      db
        .updateTable('outbox')
        .set({ run_at: hotline.now() + HOUR })
        .execute(),
    );
    for (const message of twilio.messages) message.status = 'sent';
    for (const message of twilio.messages) if (message.direction === 'inbound') message.status = 'received';
    const before = answers().length;
    hotline.pass(6 * MINUTE);
    await expect
      .poll(async () => (await watermarks()).toSorted((a, b) => a - b), { timeout: 30_000 })
      .toEqual([hotline.now() - 6 * MINUTE - 1000, hotline.now()]);
    expect(answers()).toHaveLength(before);
    await change((db) => db.updateTable('outbox').set({ run_at: hotline.now() }).execute());
    await readOn();
    expect(await counted('answered_elsewhere')).toBe(0);
    expect(await counted('recovered')).toBe(1);
    expect(answers().length).toBeGreaterThan(before);
  });

  it('is answered when one of our own lines was given up that may have been the answer', async () => {
    missed('quiero hablar de mi casa');
    hotline.pass(1000);
    await say('ayuda');
    const { sid } = twilio.messages.at(-1) ?? { sid: '' };
    await change((db) =>
      db.updateTable('messages').set({ provider_ref: null, error_code: 'unknown_fate' }).where('provider_ref', '=', sid).execute(),
    );
    await change((db) => db.deleteFrom('provider_copies').where('provider_ref', '=', sid).execute());
    await readOn();
    expect(await counted('answered_elsewhere')).toBe(0);
    expect(await counted('recovered')).toBe(1);
  });

  it('is carried out when it says STOP, and START after it', async () => {
    const person = 'whatsapp:+34600333444';
    const write = async (body: string) => {
      missed(body, { from: person, to: WHATSAPP });
      hotline.pass(1000);
      twilio.add({ from: WHATSAPP, to: person, body: 'from elsewhere', status: 'delivered' });
      await readOn();
    };
    await write('STOP');
    expect(await owners()).toContainEqual({ owner: 'stopped' });
    await write('hola');
    expect(await counted('answered_elsewhere')).toBe(1);
    await write('START');
    expect(await owners()).not.toContainEqual({ owner: 'stopped' });
  });
});

describe('what is not to be answered', () => {
  beforeEach(async () => {
    place = await makePlace('sqlite');
  });

  it('is what came before the first start', async () => {
    twilio.now = () => MONDAY - 5 * MINUTE;
    missed('hola');
    await start(MONDAY);
    await readOn();
    await readOn(HOUR);
    expect(answers()).toEqual([]);
  });

  it('is what came to another number before it was set', async () => {
    await start(MONDAY);
    await readOn();
    await stop();
    missed('hola', { to: '+15005550009', createdAt: MONDAY + 55 * MINUTE });
    await start(MONDAY + HOUR, { TWILIO_SMS_FROM: '+15005550009' });
    await readOn(0);
    await readOn();
    expect(answers()).toEqual([]);
    missed('hola', { to: '+15005550009' });
    await readOn();
    expect(answers()).toHaveLength(1);
  });

  it('is what somebody else answered on the same number', async () => {
    await start(MONDAY);
    await readOn();
    missed('hola');
    hotline.pass(1000);
    twilio.add({ from: SMS, to: MARIA, body: 'from elsewhere', status: 'delivered' });
    await readOn();
    expect(answers()).toEqual(['from elsewhere']);
    expect(await counted('answered_elsewhere')).toBe(1);
  });

  it('is what may still come by itself', async () => {
    await start(MONDAY);
    await readOn();
    hotline.pass(5 * MINUTE);
    missed('hola');
    await readOn(MINUTE);
    expect(answers()).toEqual([]);
    await readOn();
    expect(answers()).toHaveLength(1);
  });

  it('is anything while the list is turned off', async () => {
    await start(MONDAY, { RECONCILE_MINUTES: '0' });
    await hotline.close();
    expect(twilio.lists).toEqual([]);
  });
});

describe('what comes late', () => {
  beforeEach(async () => {
    place = await makePlace('sqlite');
    await start(MONDAY);
    await readOn();
    await say('hola', '1');
  });

  /** Nothing gets through for a time, neither the list nor what comes right at its beginning. */
  async function away(hours: number, ...messages: FakeMessage[]): Promise<string[]> {
    const before = answers().length;
    for (const message of messages) message.createdAt += MINUTE;
    await readOn(hours * HOUR);
    return answers().slice(before);
  }

  it('is answered with a word that it came late, after an hour', async () => {
    expect(await away(0.5, missed('menu'))).toEqual([expect.not.stringMatching(/retraso/)]);
    expect(await away(3, missed('menu'))).toEqual([expect.stringMatching(/retraso/)]);
  });

  it('gets the emergency text first', async () => {
    const said = await away(3, missed('socorro'));
    expect(said[0]).toMatch(/peligro/);
    expect(said[0]).not.toMatch(/retraso/);
    expect(said.join('\n')).toMatch(/retraso/);
  });

  it('is left to people after a day', async () => {
    expect(await away(30, missed('quiero hablar de mi casa'))).toEqual([]);
    expect(await cases()).toEqual([{ reason: 'late', status: 'waiting', priority: 'urgent' }]);
  });

  it('still stops what is sent when it says STOP', async () => {
    await away(30, missed('STOP'));
    expect(await cases()).toEqual([]);
    const before = answers().length;
    await say('menu');
    expect(answers()).toHaveLength(before);
  });

  it('confirms nothing that was asked in the meantime', async () => {
    const reply = missed('1');
    hotline.pass(5000);
    await say('borrar');
    await readOn();
    expect(answers().at(-1)).toMatch(/otra vez/);
    expect(await contacts()).toBe(1);
    expect(await arrive('1', MARIA, reply.sid)).toBe('duplicate');
  });
});

describe('a provider that refuses its list', () => {
  it('is asked again later, and nothing is left out', async () => {
    place = await makePlace('sqlite');
    await start(MONDAY);
    await readOn();
    await stop();
    missed('hola', { createdAt: MONDAY + 20 * MINUTE });
    twilio.listTroubles.push(...[429, 503].map((status) => ({ kind: 'status' as const, status, retryAfter: '60' })));
    await start(MONDAY + 30 * MINUTE);
    await expect.poll(() => hotline.logs.filter((line) => line.includes('could not be read')).length, { timeout: 30_000 }).toBe(2);
    const asked = twilio.lists.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(twilio.lists).toHaveLength(asked);
    expect(answers()).toEqual([]);
    await stop();
    await start(MONDAY + 31 * MINUTE);
    await readOn(0);
    expect(answers()).toHaveLength(1);
  });
});

describe('a list that is longer than can be read', () => {
  it('is read in smaller pieces', async () => {
    place = await makePlace('sqlite');
    await start(MONDAY);
    await readOn();
    await stop();
    for (const minutes of [30, 70, 170]) missed('hola', { from: `+346000000${minutes}`, createdAt: MONDAY + minutes * MINUTE });
    twilio.isEndless = (query) => {
      const before = query.get('DateSent<');
      return (before === null ? hotline.now() : Date.parse(before)) - Date.parse(query.get('DateSent>') ?? '') > 45 * MINUTE;
    };
    await start(MONDAY + 3 * HOUR);
    await readOn(0);
    expect(await counted('recovered')).toBe(3);
  });
});

describe('a clock that was wrong', () => {
  it('keeps no other node from reading once its node is dead', async () => {
    place = await makePlace('postgres');
    await start(MONDAY);
    await readOn();
    for (const channel of ['sms', 'whatsapp'])
      await hotline.app.store.transaction(({ db }) =>
        db
          .updateTable('meta')
          .set({ value: `dead ${MONDAY + 72 * HOUR}` })
          .where('name', '=', `lease reconcile ${channel}`)
          .execute(),
      );
    missed('hola');
    const hear = () => {
      hotline.pass(MINUTE);
      return answers();
    };
    await expect.poll(hear, { timeout: 30_000 }).toHaveLength(1);
  });

  it('at the first start does not put off the beginning', async () => {
    place = await makePlace('sqlite');
    await start(MONDAY + 2 * HOUR);
    await readOn(0);
    await stop();
    await start(MONDAY);
    await readOn();
    missed('hola');
    await readOn();
    expect(answers()).toHaveLength(1);
  });

  it('has nothing left out that came while it was ahead', async () => {
    place = await makePlace('sqlite');
    await start(MONDAY);
    await readOn();
    await stop();
    await start(MONDAY + 5 * HOUR);
    await readOn(0);
    await stop();
    missed('hola', { createdAt: MONDAY + 10 * MINUTE });
    await start(MONDAY + HOUR);
    await readOn(0);
    expect(answers()).toHaveLength(1);
  });
});

it('is read by one of two nodes at a time, and answered once', async () => {
  place = await makePlace('postgres');
  await start(MONDAY);
  await readOn();
  const first = hotline;
  await start(hotline.now());
  for (const index of [1, 2, 3]) missed(`hola ${index}`, { from: `+3460000000${index}` });
  first.pass(6 * MINUTE);
  await readOn();
  await first.settle();
  for (const index of [1, 2, 3]) expect(answers(`+3460000000${index}`)).toHaveLength(1);
});

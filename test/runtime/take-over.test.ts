// When people take over, the flow falls silent: what it had queued is not sent any more, however the two race.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundLine } from '../../src/channels/channel.ts';
import { openHotline, type Person, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';
import { createQuietSurface, type QuietSurface } from '../support/quiet-surface.ts';

const HOUR = 3_600_000;
/** People who race at the same time. */
const WAVE = 200;
const RACES = Number(process.env['RACES'] ?? 200);

let place: Place;
let hotline: TestHotline;
let staff: QuietSurface;
beforeEach(async () => {
  staff = createQuietSurface();
});
afterEach(async () => {
  await hotline.close();
  await place.drop();
});

/** People who have asked for somebody at night: each has a ticket, and the flow goes on answering. */
async function ticketsOf(count: number): Promise<Person[]> {
  const before = staff.announced.length;
  const people = Array.from({ length: count }, () => hotline.person());
  for (const text of ['hola', '1', 'persona', 'no']) await Promise.all(people.map((person) => person.send(text)));
  await expect.poll(() => staff.announced.length, { timeout: 30_000 }).toBe(before + count);
  return people;
}

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

/** Cases in the order of their people: they were opened in whatever order. */
async function casesOf(people: Person[]): Promise<{ id: string; conversationId: string }[]> {
  const rows = await hotline.app.store.read((reader) => reader.db.selectFrom('cases').select(['id', 'conversation_id']).execute());
  const byConversation = new Map(rows.map((row) => [row.conversation_id, row.id]));
  const byAddress = new Map(hotline.sent.map((line) => [line.to.value, line.conversationId]));
  return people.map(({ address }) => {
    const conversationId = byAddress.get(address.value) ?? '';
    return { id: byConversation.get(conversationId) ?? '', conversationId };
  });
}

describe.each(BACKENDS)('a take-over on %s', (backend) => {
  beforeEach(async () => {
    place = await makePlace(backend);
  });

  it("cancels the flow's lines that wait behind one that is being sent", async () => {
    const gate = Promise.withResolvers<void>();
    let held = false;
    const handed: string[] = [];
    hotline = await openHotline({
      place,
      surface: staff.module,
      async onSend(line) {
        handed.push(line.message.text);
        if (held) await gate.promise;
        return { kind: 'sent', providerRef: null };
      },
    });
    hotline.pass(12 * HOUR);
    const [person] = await ticketsOf(1);
    if (!person) throw new Error('nobody');
    const [{ id: caseId } = { id: '' }] = await casesOf([person]);
    held = true;
    const before = handed.length;
    await write(person, 'menu');
    await expect.poll(() => handed.length).toBe(before + 1);
    await write(person, 'repetir');
    await expect.poll(() => hotline.app.store.read((reader) => reader.db.selectFrom('outbox').select('id').execute())).toHaveLength(2);
    expect(await staff.handlers().sendToPerson(caseId, 'soy Ana', 'U1', 'm1')).toEqual({ ok: true });
    gate.resolve();
    await hotline.settle();
    expect(handed.slice(before + 1)).toEqual(['soy Ana']);
  });

  it('cancels lines that wait for their turn at a slow number', async () => {
    hotline = await openHotline({ place, surface: staff.module });
    hotline.pass(12 * HOUR);
    const people = await ticketsOf(4);
    const cases = await casesOf(people);
    const { now } = hotline;
    await hotline.close();
    const handed: OutboundLine[] = [];
    hotline = await openHotline({
      place,
      surface: staff.module,
      at: now(),
      capabilities: { segmentsPerSecond: 2 },
      onSend(line) {
        handed.push(line);
        return { kind: 'sent', providerRef: null };
      },
    });
    await Promise.all(people.map((person) => write(person, 'menu')));
    await expect.poll(() => handed.length).toBe(1);
    await Promise.all(cases.map(({ id }, index) => staff.handlers().claim(id, `U${index}`)));
    const sent = handed.length;
    await hotline.settle();
    expect(handed.length).toBe(sent);
    expect(sent).toBeLessThan(people.length);
  });
});

it(`is never followed by a line of the flow, in ${RACES} races`, { timeout: 600_000 }, async () => {
  const takenOver = new Set<string>();
  const tooLate: string[] = [];
  let afterwards = 0;
  place = await makePlace('sqlite');
  hotline = await openHotline({
    place,
    surface: staff.module,
    onSend({ conversationId, message }) {
      if (takenOver.has(conversationId)) {
        afterwards += 1;
        if (!message.text.startsWith('soy ')) tooLate.push(message.text);
      }
      return { kind: 'sent', providerRef: null };
    },
  });
  hotline.pass(12 * HOUR);
  const cancelled = () =>
    hotline.app.store.read((reader) => reader.db.selectFrom('messages').select('id').where('status', '=', 'cancelled').execute());
  // Lines that go out and lines that are cancelled must both have come up; on some machines that takes a few races more.
  const isMixed = async (): Promise<boolean> => afterwards > 0 && (await cancelled()).length > 0;
  for (let done = 0; done < RACES || (done < 5 * RACES && !(await isMixed())); done += WAVE) {
    const people = await ticketsOf(WAVE);
    const cases = await casesOf(people);
    const race = async (person: Person, index: number): Promise<void> => {
      const writing = ['menu', 'repetir', 'menú principal'].map((text) => write(person, text));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      const { id = '', conversationId = '' } = cases[index] ?? {};
      const taking =
        index % 2 === 0 ? staff.handlers().claim(id, 'U1') : staff.handlers().sendToPerson(id, `soy ${index}`, 'U1', `m${done} ${index}`);
      expect(await taking).toEqual({ ok: true });
      takenOver.add(conversationId);
      await Promise.all(writing);
    };
    await Promise.all(people.map(race));
    await hotline.settle();
  }
  expect(tooLate).toEqual([]);
  expect(await isMixed()).toBe(true);
});

// What caseworkers' consoles ask of the service: an inbox of 10,000 open cases, and fifty streams while people write.
// In this process, over HTTP, with real accounts. Called by run.ts.
import { fillCases } from '../support/fill-cases.ts';
import { openApiDesk, type ApiDesk } from '../support/api-desk.ts';
import { openEventStream, type EventStream } from '../support/event-stream.ts';
import type { Place } from '../support/places.ts';
import { percentile } from './measure.ts';
import type { Figure } from './run.ts';

const CASES = 10_000;
const REQUESTS = 400;
const QUEUES = ['waiting', 'mine', 'claimed', 'tickets', 'overdue', 'closed'] as const;
const CONSOLES = 50;
const PER_SECOND = 50;
/** Each writes every two seconds. */
const PEOPLE = 100;
const SECONDS = 20;

/** Lists of the inbox, with their counts, by one who sees all of it. */
export async function benchInbox(name: string, place: Place): Promise<Figure> {
  const desk = await openApiDesk(place, { clock: Date.now });
  try {
    await fillCases(desk.hotline.app.store, CASES, { now: Date.now(), deskIds: ['main', null], staffIds: [desk.ana.id, desk.ben.id] });
    const times: number[] = [];
    for (let n = 0; n < REQUESTS; n++) {
      const began = performance.now();
      await desk.ana.call('listCases', { query: { queue: QUEUES[n % QUEUES.length] ?? 'waiting' } });
      times.push(performance.now() - began);
    }
    return { name, value: round(percentile(times, 0.99)), unit: 'ms', share: 'p99', median: round(percentile(times, 0.5)), cases: CASES };
  } finally {
    await desk.close();
  }
}

/** From a person's message to the line of their case on every console. */
export async function benchConsoles(name: string, place: Place): Promise<Figure> {
  const desk = await openApiDesk(place, { clock: Date.now });
  const streams: EventStream[] = [];
  try {
    const people = Array.from({ length: PEOPLE }, () => desk.hotline.person());
    const cases: string[] = [];
    for (const person of people) cases.push(await desk.ask(person));
    // One person has no more than twenty streams.
    const staff = [desk.ana, desk.ben, await desk.join({ alias: 'Eva' })];
    for (let n = 0; n < CONSOLES; n++) streams.push(await openEventStream(desk.url, staff[n % staff.length] ?? desk.ana));
    const ear = listen(streams);
    const began = performance.now();
    for (let n = 0; n < PER_SECOND * SECONDS; n++) {
      const due = began + (n * 1000) / PER_SECOND;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      const index = n % PEOPLE;
      ear.expect(cases[index] ?? '');
      void write(desk, people[index]?.address.value ?? '', n);
    }
    const wanted = PER_SECOND * SECONDS * CONSOLES;
    const giveUp = performance.now() + 30_000;
    while (ear.times.length < wanted && performance.now() < giveUp) await new Promise((resolve) => setTimeout(resolve, 50));
    ear.stop();
    if (ear.times.length < wanted) throw new Error(`${wanted - ear.times.length} of ${wanted} updates never came.`);
    const at = (share: number): number => round(percentile(ear.times, share));
    const figures = { median: at(0.5), longest: at(1), consoles: CONSOLES, messages_a_second: PER_SECOND };
    return { name, value: at(0.99), unit: 'ms', share: 'p99', ...figures };
  } finally {
    for (const stream of streams) stream.cut();
    await desk.close();
  }
}

async function write(desk: ApiDesk, phone: string, n: number): Promise<void> {
  await desk.hotline.app.service.context.receive({
    channel: 'test',
    externalId: `bench-${n}`,
    from: [{ kind: 'phone', value: phone }],
    text: `mensaje ${n}`,
    media: [],
    opened: false,
    receivedAt: Date.now(),
  });
}

/** Looks at what came as soon as it came. A message has come to a console when its case has a newer one than when it was sent. */
function listen(streams: EventStream[]): { times: number[]; expect(id: string): void; stop(): void } {
  const times: number[] = [];
  const newest = new Map<string, number>();
  const pending = streams.map(() => new Map<string, { at: number; above: number }[]>());
  const read = streams.map(() => 0);
  const timer = setInterval(() => {
    const now = performance.now();
    for (const [index, stream] of streams.entries()) {
      const waiting = pending[index];
      for (const event of stream.events.slice(read[index])) {
        if (event.type !== 'cases') continue;
        for (const { id, lastSequence } of event.cases) {
          newest.set(id, Math.max(newest.get(id) ?? 0, lastSequence));
          const open = waiting?.get(id) ?? [];
          for (const { at, above } of open) if (lastSequence > above) times.push(now - at);
          waiting?.set(
            id,
            open.filter(({ above }) => lastSequence <= above),
          );
        }
      }
      read[index] = stream.events.length;
    }
  }, 5);
  return {
    times,
    expect(id) {
      const sent = { at: performance.now(), above: newest.get(id) ?? 0 };
      for (const waiting of pending) waiting.set(id, [...(waiting.get(id) ?? []), sent]);
    },
    stop: () => clearInterval(timer),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

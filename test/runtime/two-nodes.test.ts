// Two whole services on one PostgreSQL database get the same messages at the same time: each is answered once, in order.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectFolder } from '../../src/app.ts';
import type { OutboundLine } from '../../src/channels/channel.ts';
import { loadFiles } from '../../src/content/load-files.ts';
import type { Address } from '../../src/domain/message.ts';
import { openHotline, type TestHotline, type TestOptions } from '../support/app.ts';
import { makePlace, type Place } from '../support/places.ts';

const PEOPLE = Number(process.env['PEOPLE'] ?? 40);
/** People who write at the same time. */
const WAVE = 250;
const SAID = ['hola', '1', 'menu', '1', 'menu', '2', 'menu', 'repetir'];

let place: Place;
let nodes: TestHotline[];
beforeEach(async () => {
  place = await makePlace('postgres');
  nodes = [];
});
afterEach(async () => {
  for (const node of nodes) await node.close();
  await place.drop();
});

async function openNode(options: TestOptions = {}): Promise<TestHotline> {
  const node = await openHotline({ place, ...options });
  nodes.push(node);
  return node;
}

const addressOf = (number: number): Address => ({ kind: 'phone', value: `+3461100${String(number).padStart(4, '0')}` });

const receive = (node: TestHotline, number: number, index: number) =>
  node.app.service.context.receive({
    channel: 'test',
    externalId: `${number}-${index}`,
    from: [addressOf(number)],
    text: SAID[index] ?? '',
    media: [],
    opened: false,
    receivedAt: node.now(),
  });

const settle = async (): Promise<void> => {
  for (const node of nodes) await node.settle();
};

it('answers each message exactly once and keeps the order of every conversation', { timeout: 600_000 }, async () => {
  const begun: OutboundLine[] = [];
  const onSend = (line: OutboundLine) => {
    begun.push(line);
    return { kind: 'sent' as const, providerRef: null };
  };
  await Promise.all([openNode({ onSend }), openNode({ onSend })]);
  // What one person hears who writes slowly is what everybody must hear.
  for (const index of SAID.keys()) {
    await receive(nodes[0] as TestHotline, 0, index);
    await settle();
  }
  const heard = (number: number): string[] =>
    begun.filter((line) => line.to.value === addressOf(number).value).map((line) => line.message.text);
  const expected = heard(0);
  expect(expected.length).toBeGreaterThanOrEqual(SAID.length);

  const people = Array.from({ length: PEOPLE }, (_, index) => index + 1);
  const takenIn = nodes.map(() => 0);
  const talk = async (number: number): Promise<void> => {
    for (const index of SAID.keys()) {
      const results = await Promise.all([...nodes, ...nodes].map((node) => receive(node, number, index)));
      for (const [place, result] of results.entries()) if (result === 'new') takenIn[place % 2] = (takenIn[place % 2] ?? 0) + 1;
    }
  };
  for (let first = 0; first < PEOPLE; first += WAVE) await Promise.all(people.slice(first, first + WAVE).map(talk));
  await settle();
  expect(takenIn.reduce((sum, count) => sum + count, 0)).toBe(PEOPLE * SAID.length);
  for (const number of people) expect(heard(number)).toEqual(expected);
  expect(new Set(begun.map((line) => line.id)).size).toBe(begun.length);
  // Both took part.
  for (const count of takenIn) expect(count).toBeGreaterThan(0);
});

it('starts twice at once on an empty database', async () => {
  const [first, second] = await Promise.all([openNode(), openNode()]);
  expect(first?.app.service.services.releases.current().number).toBe(1);
  expect(second?.app.service.services.releases.current().number).toBe(1);
});

it('uses a release that another node has published, at once', async () => {
  const first = await openNode();
  const second = await openNode({ environment: { NODE_ROLE: 'web' } });
  const { releases, clock } = first.app.service.services;
  // Until both listen, what is told is lost; then the next look finds it.
  expect(await releases.publish(await loadFiles(projectFolder), clock())).toBe(2);
  await expect.poll(() => second.app.service.services.releases.current().number, { timeout: 10_000 }).toBe(2);
  expect(await second.app.service.services.releases.publish(await loadFiles(projectFolder), clock())).toBe(3);
  await expect.poll(() => releases.current().number, { timeout: 10_000 }).toBe(3);
});

it('serves nothing but its health and figures where it is a worker', async () => {
  const worker = await openNode({ environment: { NODE_ROLE: 'worker' } });
  const web = await openNode({ environment: { NODE_ROLE: 'web' } });
  const status = async (node: TestHotline, path: string): Promise<number> => (await node.app.http.app.request(path)).status;
  expect(await status(worker, '/livez')).toBe(200);
  for (const path of ['/', '/widget.js', '/v3/directline/tokens/generate']) expect(await status(worker, path)).toBe(404);
  expect(await status(web, '/')).toBe(200);
});

describe('a node that only serves HTTP', () => {
  it('hands its messages to one that answers, at once', async () => {
    const web = await openNode({ environment: { NODE_ROLE: 'web' } });
    const worker = await openNode({ environment: { NODE_ROLE: 'worker' } });
    await receive(web, 1, 0);
    await expect.poll(() => worker.sent.length).toBe(1);
    expect(web.sent).toEqual([]);
  });

  it('hears of answers in the conversations that are open on it', async () => {
    const web = await openNode({ environment: { NODE_ROLE: 'web' } });
    const worker = await openNode({ environment: { NODE_ROLE: 'worker' } });
    const address = addressOf(1);
    let news = 0;
    web.app.service.context.subscribe('test', address, () => void (news += 1));
    await receive(worker, 1, 0);
    await expect.poll(async () => news > 0 && (await web.app.service.context.history('test', address, 0)).length).toBe(2);
  });
});

it('sends over a number with a rate from one node at a time, and from another when that one ends', async () => {
  const capabilities = { segmentsPerSecond: 1000 };
  const [first, second] = await Promise.all([openNode({ capabilities }), openNode({ capabilities })]);
  for (let number = 1; number <= 20; number++) await receive(number % 2 === 0 ? first : second, number, 0);
  await settle();
  const [sender, other] = first.sent.length > 0 ? [first, second] : [second, first];
  expect(sender.sent).toHaveLength(20);
  expect(other.sent).toHaveLength(0);

  nodes = [other];
  await sender.close();
  await receive(other, 21, 0);
  await settle();
  expect(other.sent).toHaveLength(1);
});

// A line under lease while the clocks of two nodes differ by hours: whoever has it by the store has it, and it is sent once.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LookUpResult, OutboundLine, SendResult } from '../../src/channels/channel.ts';
import { openHotline, type TestHotline } from '../support/app.ts';
import { makePlace, type Place } from '../support/places.ts';

const HOUR = 3_600_000;
const SETTLE_MS = 30_000;
const BEGAN = Date.parse('2026-11-23T10:00:00Z');
const TAKEN = BEGAN + 600_000;
const sent = (line: OutboundLine): SendResult => ({ kind: 'sent', providerRef: `ref-${line.id}` });

let place: Place;
let nodes: TestHotline[];
/** Moves on by itself on both nodes alike. */
let running: number;
/** What the second node's clock is ahead. */
let ahead: number;
let asked: number;
let listed: () => LookUpResult;

beforeEach(async () => {
  place = await makePlace('postgres');
  nodes = [];
  running = 0;
  ahead = 0;
  asked = 0;
});
afterEach(async () => {
  for (const node of nodes) await node.close();
  await place.drop();
});

async function openNode(onSend: (line: OutboundLine) => SendResult | Promise<SendResult>, lead: () => number): Promise<TestHotline> {
  const node: TestHotline = await openHotline({
    place,
    settleSeconds: SETTLE_MS / 1000,
    clock: () => BEGAN + running + lead(),
    steady: () => running,
    onSend,
    onLookUp() {
      asked += 1;
      return listed();
    },
  });
  nodes.push(node);
  return node;
}

const outbox = (node: TestHotline) =>
  node.app.store.read((reader) => reader.db.selectFrom('outbox').select(['state', 'lease_until']).execute());

describe('a line that one node is sending while the clock of another leaps ahead', () => {
  let gate: PromiseWithResolvers<SendResult>;
  let sending: OutboundLine[];
  let second: TestHotline;
  let byOther: OutboundLine[];

  beforeEach(async () => {
    gate = Promise.withResolvers();
    sending = [];
    byOther = [];
    const first = await openNode(
      (line) => {
        sending.push(line);
        return gate.promise;
      },
      () => 0,
    );
    await first.app.service.context.receive({
      channel: 'test',
      externalId: 'm1',
      from: [{ kind: 'phone', value: '+34600111222' }],
      text: 'hola',
      media: [],
      opened: false,
      receivedAt: BEGAN,
    });
    await expect.poll(() => sending.length).toBe(1);
    second = await openNode(
      (line) => {
        byOther.push(line);
        return sent(line);
      },
      () => ahead,
    );
    ahead = 2 * HOUR;
    await expect.poll(async () => (await outbox(second))[0]?.state, { timeout: 5000 }).toBe('unknown');
  });

  it('is looked up after a pause by running time, and not sent again when it was sent', async () => {
    ahead = 4 * HOUR;
    await expect.poll(async () => ((await outbox(second))[0]?.lease_until ?? 0) === 0, { timeout: 5000 }).toBe(true);
    expect(asked).toBe(0);
    gate.resolve(sent(sending[0] as OutboundLine));
    await expect.poll(async () => (await outbox(second)).length).toBe(0);
    expect(byOther).toEqual([]);
  });

  it('is not put back by the one who had it, and is sent once more only when its provider knows nothing of it', async () => {
    gate.resolve({ kind: 'failed', retryable: true, code: '20429' });
    listed = () => ({ kind: 'not_sent' });
    await nodes[0]?.app.service.stop();
    // Put back by the first node it would stand there as queued.
    expect((await outbox(second)).map(({ state }) => state)).toEqual(['unknown']);
    running += SETTLE_MS + 1000;
    ahead += SETTLE_MS;
    await expect.poll(() => byOther.length, { timeout: 10_000 }).toBe(1);
    expect(asked).toBe(1);
    await expect.poll(async () => (await outbox(second)).length).toBe(0);
  });
});

it('does not begin to send a line that is another’s by now', async () => {
  const begun: OutboundLine[] = [];
  const node = await openNode(
    (line) => {
      begun.push(line);
      return sent(line);
    },
    () => 0,
  );
  // Between the claim and the send another node takes the line over, as one whose clock is ahead would.
  const { store } = node.app.service.services;
  const { transaction } = store;
  store.transaction = async (work) => {
    const result = await transaction(work);
    await store.database.write.updateTable('outbox').set({ state: 'unknown', lease_until: TAKEN }).where('state', '=', 'sending').execute();
    return result;
  };
  await node.app.service.context.receive({
    channel: 'test',
    externalId: 'm1',
    from: [{ kind: 'phone', value: '+34600111222' }],
    text: 'hola',
    media: [],
    opened: false,
    receivedAt: BEGAN,
  });
  await expect.poll(async () => (await outbox(node))[0]?.lease_until).toBe(TAKEN);
  store.transaction = transaction;
  await node.app.service.stop();
  expect(begun).toEqual([]);
  expect((await outbox(node)).map(({ state }) => state)).toEqual(['unknown']);
});

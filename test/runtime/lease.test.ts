// Work that one node does at a time, while the clocks of the nodes differ and jump.
import { describe, expect, it } from 'vitest';
import { createLease, type Lease } from '../../src/runtime/lease.ts';
import { storeMaker } from '../support/stores.ts';

const LASTS_MS = 1000;
const HOUR = 3_600_000;

describe('a lease', () => {
  const open = storeMaker('postgres');

  /** Two nodes, each with a clock of its own and the same running time. */
  async function openNodes() {
    const { store, again } = await open();
    const clocks = [0, 0];
    let running = 5000;
    const node = (index: number, nodeStore: typeof store): Lease =>
      createLease('desk', LASTS_MS, { store: nodeStore, clock: () => 1e12 + running + (clocks[index] ?? 0), steady: () => running });
    return { first: node(0, store), second: node(1, await again()), clocks, pass: (ms: number) => void (running += ms) };
  }

  it('is one node’s at a time, however far ahead the clock of another is', async () => {
    const { first, second, clocks, pass } = await openNodes();
    clocks[1] = 2 * HOUR;
    expect(await first.hold()).toBe(true);
    for (let round = 0; round < 10; round++) {
      expect(await second.hold()).toBe(false);
      pass(400);
      expect(await first.hold()).toBe(true);
    }
    clocks[0] = -2 * HOUR;
    pass(400);
    expect(await first.hold()).toBe(true);
    expect(await second.hold()).toBe(false);
  });

  it('passes on when its holder was silent for as long as it lasts, and the holder knows', async () => {
    const { first, second, pass } = await openNodes();
    expect(await first.hold()).toBe(true);
    expect(await second.hold()).toBe(false);
    pass(900);
    expect(await second.hold()).toBe(false);
    pass(200);
    expect(await second.hold()).toBe(true);
    expect(await first.hold()).toBe(false);
  });

  it('passes on at once when it is given back', async () => {
    const { first, second } = await openNodes();
    expect(await first.hold()).toBe(true);
    expect(await second.hold()).toBe(false);
    await first.end();
    expect(await second.hold()).toBe(true);
  });
});

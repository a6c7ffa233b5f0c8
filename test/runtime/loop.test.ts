// Background loops: woken at any moment, they look again; told to stop, they do.
import { expect, it } from 'vitest';
import { startLoop } from '../../src/runtime/loop.ts';
import { openLog } from '../../src/util/log.ts';

const NEVER_MS = 3_600_000;
const quiet = openLog('silent');

it('looks again when it was woken while it worked', async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let rounds = 0;
  const loop = startLoop('test', async () => (await gates[rounds++]?.promise, false), NEVER_MS, quiet);
  expect(rounds).toBe(1);
  loop.wake();
  gates[0]?.resolve();
  await expect.poll(() => rounds).toBe(2);
  gates[1]?.resolve();
  // Nothing was asked of it meanwhile: it sleeps.
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(rounds).toBe(2);
  loop.wake();
  await expect.poll(() => rounds).toBe(3);
  gates[2]?.resolve();
  await loop.stop();
});

it('looks again after the time that a round asks for', async () => {
  let rounds = 0;
  const loop = startLoop('test', () => Promise.resolve(++rounds < 5 ? 1 : false), NEVER_MS, quiet);
  await expect.poll(() => rounds).toBe(5);
  await loop.stop();
});

it('goes on after a round that failed, and not at once', async () => {
  let rounds = 0;
  const loop = startLoop('test', () => Promise.reject(new Error(`round ${++rounds}`)), NEVER_MS, quiet);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(rounds).toBe(1);
  await expect.poll(() => rounds).toBeGreaterThan(1);
  await loop.stop();
});

it('ends after the round that runs, and does nothing more', async () => {
  const gate = Promise.withResolvers<void>();
  let rounds = 0;
  const loop = startLoop('test', async () => (rounds++, await gate.promise, true), NEVER_MS, quiet);
  const stopped = loop.stop();
  loop.wake();
  gate.resolve();
  await stopped;
  loop.wake();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(rounds).toBe(1);
});

it('gathers: a round begins no sooner after another than it was told, the first after a rest at once', async () => {
  const gatherMs = 30;
  const began: number[] = [];
  const loop = startLoop('test', async () => (began.push(performance.now()), began.length < 3), NEVER_MS, quiet, gatherMs);
  await expect.poll(() => began.length).toBe(3);
  const apart = began.slice(1).map((at, index) => at - (began[index] ?? 0));
  // A timer may end a moment early.
  expect(Math.min(...apart)).toBeGreaterThan(gatherMs - 2);
  await loop.stop();
});

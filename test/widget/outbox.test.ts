// Messages of the person when the service turns them away for a while: they wait as long as it asks, and an emergency gets through.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SendOutcome } from '../../src/widget/connection.ts';
import type { Memory, Outgoing } from '../../src/widget/memory.ts';
import { openOutbox, type Outbox } from '../../src/widget/outbox.ts';

let tried: string[];
let states: Map<string, string>;
let answer: (outgoing: Outgoing) => SendOutcome;
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  tried = [];
  states = new Map();
  answer = () => ({ kind: 'busy', afterMs: 30_000 });
  let kept: ReturnType<Memory['read']> = {};
  const memory = { read: () => kept, write: (more: typeof kept) => void (kept = { ...kept, ...more }) } as Memory;
  const send = (outgoing: Outgoing): Promise<SendOutcome> => {
    tried.push(outgoing.text);
    return Promise.resolve(answer(outgoing));
  };
  outbox = openOutbox(memory, send, (id, state) => void states.set(id, state));
});
afterEach(() => vi.useRealTimers());

async function write(text: string): Promise<string> {
  const { clientId } = outbox.add(text);
  outbox.flush();
  await vi.advanceTimersByTimeAsync(1);
  return clientId;
}

it('waits as long as the service asks, and then tries by itself', async () => {
  const id = await write('hola');
  outbox.flush();
  await vi.advanceTimersByTimeAsync(29_000);
  outbox.flush();
  expect(tried).toEqual(['hola']);
  expect(states.get(id)).toBe('waiting');
  answer = () => ({ kind: 'sent' });
  await vi.advanceTimersByTimeAsync(2000);
  expect(tried).toEqual(['hola', 'hola']);
  expect(states.get(id)).toBe('sent');
  expect(outbox.waiting()).toEqual([]);
});

it('tries what is written meanwhile once, so that an emergency does not wait behind the rest; the others keep their order', async () => {
  answer = ({ text }) => (text === 'socorro' ? { kind: 'sent' } : { kind: 'busy', afterMs: 30_000 });
  await write('uno');
  await write('dos');
  const id = await write('socorro');
  expect(tried).toEqual(['uno', 'dos', 'socorro']);
  expect(states.get(id)).toBe('sent');
  answer = () => ({ kind: 'sent' });
  await vi.advanceTimersByTimeAsync(31_000);
  expect(tried.slice(3)).toEqual(['uno', 'dos']);
});

it('tells the person when the service goes on turning a message away, and tries again when told to', async () => {
  const id = await write('hola');
  await vi.advanceTimersByTimeAsync(4 * 31_000);
  expect(states.get(id)).toBe('failed');
  answer = () => ({ kind: 'sent' });
  outbox.retry(id);
  await vi.advanceTimersByTimeAsync(1);
  expect(states.get(id)).toBe('sent');
});

// The live stream's client against a real server: it goes on where it was, notices dead lines, and stops when a session ends.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { StreamEvent } from '../../src/api/case-operations.ts';
import { createEventReader } from '../../src/console/live/server-sent.ts';
import { openStream, pauseBefore, type LiveState, type StreamClient } from '../../src/console/live/stream-client.ts';

let close: (() => void)[] = [];
afterEach(() => {
  close.forEach((end) => end());
  close = [];
});

interface Heard {
  cursors: (string | null)[];
  lines: ServerResponse[];
  events: StreamEvent[];
  states: LiveState[];
  client: StreamClient;
  server: Server;
}

async function listen(status: () => number = () => 200, silentMs = 60_000): Promise<Heard> {
  const cursors: (string | null)[] = [];
  const lines: ServerResponse[] = [];
  const server = createServer((request, response) => {
    cursors.push(new URL(request.url ?? '', 'http://here').searchParams.get('cursor'));
    response.writeHead(status(), { 'content-type': 'text/event-stream' });
    if (status() === 200) response.write(': hello\n\n');
    else response.end();
    lines.push(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream`;
  const events: StreamEvent[] = [];
  const states: LiveState[] = [];
  const client = openStream({
    open: (cursor, signal) => fetch(cursor === null ? url : `${url}?cursor=${cursor}`, { signal }),
    onEvent: (event) => void events.push(event),
    onState: (state) => void states.push(state),
    wait: (ms, signal) =>
      new Promise((done) => {
        const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(done, Math.min(ms, silentMs === ms ? ms : 10));
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          done();
        });
      }),
    random: () => 0,
    silentMs,
  });
  close.push(() => {
    client.stop();
    lines.forEach((line) => line.destroy());
    server.close();
  });
  return { cursors, lines, events, states, client, server };
}
const cases = (id: string): string => `data: ${JSON.stringify({ type: 'cases', cases: [], removed: [id] })}\n\n`;

describe('the live stream', () => {
  it('asks for everything first, and goes on at its cursor when the line is lost', async () => {
    const heard = await listen();
    await expect.poll(() => heard.events).toEqual([{ type: 'resync' }]);
    heard.lines[0]?.write(`id: 0.7\n${cases('a')}`);
    await expect.poll(() => heard.events.length).toBe(2);
    heard.lines[0]?.destroy();
    await expect.poll(() => heard.cursors).toEqual([null, '0.7']);
    heard.lines[1]?.write(cases('b'));
    await expect.poll(() => heard.events.at(-1)).toEqual({ type: 'cases', cases: [], removed: ['b'] });
    expect(heard.events.filter(({ type }) => type === 'resync')).toHaveLength(1);
    expect(heard.states).toEqual(['connecting', 'live', 'lost', 'live']);
  });

  it('takes a silent line for dead', async () => {
    const heard = await listen(undefined, 300);
    await expect.poll(() => heard.cursors.length).toBeGreaterThanOrEqual(2);
    expect(heard.states.slice(0, 3)).toEqual(['connecting', 'live', 'lost']);
  });

  it('stops when the session has ended, and tries again when it is woken', async () => {
    let status = 401;
    const heard = await listen(() => status);
    await expect.poll(() => heard.states).toEqual(['connecting', 'ended']);
    status = 200;
    heard.client.wake();
    await expect.poll(() => heard.states.at(-1)).toBe('live');
    expect(heard.cursors).toHaveLength(2);
  });

  it('keeps trying while the server refuses', async () => {
    let status = 503;
    const heard = await listen(() => status);
    await expect.poll(() => heard.cursors.length).toBeGreaterThan(2);
    status = 200;
    await expect.poll(() => heard.states.at(-1)).toBe('live');
  });

  it('passes over what it does not know', async () => {
    const heard = await listen();
    await expect.poll(() => heard.lines.length).toBe(1);
    heard.lines[0]?.write(`data: {"type":"weather"}\n\ndata: nonsense\n\n${cases('c')}`);
    await expect.poll(() => heard.events.at(-1)).toMatchObject({ removed: ['c'] });
    expect(heard.events).toHaveLength(2);
  });

  it('waits longer after each failure, half of it by chance, and not for ever', () => {
    expect([1, 2, 3, 20].map((failures) => pauseBefore(failures, 1))).toEqual([500, 1000, 2000, 20_000]);
    expect(pauseBefore(20, 0)).toBe(10_000);
  });
});

describe('server-sent events', () => {
  it('are read however they are cut', () => {
    const text = ': alive\n\nid: 1.2\r\ndata: a\r\ndata: b\r\n\r\nevent: x\ndata:c\n\n';
    const whole = createEventReader()(text);
    expect(whole).toEqual([
      { id: null, data: null },
      { id: '1.2', data: 'a\nb' },
      { id: null, data: 'c' },
    ]);
    const read = createEventReader();
    expect([...text].flatMap((letter) => read(letter))).toEqual(whole);
  });
});

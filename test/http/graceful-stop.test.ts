// SIGTERM: the real process ends by itself within its ten seconds, whatever hangs, and what it acknowledged is answered by the
// next one. The cap is twenty seconds, because the machine of the tests has other work.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { openDatabase } from '../../src/store/backends/index.ts';
import { BACKENDS, makePlace, type Backend, type Place } from '../support/places.ts';
import { freePort, startService, type ServiceProcess } from '../support/process.ts';
import { startTwilio, type FakeTwilio } from '../support/twilio-server.ts';

const CAP_MS = 20_000;
const cleaners: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleaners.splice(0).reverse()) await clean();
});

interface Setting {
  place: Place;
  twilio: FakeTwilio;
  start(): Promise<ServiceProcess>;
}

async function set(backend: Backend): Promise<Setting> {
  const place = await makePlace(backend);
  const twilio = await startTwilio();
  const port = await freePort();
  const environment = {
    ...twilio.env,
    ...place.environment,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TWILIO_SMS_SEGMENTS_PER_SECOND: '1000',
  };
  cleaners.push(
    () => place.drop(),
    () => twilio.close(),
  );
  const start = async (): Promise<ServiceProcess> => {
    const service = await startService(environment, port);
    cleaners.push(() => service.child.kill('SIGKILL'));
    return service;
  };
  return { place, twilio, start };
}

async function openChat(url: string): Promise<WebSocket> {
  const { token } = (await (await fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST' })).json()) as { token: string };
  const started = await fetch(`${url}/v3/directline/conversations`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  const { streamUrl } = (await started.json()) as { streamUrl: string };
  const socket = new WebSocket(streamUrl);
  await once(socket, 'open');
  cleaners.push(() => socket.terminate());
  return socket;
}

/** Ends by itself, in time, and says that all is well. */
async function expectEnd(service: ServiceProcess): Promise<void> {
  const began = performance.now();
  service.child.kill('SIGTERM');
  await once(service.child, 'exit');
  expect([service.child.exitCode, service.child.signalCode]).toEqual([0, null]);
  expect(performance.now() - began).toBeLessThan(CAP_MS);
  expect(service.output()).not.toMatch(/^\s+at /m);
}

describe.each(BACKENDS)('SIGTERM on %s', (backend) => {
  it('ends in time under load, with open web chats and a provider that hangs; the next start answers the rest', async () => {
    const { place, twilio, start } = await set(backend);
    const service = await start();
    const chats = await Promise.all([openChat(service.url), openChat(service.url)]);
    const closed = Promise.all(chats.map((chat) => once(chat, 'close')));
    // What the provider has taken without saying so is there already; the lines behind it are not.
    twilio.troubles.push(...Array.from({ length: 5 }, () => ({ kind: 'silence', taken: true }) as const));
    const load = { over: false };
    const acknowledged: string[] = [];
    const pour = async (lane: number): Promise<void> => {
      for (let count = 0; !load.over && count < 40; count++) {
        const from = `+346${lane}${String(count).padStart(7, '0')}`;
        const response = await twilio.inbound(service.url, { from, to: '+15005550006', body: 'hola' }).catch(() => null);
        if (response?.status === 200) acknowledged.push(from);
      }
    };
    const pouring = Promise.all([pour(1), pour(2), pour(3)]);
    await expect.poll(() => acknowledged.length).toBeGreaterThan(10);
    await expect.poll(() => twilio.attempts).toBeGreaterThan(4);
    await expectEnd(service);
    load.over = true;
    await Promise.all([pouring, closed]);
    const next = await start();
    const answered = (from: string): boolean => twilio.messages.some((message) => message.to === from && message.direction !== 'inbound');
    // One that was being sent is asked for first, and its provider's list is believed only after a while.
    const beside = await openDatabase(place.environment['DATABASE_URL'] ?? `sqlite:${place.folder}/ventanilla.db`);
    cleaners.push(() => beside.close());
    const missing = async (): Promise<number> => {
      const { rows } = await sql`select 1 from outbox where state <> 'queued'`.execute(beside.read);
      return acknowledged.filter((from) => !answered(from)).length - rows.length;
    };
    await expect.poll(missing, { timeout: 30_000 }).toBeLessThanOrEqual(0);
    await next.kill('SIGKILL');
  });
});

it('ends in time while PostgreSQL holds up its statements', async () => {
  const { place, twilio, start } = await set('postgres');
  const service = await start();
  const client = new pg.Client(place.environment['DATABASE_URL']);
  await client.connect();
  cleaners.push(() => client.end());
  await client.query('begin');
  await client.query('lock table inbox, outbox, conversations in access exclusive mode');
  const waiting = twilio.inbound(service.url, { from: '+34600000001', to: '+15005550006', body: 'hola' }).catch(() => null);
  await expect.poll(async () => (await client.query('select 1 from pg_locks where not granted')).rowCount).toBeGreaterThan(0);
  await expectEnd(service);
  // It was not acknowledged: the provider will bring it again.
  expect((await waiting)?.status).not.toBe(200);
  await client.query('rollback');
});

it('ends at once at the second signal', async () => {
  const { twilio, start } = await set('sqlite');
  const service = await start();
  twilio.troubles.push({ kind: 'silence', taken: true });
  await twilio.inbound(service.url, { from: '+34600000001', to: '+15005550006', body: 'hola' });
  await expect.poll(() => twilio.attempts).toBe(1);
  service.child.kill('SIGTERM');
  await expect.poll(() => service.output()).toContain('Stopping');
  // Two that come together are one: a terminal and npm both pass Ctrl-C on.
  await new Promise((resolve) => setTimeout(resolve, 600));
  service.child.kill('SIGTERM');
  await once(service.child, 'exit');
  expect(service.child.exitCode).toBe(1);
  expect(service.output()).toContain('Stopped at once');
});

it('ends when it is told so while it starts, and starts well afterwards', async () => {
  const { place, start } = await set('sqlite');
  for (const wait of [300, 700, 1000]) {
    const child = spawn(process.execPath, ['src/cli/main.ts', 'start'], {
      cwd: path.resolve(import.meta.dirname, '../..'),
      env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', PORT: '0', ...place.environment },
      stdio: 'ignore',
    });
    await new Promise((resolve) => setTimeout(resolve, wait));
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.exitCode === 0 || child.signalCode === 'SIGTERM').toBe(true);
  }
  const service = await start();
  await expectEnd(service);
});

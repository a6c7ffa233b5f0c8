// `ventanilla rotate-keys` is killed wherever it stands while the service answers people, and run again.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';
import { freePort, startService } from '../support/process.ts';
import { startTwilio } from '../support/twilio-server.ts';

const PEOPLE = 40;
const KILLS = 5;
const root = path.resolve(import.meta.dirname, '../..');
const numberOf = (index: number): string => `+3469900${String(index).padStart(4, '0')}`;

/** Runs the command, kills it after `killMs`; the exit status, null when it was killed. */
function rotate(place: Place, killMs?: number): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['src/cli/main.ts', 'rotate-keys', '--json'], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', ...place.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)));
    const timer = killMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killMs);
    child.once('close', (status) => {
      clearTimeout(timer);
      resolve({ status, stdout, stderr });
    });
  });
}

describe.each(BACKENDS)('the command rotate-keys on %s', (backend) => {
  it('can be killed and run again while people write: everybody is answered as who they were', async () => {
    const twilio = await startTwilio();
    const place = await makePlace(backend);
    const port = await freePort();
    const limits = { TWILIO_SMS_SEGMENTS_PER_SECOND: '10000' };
    const service = await startService({ ...twilio.env, ...place.environment, ...limits, PUBLIC_URL: `http://127.0.0.1:${port}` }, port);
    const heard = (index: number): number =>
      twilio.messages.filter((message) => message.direction !== 'inbound' && message.to === numberOf(index)).length;
    const write = async (index: number): Promise<void> => {
      const before = heard(index);
      const { status } = await twilio.inbound(service.url, { from: numberOf(index), to: '+15005550006', body: 'hola' });
      expect(status).toBe(200);
      await expect.poll(() => heard(index), { timeout: 20_000, interval: 20 }).toBeGreaterThan(before);
    };
    await Promise.all(Array.from({ length: PEOPLE }, (_, index) => write(index)));
    let next = 0;
    const pouring = new AbortController();
    const load = (async () => {
      while (!pouring.signal.aborted) await write(next++ % PEOPLE);
    })();
    for (let kill = 0; kill < KILLS; kill++) await rotate(place, 400 + kill * 120);
    let done = await rotate(place);
    if (done.stdout.includes('prepared')) done = await rotate(place);
    pouring.abort();
    await load;
    expect(done.stderr).toBe('');
    expect(JSON.parse(done.stdout)).toMatchObject({ state: 'finished' });
    const secret = readFileSync(path.join(place.folder, 'secret.key'), 'utf8');
    expect(secret.trim().split('\n')).toHaveLength(1);
    await Promise.all(Array.from({ length: PEOPLE }, (_, index) => write(index)));
    await service.kill('SIGTERM');
    // Restarted with the new secret alone, everybody is still who they were.
    const again = await startService({ ...twilio.env, ...place.environment, ...limits, PUBLIC_URL: `http://127.0.0.1:${port}` }, port);
    const { count } = await people(place);
    expect(count).toBe(PEOPLE);
    await again.kill('SIGTERM');
    // With another secret it is refused, and says what to do.
    writeFileSync(path.join(place.folder, 'secret.key'), secret.replace(/ ..../, ' AAAA'), { mode: 0o600 });
    const refused = await rotate(place);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('Put the original secret key file back') });
    await place.drop();
    await twilio.close();
  });
});

async function people({ folder, environment }: Place): Promise<{ count: number }> {
  const { openDatabase } = await import('../../src/store/backends/index.ts');
  const database = await openDatabase<{ contacts: { id: string } }>(environment['DATABASE_URL'] ?? `sqlite:${folder}/ventanilla.db`);
  const row = await database.read
    .selectFrom('contacts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  await database.close();
  return row;
}

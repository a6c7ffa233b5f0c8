// An operator lets the first administrator in, lists people and shuts one out, beside the service or without it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, type Ran } from '../support/command.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';

const root = path.resolve(import.meta.dirname, '../..');
const LINK = /http:\/\/127\.0\.0\.1:\d+\/console\/invitation#[\w-]{43}/;

interface Listed {
  id: string;
  alias: string;
  roles: string[];
  state: string;
}

describe.each(BACKENDS)('the command staff on %s', (backend) => {
  let place: Place;
  beforeAll(async () => void (place = await makePlace(backend)));
  afterAll(() => place.drop());
  const staff = (...args: string[]): Promise<Ran> => runCommand(['staff', ...args], place.environment);
  const list = async (): Promise<Listed[]> => JSON.parse((await staff('list', '--json')).stdout) as Listed[];

  it('invites, lists and disables', async () => {
    expect((await staff('list')).stdout).toContain('staff invite --role administrator');
    const { stdout, status } = await staff('invite', '--role', 'administrator', '--role', 'caseworker', '--alias', 'Ana');
    expect(status).toBe(0);
    expect(stdout).toMatch(LINK);
    const [ana] = await list();
    expect(ana).toMatchObject({ alias: 'Ana', roles: ['administrator', 'caseworker'], state: 'invited' });
    expect((await staff('reinvite', ana?.id ?? '')).stdout).toMatch(LINK);
    expect((await staff('disable', ana?.id ?? '')).status).toBe(0);
    expect(await list()).toMatchObject([{ state: 'disabled' }]);
  });
});

it('the command staff says what is wrong', async () => {
  const place = await makePlace('sqlite');
  for (const [args, words] of [
    [['invite'], /--role is one of administrator/],
    [['invite', '--role', 'boss'], /no such role/],
    [['invite', '--role', 'caseworker', '--organisation', 'nobody'], /no such organisation/],
    [['disable'], /Usage: ventanilla staff/],
    [['disable', 'nobody'], /Nobody with this id/],
  ] as const) {
    const { status, stderr } = await runCommand(['staff', ...args], place.environment);
    expect(stderr).toMatch(words);
    expect(status).toBe(1);
  }
  await place.drop();
});

it('the very first start prints a one-time invitation after the address of the web chat, and a later one does not', async () => {
  const place = await makePlace('sqlite');
  const first = await startOnce(place);
  expect(first).toMatch(new RegExp(`^Web chat: .*\\nConsole: +${LINK.source}\\n`));
  expect(first.indexOf('Console:')).toBeLessThan(first.indexOf('Channels on:'));
  const second = await startOnce(place);
  expect(second).not.toMatch(LINK);
  expect(second).toMatch(/Console: +http:.*nobody has an account yet/);
  await place.drop();
});

/** Starts the service until it has greeted, and stops it. */
function startOnce(place: Place): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['src/cli/main.ts', 'start'], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', PORT: '0', ...place.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += String(chunk);
      if (printed.includes('Content:')) child.kill('SIGTERM');
    });
    child.once('error', reject);
    child.once('close', () => resolve(printed));
  });
}

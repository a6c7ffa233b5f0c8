// An operator erases a person who telephoned: nothing shows the number, and the service runs on beside it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/store.ts';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { rememberCopy } from '../../src/store/provider-copies.ts';
import { arrive, inbound, phone } from '../store/fixtures.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';

const NUMBER = '+34611222333';
const root = path.resolve(import.meta.dirname, '../..');

/** Runs the command with lines on standard input; tells its status and all that it printed. */
function erase(place: Place, args: string[], input: string): Promise<{ status: number | null; stdout: string; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['src/cli/main.ts', 'erase', ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'trace', ...place.environment },
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => ((stdout += String(chunk)), (output += String(chunk))));
    child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
    child.once('close', (status) => resolve({ status, stdout, output }));
    child.stdin.end(input);
  });
}

describe.each(BACKENDS)('the command erase on %s', (backend) => {
  let place: Place;
  let store: Store;

  beforeAll(async () => {
    place = await makePlace(backend);
    const { folder, environment } = place;
    store = await openStore({
      databaseUrl: environment['DATABASE_URL'] ?? `sqlite:${folder}/ventanilla.db`,
      keyDatabaseUrl: environment['KEY_DATABASE_URL'] ?? `sqlite:${folder}/keys.db`,
      secretKeyFile: path.join(folder, 'secret.key'),
      now: Date.now,
      service: true,
    });
    const maria = await arrive(store, inbound('1', 'palabras de maria', { from: [phone(NUMBER)] }));
    await arrive(store, inbound('2', 'otra persona', { from: [phone('+34611222444')] }));
    await store.transaction((tx) => rememberCopy(tx, { contactId: maria.contactId, channel: 'sms', providerRef: 'SM1', at: 0 }));
  });
  afterAll(async () => {
    await store.close();
    await place.drop();
  });

  const kept = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { table, text } of decryptAll(store)) if (table === 'messages') found.push(text);
    return found;
  };

  it('asks before it erases, refuses what is not a number, and never shows a number', async () => {
    const words = await erase(place, ['--yes'], 'maria, 611222333\n');
    expect(words).toMatchObject({ status: 1 });
    expect(words.output).not.toMatch(/maria|611/);
    expect(words.output).toContain('country code');
    const unknown = await erase(place, ['--yes', '--json'], '+34611000000\n');
    expect(unknown).toMatchObject({ status: 1, stdout: '{"found":false}\n' });
    const declined = await erase(place, [], `${NUMBER}\nno\n`);
    expect(declined.status).toBe(1);
    expect(declined.stdout).toMatch(/1 {2}messages\n/);
    expect(await kept()).toHaveLength(2);
    for (const { output } of [words, unknown, declined]) expect(output.replaceAll(/\D/g, '')).not.toContain('611');
  });

  it('erases the person beside the running service, and nobody else', async () => {
    const erased = await erase(place, ['--json'], '0034 611-222-333\nyes\n');
    expect(erased.status, erased.output).toBe(0);
    expect(JSON.parse(erased.stdout)).toEqual({
      found: true,
      erased: { addresses: 1, conversations: 1, messages: 1, waitingLines: 0, cases: 0, complaints: 0, consents: 0, providerCopies: 1 },
      openCase: false,
      openComplaints: 0,
      copiesLeft: 1,
    });
    expect(erased.output).not.toContain('611');
    const texts = await kept();
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('otra persona');
    const pending = await erase(place, ['--pending'], '');
    expect(pending).toMatchObject({ status: 0, stdout: 'sms  SM1  tried 0 times, tried again\n' });
  });
});

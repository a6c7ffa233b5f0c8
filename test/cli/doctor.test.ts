// The doctor finds what is wrong with an installation and says how to mend it, against providers that speak the real protocols.
// It prints no secret and no person, and is content with what is well.
import { chmodSync, rmSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { backupTo } from '../../src/store/backup.ts';
import { openDatabase } from '../../src/store/backends/index.ts';
import { openStore } from '../../src/store/store.ts';
import { arrive, inbound } from '../store/fixtures.ts';
import { runCommand } from '../support/command.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';
import { startSlack, type FakeSlack } from '../support/slack-server.ts';
import { startTwilio, type FakeTwilio } from '../support/twilio-server.ts';

const PUBLIC_URL = 'https://hotline.invalid';

let place: Place;
let twilio: FakeTwilio;
let slack: FakeSlack;
beforeEach(async () => {
  twilio = await startTwilio();
  slack = await startSlack();
  twilio.account.smsUrl = `${PUBLIC_URL}/channels/twilio/messages`;
});
afterEach(async () => {
  await twilio.close();
  await slack.close();
  await place.drop();
});

interface Diagnosis {
  status: number | null;
  problems: string[];
  warnings: string[];
  fine: string[];
  printed: string;
}

async function diagnose(change: Record<string, string> = {}): Promise<Diagnosis> {
  const environment = { ...twilio.env, ...slack.env, ...place.environment, PUBLIC_URL, ...change };
  const ran = await runCommand(['doctor', '--json'], environment);
  const findings = ran.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
  const told = (level: Finding['level']): string[] =>
    findings.filter((finding) => finding.level === level).map(({ about, what, mend = '' }) => `${about}: ${what} ${mend}`);
  expect(findings.filter((finding) => finding.level !== 'ok' && (finding.mend ?? '').length < 10)).toEqual([]);
  expect(ran.stderr).toBe('');
  return { status: ran.status, problems: told('problem'), warnings: told('warning'), fine: told('ok'), printed: ran.stdout };
}

async function install(backend: (typeof BACKENDS)[number]): Promise<{ databaseUrl: string; secretKeyFile: string }> {
  place = await makePlace(backend);
  const { DATABASE_URL, KEY_DATABASE_URL } = place.environment;
  const settings = {
    databaseUrl: DATABASE_URL ?? `sqlite:${place.folder}/ventanilla.db`,
    keyDatabaseUrl: KEY_DATABASE_URL ?? `sqlite:${place.folder}/keys.db`,
    secretKeyFile: path.join(place.folder, 'secret.key'),
    now: Date.now,
  };
  const store = await openStore(settings);
  await backupTo(store, path.join(place.folder, 'backup'));
  await store.close();
  return settings;
}

describe.each(BACKENDS)('the doctor on %s', (backend) => {
  it('is content with what is well, and prints no secret', async () => {
    await install(backend);
    const { problems, warnings, fine, printed } = await diagnose();
    // The tests' own server runs without fsync, which is just what the doctor is to find.
    expect(problems.filter((line) => !line.includes('fsync'))).toEqual([]);
    expect(warnings.filter((line) => !/same folder|as seen from here/.test(line))).toEqual([]);
    for (const expected of [
      'Account and token are good',
      'SMS number: It calls',
      'The app is in the channel',
      'belong together',
      'Nothing waits',
      'clock agrees',
    ])
      expect(fine.join('\n')).toContain(expected);
    for (const secret of [twilio.authToken, 'xoxb-test', slack.env['SLACK_SIGNING_SECRET'] ?? '-', '15005550006'])
      expect(printed).not.toContain(secret);
  });

  it('finds messages that wait, copies that cannot be erased and a database that is not durable', async () => {
    const { databaseUrl } = await install(backend);
    const settings = {
      databaseUrl,
      keyDatabaseUrl: place.environment['KEY_DATABASE_URL'] ?? `sqlite:${place.folder}/keys.db`,
      secretKeyFile: path.join(place.folder, 'secret.key'),
    };
    const store = await openStore({ ...settings, now: Date.now });
    await arrive(store, inbound('1', 'hola'));
    await store.close();
    const database = await openDatabase(databaseUrl);
    const old = Date.now() - 3_600_000;
    await sql`update inbox set state = 'pending', created_at = ${old}`.execute(database.write);
    await sql`insert into provider_copies (channel, provider_ref, state, attempts, run_at, created_at) values ('sms', 'SM1', 'stuck', 20, 0, 0)`.execute(
      database.write,
    );
    await sql`update meta set value = '1' where name = 'last_backup'`.execute(database.write);
    await database.close();
    const { status, problems, warnings } = await diagnose();
    expect(status).toBe(1);
    expect(problems.join('\n')).toMatch(/Acknowledged messages have waited/);
    expect(problems.join('\n')).toMatch(/1 copies at providers could not be erased/);
    expect(warnings.join('\n')).toMatch(/last backup is \d+ days old/);
    if (backend === 'postgres') expect(problems.join('\n')).toMatch(/fsync = on/);
  });
});

it('finds wrong credentials, webhooks that go elsewhere, clocks that differ, and a channel that the app is not in', async () => {
  await install('sqlite');
  twilio.account.smsUrl = 'https://elsewhere.example.org/sms';
  twilio.account.clockSkewMs = 600_000;
  slack.member = false;
  slack.scopes = 'chat:write';
  const found = await diagnose({ TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}` });
  expect(found.status).toBe(1);
  for (const expected of [
    /SMS number: It does not call .*Set its messaging webhook to https:\/\/hotline\.invalid/,
    /clock: .* \d+ s behind/,
    /app is not in the channel/,
    /no such messaging service/,
  ])
    expect(found.problems.join('\n')).toMatch(expected);
  expect(found.warnings.join('\n')).toMatch(/channels:history/);
  const wrong = await diagnose({
    TWILIO_AUTH_TOKEN: 'another',
    SLACK_BOT_TOKEN: 'xoxb-other',
    MICROSOFT_APP_ID: '00000000-0000-4000-8000-000000000000',
  });
  expect(wrong.problems.join('\n')).toMatch(/Twilio refuses the credentials/);
  expect(wrong.problems.join('\n')).toMatch(/Slack refuses the token/);
  expect(wrong.problems.join('\n')).toMatch(/off, because MICROSOFT_APP_PASSWORD, MICROSOFT_APP_TENANT_ID is missing/);
});

it('finds misspelt settings, an open public address, and keys that are open to others or gone', async () => {
  const { secretKeyFile } = await install('sqlite');
  chmodSync(secretKeyFile, 0o644);
  const found = await diagnose({ TWILIO_AUTH_TOKN: 'x', DATABASE_ULR: 'x', SLACK_COLOUR: 'x', PUBLIC_URL: 'http://hotline.invalid' });
  expect(found.warnings.join('\n')).toMatch(/TWILIO_AUTH_TOKN\. Did you mean TWILIO_AUTH_TOKEN/);
  expect(found.warnings.join('\n')).toMatch(/DATABASE_ULR\. Did you mean DATABASE_URL/);
  expect(found.warnings.join('\n')).toMatch(/SLACK_COLOUR/);
  expect(found.problems.join('\n')).toMatch(/not https/);
  expect(found.problems.join('\n')).toMatch(/mode 644.*chmod 600/);
  rmSync(secretKeyFile);
  expect((await diagnose()).problems.join('\n')).toMatch(/secret key file is missing/);
});

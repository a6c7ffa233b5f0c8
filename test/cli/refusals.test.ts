// What keeps the service from starting, told by the real process: one sentence that says what to do, exit status 1, no stack
// trace, no secret, and data that is as it was.
import { chmodSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { MARK_TABLE } from '../../src/store/backup/mark.ts';
import { openDatabase } from '../../src/store/backends/index.ts';
import { openStore } from '../../src/store/store.ts';
import { arrive, inbound } from '../store/fixtures.ts';
import { copyProgram, runCommand, type Ran } from '../support/command.ts';
import { BACKENDS, makePlace, type Backend, type Place } from '../support/places.ts';

const cleaners: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleaners.splice(0).reverse()) await clean();
});

interface Installation extends Place {
  settings: { databaseUrl: string; keyDatabaseUrl: string; secretKeyFile: string; now: () => number };
}

/** A place in which one person has written. */
async function installed(backend: Backend): Promise<Installation> {
  const place = await makePlace(backend);
  cleaners.push(() => place.drop());
  const { DATABASE_URL, KEY_DATABASE_URL } = place.environment;
  const settings = {
    databaseUrl: DATABASE_URL ?? `sqlite:${place.folder}/ventanilla.db`,
    keyDatabaseUrl: KEY_DATABASE_URL ?? `sqlite:${place.folder}/keys.db`,
    secretKeyFile: path.join(place.folder, 'secret.key'),
    now: Date.now,
  };
  const store = await openStore(settings);
  await arrive(store, inbound('1', 'hola'));
  await store.close();
  return { ...place, settings };
}

async function contacts(databaseUrl: string): Promise<number> {
  const database = await openDatabase(databaseUrl);
  const { rows } = await sql`select 1 from contacts`.execute(database.read);
  await database.close();
  return rows.length;
}

/** One sentence, and nothing that does not belong on a terminal. */
function expectRefusal(ran: Ran, sentence: RegExp): void {
  expect(ran.stderr).toMatch(sentence);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
  expect(ran.stderr).not.toContain('pass-w0rd');
  expect(ran.stderr.trim().split('\n').length).toBeLessThan(4);
  expect(ran.status).toBe(1);
}

const start = (environment: Record<string, string>, folder?: string): Promise<Ran> => runCommand(['start'], environment, folder);

describe.each(BACKENDS)('on %s the service does not start', (backend) => {
  it('with an older program than the database', async () => {
    const place = await installed(backend);
    const database = await openDatabase(place.settings.databaseUrl);
    await sql`insert into ventanilla_migration (name, timestamp) values ('9999_future', '2030-01-01T00:00:00.000Z')`.execute(
      database.write,
    );
    await database.close();
    expectRefusal(await start(place.environment), /newer version of Ventanilla \(9999_future\)\. Start that version/);
    expect(await contacts(place.settings.databaseUrl)).toBe(1);
  });

  it('without its secret key file, with another, or with one that others may read', async () => {
    const place = await installed(backend);
    const file = place.settings.secretKeyFile;
    const secret = readFileSync(file, 'utf8');
    rmSync(file);
    expectRefusal(await start(place.environment), /secret key file secret\.key is missing\. Put the original back/);
    writeFileSync(file, `v1 ${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    expectRefusal(await start(place.environment), /does not belong to this key store\. Put the original/);
    writeFileSync(file, secret);
    chmodSync(file, 0o640);
    expectRefusal(await start(place.environment), /can be read by others .*chmod 600/);
    expect(await contacts(place.settings.databaseUrl)).toBe(1);
  });

  it('with the key store of another database', async () => {
    const [place, other] = [await installed(backend), await installed(backend)];
    expectRefusal(
      await start({ ...place.environment, KEY_DATABASE_URL: other.settings.keyDatabaseUrl, SECRET_KEY_FILE: other.settings.secretKeyFile }),
      /key store does not belong to this database\. Put the original key store back/,
    );
  });

  it('with an empty database where its key store knows of data', async () => {
    const [place, other] = [await installed(backend), await makePlace(backend)];
    cleaners.push(() => other.drop());
    const databaseUrl = other.environment['DATABASE_URL'] ?? `sqlite:${other.folder}/ventanilla.db`;
    expectRefusal(
      await start({
        ...place.environment,
        DATABASE_URL: databaseUrl,
        KEY_DATABASE_URL: place.settings.keyDatabaseUrl,
        SECRET_KEY_FILE: place.settings.secretKeyFile,
      }),
      /database is empty, but its key store holds keys/,
    );
  });

  it('on a backup that was restored by half', async () => {
    const place = await installed(backend);
    if (backend === 'sqlite') writeFileSync(path.join(place.folder, 'ventanilla.db.restoring'), 'half');
    else {
      const database = await openDatabase(place.settings.databaseUrl);
      await sql`create table ${sql.table(MARK_TABLE)} (since text)`.execute(database.write);
      await database.close();
    }
    expectRefusal(await start(place.environment), /restore .* was interrupted.*Run `ventanilla restore FILE` again/);
    expect(await contacts(place.settings.databaseUrl)).toBe(1);
  });

  it('on a port that is taken', async () => {
    const place = await installed(backend);
    const server = createServer().listen(0, '127.0.0.1');
    cleaners.push(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    expectRefusal(await start({ ...place.environment, PORT: String((server.address() as AddressInfo).port) }), /port \d+ .*Set PORT/);
  });
});

describe('the service does not start with a wrong DATABASE_URL', () => {
  it('on PostgreSQL', async () => {
    const place = await installed('postgres');
    const url = new URL(place.settings.databaseUrl);
    const change = (edit: (changed: URL) => void): string => {
      const changed = new URL(url);
      edit(changed);
      return changed.href;
    };
    const wrong: [string, RegExp][] = [
      [
        url.href.replace('postgres:', 'postgre:').replace('//', '//x:pass-w0rd@'),
        /DATABASE_URL is wrong: must be sqlite:<path> or postgres:\/\//,
      ],
      [change((to) => void (to.port = '1')), /nothing takes connections/],
      [change((to) => void (to.hostname = 'no-such-host.invalid')), /host in DATABASE_URL .*is not known/],
      [change((to) => void (to.pathname = '/no_such_database')), /does not exist/],
      [change((to) => void (to.username = 'nobody-of-that-name')), /(refused this user|cannot be reached|refused the password)/],
    ];
    for (const [databaseUrl, sentence] of wrong) expectRefusal(await start({ ...place.environment, DATABASE_URL: databaseUrl }), sentence);
    const { DATABASE_URL, KEY_DATABASE_URL, ...rest } = place.environment;
    expectRefusal(await start({ ...rest, DATABASE_URL: DATABASE_URL ?? '' }), /KEY_DATABASE_URL is required/);
    expectRefusal(
      await start({ ...rest, DATABASE_URL: KEY_DATABASE_URL ?? '', KEY_DATABASE_URL: KEY_DATABASE_URL ?? '' }),
      /must not be the same/,
    );
  });

  it('on SQLite', async () => {
    const place = await installed('sqlite');
    const letter = path.join(place.folder, 'letter.txt');
    writeFileSync(letter, 'This is a letter and not a database. '.repeat(100));
    const before = readFileSync(letter, 'utf8');
    const wrong: [string, RegExp][] = [
      [`sqlite:${place.folder}`, /it is a folder/],
      [`sqlite:${letter}`, /is not a SQLite database\. Check the path/],
      [`sqlite:${letter}/ventanilla.db`, /cannot be opened|cannot be written/],
    ];
    for (const [databaseUrl, sentence] of wrong) {
      const environment = { ...place.environment, DATABASE_URL: databaseUrl };
      expectRefusal(
        await start({ ...environment, KEY_DATABASE_URL: place.settings.keyDatabaseUrl, SECRET_KEY_FILE: place.settings.secretKeyFile }),
        sentence,
      );
    }
    expect(readFileSync(letter, 'utf8')).toBe(before);
    expect(await contacts(place.settings.databaseUrl)).toBe(1);
  });

  it('on SQLite whose key store has been lost', async () => {
    const place = await installed('sqlite');
    for (const name of readdirSync(place.folder).filter((one) => one.startsWith('keys.db')))
      renameSync(path.join(place.folder, name), path.join(place.folder, `away-${name}`));
    expectRefusal(await start(place.environment), /key store does not belong to this database|key store is missing/);
  });
});

// Root may write everywhere: there the test would prove nothing.
it.skipIf(process.getuid?.() === 0)('a read-only folder is told, and nothing is changed', async () => {
  const place = await installed('sqlite');
  chmodSync(place.folder, 0o555);
  cleaners.push(() => chmodSync(place.folder, 0o755));
  for (const name of readdirSync(place.folder)) chmodSync(path.join(place.folder, name), 0o400);
  expectRefusal(await start(place.environment), /read-only|may be written/);
});

it('nonsense in .env is told by its line', async () => {
  const program = copyProgram();
  cleaners.push(() => rmSync(program, { recursive: true, force: true }));
  const wrong: [string | null, RegExp][] = [
    ['PORT=0\nthis is not a setting\n', /Line 2 of \.env is no setting\. Write NAME=value/],
    ['# fine\nTWILIO_AUTH_TOKEN="pass-w0rd\n', /does not end\. Close the quotes/],
    ['METRICS_TOKEN=short\n', /setting METRICS_TOKEN is wrong/],
    ['NODE_ROLE=boss\n', /NODE_ROLE is wrong: must be all, web or worker/],
    ['PUBLIC_URL=hotline\n', /PUBLIC_URL is wrong: must be a URL/],
    [null, /\.env cannot be read as text/],
  ];
  for (const [content, sentence] of wrong) {
    rmSync(path.join(program, '.env'), { recursive: true, force: true });
    if (content === null) mkdirSync(path.join(program, '.env'));
    else writeFileSync(path.join(program, '.env'), content);
    expectRefusal(await start({}, program), sentence);
  }
  expect(readdirSync(program)).not.toContain('data');
});

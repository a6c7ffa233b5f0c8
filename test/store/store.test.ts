// Opening and committing: what is refused and with which words, what shares a commit, and what a fault leaves behind.
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { findConversation } from '../../src/store/conversations.ts';
import { inboxDepth } from '../../src/store/inbox.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { addRelease, latestRelease, loadRelease } from '../../src/store/releases.ts';
import { openStore } from '../../src/store/store.ts';
import { storeMaker, stores } from '../support/stores.ts';
import { arrive, inbound, NUMBER, phone } from './fixtures.ts';

const release = (number: number, archive = '{}') => ({ number, archive, hash: `h${number}`, demonstration: true, publishedAt: 1 });

stores('opening a store', (open) => {
  it('migrates once, and finds nothing to do the second time', async () => {
    const { store, again } = await open();
    await arrive(store, inbound('1', 'hola'));
    const second = await again();
    expect(await second.read((reader) => findConversation(reader, 'sms', phone(NUMBER)))).not.toBeNull();
    expect(await second.checkReady()).toEqual({ database: true, migrations: true, disk: true });
  });

  it('may happen in many processes at once', async () => {
    const { store, again } = await open();
    await store.close();
    const opened = await Promise.all([again(), again(), again()]);
    expect(await Promise.all(opened.map((one) => one.checkReady()))).toEqual(
      opened.map(() => ({ database: true, migrations: true, disk: true })),
    );
  });

  it('refuses to start on a database that a newer program has migrated; where it runs already it stays ready', async () => {
    const { store, again } = await open();
    await sql`insert into ventanilla_migration (name, timestamp) values ('9999_future', '2030-01-01T00:00:00.000Z')`.execute(
      store.database.write,
    );
    await expect(again()).rejects.toMatchObject({ code: 'store.schema_too_new', message: expect.stringContaining('9999_future') });
    expect(await store.checkReady()).toMatchObject({ migrations: true });
  });

  it('refuses a secret that is missing, that others may read, or that is not the one', async () => {
    const { settings, again } = await open();
    const secret = readFileSync(settings.secretKeyFile, 'utf8');
    rmSync(settings.secretKeyFile);
    await expect(again()).rejects.toMatchObject({ code: 'store.key_missing' });
    expect(existsSync(settings.secretKeyFile)).toBe(false);
    writeFileSync(settings.secretKeyFile, secret, { mode: 0o600 });
    chmodSync(settings.secretKeyFile, 0o644);
    await expect(again()).rejects.toMatchObject({ code: 'settings.invalid', message: expect.stringContaining('chmod 600') });
    chmodSync(settings.secretKeyFile, 0o600);
    writeFileSync(settings.secretKeyFile, `v1 ${randomBytes(32).toString('base64')}\n`);
    await expect(again()).rejects.toMatchObject({ code: 'store.key_missing' });
    for (const wrong of ['', 'secret', 'v1 short']) {
      writeFileSync(settings.secretKeyFile, wrong);
      await expect(again()).rejects.toMatchObject({ code: 'settings.invalid' });
    }
    writeFileSync(settings.secretKeyFile, secret);
    await expect(again()).resolves.toBeDefined();
  });

  it('refuses keys that belong to another database, and keys inside the database', async () => {
    const one = await open();
    const two = await open();
    await expect(
      one.again({ keyDatabaseUrl: two.settings.keyDatabaseUrl, secretKeyFile: two.settings.secretKeyFile }),
    ).rejects.toMatchObject({ code: 'store.key_missing' });
    await expect(one.again({ keyDatabaseUrl: one.settings.databaseUrl })).rejects.toMatchObject({ code: 'settings.invalid' });
  });
});

stores('a transaction', (open) => {
  it('is undone whole when it fails, and harms none beside it', async () => {
    const { store } = await open();
    const fail = (number: number) =>
      store.transaction(async (tx) => {
        await addRelease(tx, release(number));
        throw new Error(`fault ${number}`);
      });
    const results = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((number) => (number % 2 ? store.transaction((tx) => addRelease(tx, release(number))) : fail(number))),
    );
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
    const numbers = await store.read((reader) => reader.db.selectFrom('releases').select('number').orderBy('number').execute());
    expect(numbers.map((row) => row.number)).toEqual([1, 3, 5]);
  });

  it('can undo a part of itself and go on', async () => {
    const { store } = await open();
    const after: string[] = [];
    await store.transaction(async (tx) => {
      await addRelease(tx, release(1));
      const part = tx.savepoint(async () => {
        await addRelease(tx, release(2));
        tx.afterCommit(() => void after.push('undone'));
        await addRelease(tx, release(1));
      });
      await expect(part).rejects.toMatchObject({ code: 'store.conflict', retryable: true });
      await tx.savepoint(() => addRelease(tx, release(3)));
      tx.afterCommit(() => void after.push('done'));
    });
    expect(await store.read(latestRelease)).toEqual({ number: 3, hash: 'h3' });
    expect(await store.read((reader) => loadRelease(reader, 2))).toBeNull();
    expect(after).toEqual(['done']);
  });

  it('runs what follows the commit only after it, and reports what fails there', async () => {
    const faults: unknown[] = [];
    const { store } = await open({ onFault: (error) => faults.push(error) });
    const seen: unknown[] = [];
    await store.transaction(async (tx) => {
      await addRelease(tx, release(7));
      tx.afterCommit(async () => void seen.push(await store.read(latestRelease)));
      tx.afterCommit(() => {
        throw new Error('afterwards');
      });
    });
    expect(seen).toEqual([{ number: 7, hash: 'h7' }]);
    expect(faults).toMatchObject([{ message: 'afterwards' }]);
  });

  it('keeps its faults free of what people wrote', async () => {
    const { store } = await open();
    await arrive(store, inbound('secret-id-55', 'hola'));
    const row = await store.read((reader) => reader.db.selectFrom('inbox').selectAll().executeTakeFirstOrThrow());
    const error = await store
      .transaction((tx) =>
        tx.db
          .insertInto('inbox')
          .values({ ...row, id: row.id + 1 })
          .execute(),
      )
      .then(
        () => null,
        (fault: unknown) => fault as Error,
      );
    expect(error).toMatchObject({ code: 'store.conflict' });
    expect(JSON.stringify([error, error?.message, error?.stack, error?.cause, (error?.cause as Error | undefined)?.stack])).not.toContain(
      'secret-id-55',
    );
  });
});

describe('a store on PostgreSQL', () => {
  const open = storeMaker('postgres');
  it('never makes a secret of its own', async () => {
    const { settings, again } = await open();
    await expect(again({ secretKeyFile: `${settings.secretKeyFile}.other` })).rejects.toMatchObject({ code: 'store.key_missing' });
  });

  it('says so when the server cannot be reached, and recovers when it is back', async () => {
    const { store, again } = await open();
    await expect(again({ databaseUrl: 'postgres://postgres@127.0.0.1:1/none' })).rejects.toMatchObject({
      code: 'store.unavailable',
      retryable: true,
    });
    // All connections of this database are cut, as by a restart.
    const cut = store.transaction(async (tx) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx.db);
    });
    await expect(cut).rejects.toMatchObject({ code: 'store.unavailable', retryable: true });
    await store.transaction((tx) => receiveBatch(tx, [inbound('1', 'hola')]));
    expect(await store.read(inboxDepth)).toBe(1);
  });
});

describe('a store on SQLite', () => {
  const open = storeMaker('sqlite');

  it('makes its secret and its files readable by its own user only', async () => {
    const { settings, folder } = await open();
    expect(readFileSync(settings.secretKeyFile, 'utf8')).toMatch(/^v1 [A-Za-z0-9+/]{43}=\n$/);
    for (const name of ['secret.key', 'ventanilla.db', 'keys.db', 'ventanilla.db-wal', 'keys.db-wal'])
      expect([name, statSync(path.join(folder, name)).mode & 0o077]).toEqual([name, 0]);
  });

  it('refuses to start without its key store', async () => {
    const { store, folder, again } = await open();
    await arrive(store, inbound('1', 'hola'));
    await store.close();
    for (const suffix of ['', '-wal', '-shm'])
      if (existsSync(path.join(folder, `keys.db${suffix}`)))
        renameSync(path.join(folder, `keys.db${suffix}`), path.join(folder, `away${suffix}`));
    await expect(again()).rejects.toMatchObject({ code: 'store.key_missing' });
  });

  it('stores nothing while another process holds the database, says so, and goes on afterwards', async () => {
    const { store, folder } = await open();
    store.database.sqlite?.write.database.pragma('busy_timeout = 20');
    const other = new BetterSqlite3(path.join(folder, 'ventanilla.db'));
    other.exec('begin immediate');
    await expect(store.transaction((tx) => receiveBatch(tx, [inbound('1', 'hola')]))).rejects.toMatchObject({
      code: 'store.unavailable',
      retryable: true,
    });
    expect(await store.checkReady()).toMatchObject({ database: false });
    other.exec('rollback');
    other.close();
    expect(await store.transaction((tx) => receiveBatch(tx, [inbound('1', 'hola')]))).toEqual(['new']);
  });

  it('is served by one service at a time; commands work beside it', async () => {
    const { store, again, settings } = await open();
    await store.close();
    const service = await again({ service: true });
    await expect(openStore({ ...settings, service: true })).rejects.toMatchObject({ code: 'store.in_use' });
    const command = await again();
    await command.transaction((tx) => addRelease(tx, release(1)));
    expect(await service.read(latestRelease)).toEqual({ number: 1, hash: 'h1' });
    await service.close();
    await expect(again({ service: true })).resolves.toBeDefined();
  });

  it('writes through to the disk at every commit', async () => {
    const { store } = await open();
    const { database } = store.database.sqlite?.write ?? {};
    expect(
      ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'auto_vacuum'].map((name) =>
        database?.pragma(name, { simple: true }),
      ),
    ).toEqual(['wal', 2, 1, 1, 2]);
  });

  it('stores nothing when the disk is full, says so, and goes on when there is room', async () => {
    const { store } = await open();
    await arrive(store, inbound('1', 'hola'));
    const database = store.database.sqlite?.write.database;
    const pages = Number(database?.pragma('page_count', { simple: true }));
    database?.pragma(`max_page_count = ${pages}`);
    const people = Array.from({ length: 60 }, (_, index) =>
      inbound(`full-${index}`, 'x'.repeat(4000), { from: [phone(`+3460000${index}`)] }),
    );
    const results = await Promise.allSettled(people.map((message) => store.transaction((tx) => receiveBatch(tx, [message]))));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: expect.stringMatching(/^store\.(full|unavailable)$/), retryable: true });
    expect(refused.some(({ reason }) => (reason as { code: string }).code === 'store.full')).toBe(true);
    expect(await store.read(inboxDepth)).toBe(results.length - refused.length);
    database?.pragma('max_page_count = 1000000');
    const again = await store.transaction((tx) => receiveBatch(tx, people));
    expect(again.filter((result) => result === 'new')).toHaveLength(refused.length);
    expect(await store.checkReady()).toMatchObject({ database: true });
  });

  it('shares one commit among transactions that wait together', async () => {
    const { store } = await open();
    const connection = store.database.sqlite?.write;
    let commits = 0;
    const commit = connection?.commit.bind(connection);
    if (connection && commit) {
      connection.commit = () => {
        commits += 1;
        commit();
      };
    }
    await Promise.all(Array.from({ length: 40 }, (_, index) => store.transaction((tx) => addRelease(tx, release(index)))));
    expect(commits).toBeLessThan(10);
    expect(await store.read((reader) => reader.db.selectFrom('releases').select('number').execute())).toHaveLength(40);
  });
});

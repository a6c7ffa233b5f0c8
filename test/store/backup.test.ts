// A backup is made under load, holds everything up to its moment, is readable by its owner alone, goes from either database to
// either, is put back whole or not at all, and nobody who was erased since comes back with it.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../../src/store/backup.ts';
import { draftOf, MARK_TABLE } from '../../src/store/backup/mark.ts';
import { TABLES } from '../../src/store/backup/tables.ts';
import { openDatabase } from '../../src/store/backends/index.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { eraseContact } from '../../src/store/erase.ts';
import { inboxDepth } from '../../src/store/inbox.ts';
import { claimLines } from '../../src/store/outbox.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { openStore, type Store, type StoreSettings } from '../../src/store/store.ts';
import { makeDatabases } from '../support/postgres.ts';
import { storeMaker, stores } from '../support/stores.ts';
import { arrive, CANARY, inbound, NUMBER, phone, queue } from './fixtures.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-backup-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const place = (name = 'backup'): string => path.join(folder, name);

async function everything(store: Store): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const table of TABLES.filter((name) => name !== 'meta'))
    rows[table] = (
      await sql<Record<string, unknown>>`select * from ${sql.table(table)} order by 1, 2`.execute(store.database.read)
    ).rows.map((row) =>
      Object.fromEntries(
        Object.entries(row)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value]),
      ),
    );
  return rows;
}

/** A database with something in every kind of column. */
async function fill(store: Store): Promise<void> {
  const maria = await arrive(store, inbound('1', CANARY));
  const ana = await arrive(store, inbound('2', 'otra', { from: [phone('+34600000009')] }));
  await store.transaction(async (tx) => {
    await queue(tx, maria, 'por enviar');
    await queue(tx, ana, 'también');
    await receiveBatch(tx, [inbound('3', 'sin contestar')]);
    await tx.db
      .insertInto('request_log')
      .values({
        id: 'r1',
        conversation_id: ana.id,
        current: 1,
        hour: 1_790_000_000_000,
        channel: 'sms',
        topics: '["health"]',
        release: 1,
        answers: '[]',
        sensitive: 0,
        locality: 'línea\n"dos" 漢字 \\',
      })
      .execute();
  });
}

/** An empty database of a kind, with the keys of another. */
async function emptyBeside(
  settings: StoreSettings,
  backend: 'sqlite' | 'postgres',
): Promise<{ settings: StoreSettings; drop(): Promise<void> }> {
  if (backend === 'sqlite') return { settings: { ...settings, databaseUrl: `sqlite:${place('new.db')}` }, drop: () => Promise.resolve() };
  const { databaseUrl, drop } = await makeDatabases();
  return { settings: { ...settings, databaseUrl }, drop };
}

stores('a backup', (open, backend) => {
  it.each(['sqlite', 'postgres'] as const)('holds every row, and can be put into %s', async (target) => {
    const { store, settings, now } = await open();
    await fill(store);
    const expected = await everything(store);
    await backupTo(store, place(), { program: '0.1.0', now: now() });
    await store.close();
    const other = await emptyBeside(settings, target);
    expect(await restoreFrom(other.settings, place())).toBe(0);
    const restored = await openStore(other.settings);
    const found = await everything(restored);
    const changed = (rows: unknown[] = []): unknown[] => rows.map((row) => ({ ...(row as object), state: 'unknown', lease_until: 0 }));
    expect(found).toEqual({ ...expected, outbox: changed(expected['outbox']) });
    // New rows get new numbers.
    await arrive(restored, inbound('after', 'hola', { from: [phone('+34600000077')] }));
    await restored.close();
    await other.drop();
  });

  it('holds what was acknowledged before it, and is whole, while people write', async () => {
    const { store, settings } = await open();
    let next = 0;
    const load = { over: false };
    const acknowledged: number[] = [];
    const pour = async (): Promise<void> => {
      while (!load.over) {
        const index = next++;
        await store.transaction((tx) => receiveBatch(tx, [inbound(`n${index}`, 'hola', { from: [phone(`+3461${index}`)] })]));
        acknowledged.push(index);
      }
    };
    const pouring = [pour(), pour(), pour()];
    await expect.poll(() => acknowledged.length).toBeGreaterThan(20);
    const before = [...acknowledged];
    await backupTo(store, place());
    load.over = true;
    await Promise.all(pouring);
    await store.close();
    const other = await emptyBeside(settings, backend);
    await restoreFrom(other.settings, place());
    const restored = await openStore(other.settings);
    const inbox = await restored.read((reader) => reader.db.selectFrom('inbox').select(['external_id', 'contact_id']).execute());
    const contacts = await restored.read((reader) => reader.db.selectFrom('contacts').select('id').execute());
    expect(before.filter((index) => !inbox.some((row) => row.external_id === `n${index}`))).toEqual([]);
    expect(inbox.filter((row) => !contacts.some((contact) => contact.id === row.contact_id))).toEqual([]);
    await restored.close();
    await other.drop();
  });

  it('says nothing to who has no key, and is readable by its owner alone', async () => {
    const { store } = await open();
    await fill(store);
    await backupTo(store, place());
    expect(statSync(place()).mode & 0o077).toBe(0);
    const bytes = readFileSync(place());
    for (const secret of [NUMBER, CANARY, 'línea', 'sms', 'health']) expect(bytes.includes(secret)).toBe(false);
    await expect(backupTo(store, place())).rejects.toMatchObject({ code: 'cli.usage' });
    await expect(backupTo(store, place('no/such/folder'))).rejects.toMatchObject({ code: 'cli.usage' });
    expect(existsSync(place('backup.part'))).toBe(false);
  });

  it('that was cut, reordered or changed is refused, and nothing is touched', async () => {
    const { store, settings } = await open();
    await fill(store);
    const noise = Array.from({ length: 60 }, (_, index) =>
      inbound(`x${index}`, `${Math.random()}`.repeat(300), { from: [phone(`+3462${index}`)] }),
    );
    await store.transaction((tx) => receiveBatch(tx, noise));
    await backupTo(store, place());
    const bytes = readFileSync(place());
    const start = bytes.indexOf('\n', bytes.indexOf('\n') + 1) + 1;
    const size = 4 + (bytes.readUInt32BE(start) % 0x8000_0000) + 16;
    expect(bytes.length).toBeGreaterThan(start + 2 * size);
    const [first, second] = [bytes.subarray(start, start + size), bytes.subarray(start + size, start + 2 * size)];
    const flipped = (at: number): Buffer => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    };
    const bad: Buffer[] = [
      bytes.subarray(0, start + size),
      bytes.subarray(0, -1),
      bytes.subarray(0, start),
      Buffer.concat([bytes, Buffer.from('x')]),
      Buffer.concat([bytes.subarray(0, start), second, first, bytes.subarray(start + 2 * size)]),
      Buffer.concat([bytes.subarray(0, start + size), bytes.subarray(start + 2 * size)]),
      flipped(start),
      flipped(start + 100),
      flipped(bytes.length - 1),
      Buffer.from(bytes.toString('latin1').replace('"createdAt":', '"createdAt":1'), 'latin1'),
      Buffer.from('SQLite format 3\0'),
      Buffer.alloc(0),
    ];
    const before = await everything(store);
    const other = await emptyBeside(settings, backend);
    await store.close();
    for (const [index, content] of bad.entries()) {
      writeFileSync(place('bad'), content);
      expect([index, await restoreFrom(settings, place('bad'), { replace: true }).catch((error: { code: string }) => error.code)]).toEqual([
        index,
        'store.bad_backup',
      ]);
    }
    const after = await openStore(settings);
    expect(await everything(after)).toEqual(before);
    await after.close();
    await other.drop();
  });

  it('brings nobody back who was erased since, and sends nothing twice', async () => {
    const { store, settings, now } = await open();
    const maria = await arrive(store, inbound('1', CANARY));
    const ana = await arrive(store, inbound('2', 'otra', { from: [phone('+34600000009')] }));
    await store.transaction((tx) => queue(tx, ana, 'por enviar'));
    await backupTo(store, place());
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    await store.close();
    const other = await emptyBeside(settings, backend);
    expect(await restoreFrom(other.settings, place())).toBe(1);
    const restored = await openStore(other.settings);
    expect(await restored.read((reader) => findConversation(reader, 'sms', phone(NUMBER)))).toBeNull();
    expect(await restored.transaction((tx) => claimLines(tx, { channel: 'sms', limit: 9, now: now(), leaseMs: 1 }))).toMatchObject([
      { unknown: true, message: { text: 'por enviar' } },
    ]);
    await restored.close();
    await other.drop();
  });

  it('that is older than the list of erasures is refused', async () => {
    const { store, settings, now } = await open();
    const maria = await arrive(store, inbound('1', CANARY));
    await backupTo(store, place(), { now: now() });
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now() + 1));
    await store.vault.keys.forgetErasuresBefore(now() - 1);
    const other = await emptyBeside(settings, backend);
    expect(await restoreFrom(other.settings, place())).toBe(1);
    await store.vault.keys.forgetErasuresBefore(now() + 1);
    await expect(restoreFrom(other.settings, place(), { replace: true })).rejects.toMatchObject({
      code: 'store.bad_backup',
      message: expect.stringContaining('list of erasures') as string,
    });
    await other.drop();
  });

  it('is refused with the keys of another installation, or without any', async () => {
    const { store } = await open();
    await fill(store);
    await backupTo(store, place());
    const other = await open();
    await other.store.close();
    await expect(restoreFrom(other.settings, place(), { replace: true })).rejects.toMatchObject({ code: 'store.key_missing' });
    await expect(
      restoreFrom({ ...other.settings, keyDatabaseUrl: `sqlite:${place('none.db')}` }, place(), { replace: true }),
    ).rejects.toMatchObject({ code: 'store.key_missing' });
    expect(existsSync(place('none.db'))).toBe(false);
  });

  it('is refused while the service runs', async () => {
    const { store, settings, again } = await open();
    await fill(store);
    await backupTo(store, place());
    await store.close();
    const service = await again({ service: true });
    if (backend === 'postgres') service.openSignals(() => {});
    await expect
      .poll(() => restoreFrom(settings, place(), { replace: true }).catch((error: { code: string }) => error.code))
      .toBe('store.in_use');
    expect(await service.read(inboxDepth)).toBe(1);
  });
});

describe('a restore into SQLite', () => {
  const open = storeMaker('sqlite');

  it('keeps what was there beside it', async () => {
    const { store, settings, folder: data } = await open();
    await fill(store);
    await backupTo(store, place());
    await arrive(store, inbound('later', 'más tarde', { from: [phone('+34600000055')] }));
    await store.close();
    await restoreFrom(settings, place());
    const old = await openDatabase(`sqlite:${data}/ventanilla.db.before-restore`);
    const { rows } = await sql`select 1 from contacts`.execute(old.read);
    expect(rows).toHaveLength(3);
    await old.close();
  });

  it('that was interrupted lets nothing start, and is repaired by another', async () => {
    const { store, settings, again } = await open();
    await fill(store);
    await backupTo(store, place());
    await store.close();
    const file = settings.databaseUrl.slice('sqlite:'.length);
    copyFileSync(file, draftOf(file));
    await expect(again()).rejects.toMatchObject({
      code: 'store.half_restored',
      message: expect.stringContaining('restore FILE') as string,
    });
    await restoreFrom(settings, place());
    expect(await (await again()).read(inboxDepth)).toBe(1);
  });
});

describe('a restore into PostgreSQL', () => {
  const open = storeMaker('postgres');

  it('wants an empty database, or to be told to replace what is there', async () => {
    const { store, settings } = await open();
    await fill(store);
    await backupTo(store, place());
    await arrive(store, inbound('later', 'más tarde', { from: [phone('+34600000055')] }));
    await store.close();
    await expect(restoreFrom(settings, place())).rejects.toMatchObject({
      code: 'cli.usage',
      message: expect.stringContaining('--replace') as string,
    });
    await restoreFrom(settings, place(), { replace: true });
    const restored = await openStore(settings);
    expect(await restored.read((reader) => findConversation(reader, 'sms', phone('+34600000055')))).toBeNull();
    expect(await restored.read(inboxDepth)).toBe(1);
    await restored.close();
  });

  it('that was interrupted lets nothing start, and is repaired by another', async () => {
    const { store, settings, again } = await open();
    await fill(store);
    await backupTo(store, place());
    await sql`create table ${sql.table(MARK_TABLE)} (since text)`.execute(store.database.write);
    await store.close();
    await expect(again()).rejects.toMatchObject({ code: 'store.half_restored' });
    await restoreFrom(settings, place());
    expect(await (await again()).read(inboxDepth)).toBe(1);
  });
});

it('every table of the database is part of a backup', async () => {
  const { databaseUrl, drop } = await makeDatabases();
  const database = await openDatabase(databaseUrl);
  const tables = (await database.write.introspection.getTables())
    .map((table) => table.name)
    .filter((name) => !name.startsWith('ventanilla_'));
  expect(tables.sort()).toEqual([...TABLES].sort());
  await database.close();
  await drop();
});

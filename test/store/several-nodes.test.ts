// What several nodes of one PostgreSQL do at the same moment: migrate, purge, and lose what they held when they stand still.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/backends/index.ts';
import { loadConversation, lockConversation } from '../../src/store/conversations.ts';
import { MIGRATIONS, migrate } from '../../src/store/migrations.ts';
import { purgeExpired } from '../../src/store/purge.ts';
import { postgresUrl } from '../support/postgres.ts';
import { storeMaker } from '../support/stores.ts';
import { arrive, inbound, phone } from './fixtures.ts';

const open = storeMaker('postgres');
const DAY_MS = 86_400_000;
const RETENTION = {
  messages_days: 30,
  session_hours: 24,
  case_months: 12,
  private_case_months: 6,
  complaint_months: 24,
  request_log_months: 24,
  backup_days: 30,
};

describe('migrations', () => {
  it('run once, whoever starts at the same time on an empty database', async () => {
    const server = await postgresUrl();
    const name = `test_${randomBytes(6).toString('hex')}`;
    const admin = new pg.Client(`${server}/postgres`);
    await admin.connect();
    await admin.query(`create database ${name}`);
    const nodes = await Promise.all(Array.from({ length: 5 }, () => openDatabase(`${server}/${name}`)));
    await Promise.all(nodes.map((node) => migrate(node.write, 'main')));
    const client = new pg.Client(`${server}/${name}`);
    await client.connect();
    const { rows } = await client.query<{ name: string }>('select name from ventanilla_migration order by name');
    expect(rows.map((row) => row.name)).toEqual(Object.keys(MIGRATIONS));
    await client.end();
    for (const node of nodes) await node.close();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });

  it('of a newer version leave a running node ready, and keep it from starting again', async () => {
    const { store, again } = await open();
    expect(await store.checkReady()).toMatchObject({ database: true, migrations: true });
    await store.database.write
      .insertInto('ventanilla_migration' as never)
      .values({ name: '9999_later', timestamp: '2027-01-01' } as never)
      .execute();
    expect(await store.checkReady()).toMatchObject({ database: true, migrations: true });
    await expect(again()).rejects.toMatchObject({ code: 'store.schema_too_new' });
  });
});

describe('a node that stands still in the middle of a transaction', () => {
  it('loses its conversation after a while, and can store nothing of what it had begun', async () => {
    const { store, again, settings } = await open();
    const { id } = await arrive(store, inbound('m1', 'hola'));
    const stopped = await again({ databaseUrl: `${settings.databaseUrl}?idle_in_transaction_session_timeout=300` });
    const held = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    const lost = stopped.transaction(async (tx) => {
      await lockConversation(tx, id);
      await tx.db.updateTable('conversations').set({ language: 'fr' }).where('id', '=', id).execute();
      held.resolve();
      // As under SIGSTOP: no query, no commit, until somebody else has it.
      await taken.promise;
    });
    await held.promise;
    await store.transaction(async (tx) => {
      const conversation = await lockConversation(tx, id);
      expect(conversation?.language).toBe(null);
      await tx.db.updateTable('conversations').set({ language: 'ar' }).where('id', '=', id).execute();
    });
    taken.resolve();
    await expect(lost).rejects.toMatchObject({ retryable: true });
    expect((await store.read((reader) => loadConversation(reader, id)))?.language).toBe('ar');
    // And it goes on afterwards with a new connection.
    expect(await stopped.read((reader) => loadConversation(reader, id))).not.toBeNull();
  });
});

describe('retention', () => {
  it('may be carried out by several nodes at once, and each row goes once', async () => {
    const test = await open();
    const { store, again, now } = test;
    const people = 40;
    for (let person = 0; person < people; person++)
      await arrive(store, inbound(`m${person}`, 'hola', { from: [phone(`+3460000${1000 + person}`)] }));
    const nodes = [store, await again(), await again()];
    test.pass(60 * DAY_MS);
    const rounds = await Promise.all(nodes.map((node) => node.transaction((tx) => purgeExpired(tx, RETENTION, now()))));
    expect(rounds.reduce((sum, { counts }) => sum + (counts['contacts'] ?? 0), 0)).toBe(people);
    expect(await store.read((reader) => reader.db.selectFrom('contacts').select('id').execute())).toEqual([]);
  });
});

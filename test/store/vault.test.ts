// What is stolen says little: no text, no number in the files, and no record that can be moved, changed or read without its key.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimLines } from '../../src/store/outbox.ts';
import { fileComplaint } from '../../src/store/complaints.ts';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { openCase } from '../../src/store/cases.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { saveSession } from '../../src/store/sessions.ts';
import type { Store } from '../../src/store/store.ts';
import { addTimer } from '../../src/store/timers.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { storeMaker, stores } from '../support/stores.ts';
import { arrive, CANARY, inbound, NUMBER, queue, session } from './fixtures.ts';

/** Everything a person can leave in the store, with the canary in every text. */
async function fill(store: Store, now: number) {
  const maria = await arrive(store, inbound('1', `hola ${CANARY}`));
  await store.transaction(async (tx) => {
    await queue(tx, maria, `respuesta ${CANARY}`);
    await saveSession(tx, maria, session(CANARY), now + DAY_MS);
    await addTimer(tx, { id: 't', conversationId: maria.id, kind: 'remind', epoch: 0, token: 0, dueAt: now + DAY_MS, payload: CANARY });
    const record = {
      topic: 'HEA.ACC',
      language: 'es',
      priority: 'normal' as const,
      reason: 'asked',
      private: false,
      assignee: null,
      claimedAt: null,
      closedAt: null,
      threadRef: null,
      callback: false,
      relayedSequence: 0,
    };
    await openCase(tx, {
      ...record,
      id: 'c',
      conversationId: maria.id,
      contactId: maria.contactId,
      status: 'waiting',
      summary: CANARY,
      openedAt: now,
    });
    const complaint = {
      number: 'Q-100001',
      contactId: maria.contactId,
      conversationId: maria.id,
      about: 'service',
      place: CANARY,
      wantsContact: false,
      private: false,
    };
    await fileComplaint(tx, { ...complaint, text: CANARY, state: 'received', createdAt: now, dueAt: now + DAY_MS });
    await receiveBatch(tx, [inbound('2', `otra ${CANARY}`)]);
  });
  return maria;
}

describe('the files of a SQLite store', () => {
  const open = storeMaker('sqlite');
  it('hold neither a text nor a number in the clear, the write-ahead log included', async () => {
    const { store, folder, now } = await open();
    await fill(store, now());
    await store.transaction((tx) => claimLines(tx, { channel: 'sms', limit: 5, now: now(), leaseMs: 1000 }));
    const names = readdirSync(folder);
    expect(names).toEqual(expect.arrayContaining(['ventanilla.db', 'ventanilla.db-wal', 'keys.db', 'keys.db-wal']));
    for (const name of names) {
      const bytes = readFileSync(path.join(folder, name));
      for (const secret of [CANARY, NUMBER, NUMBER.slice(1)]) expect([name, bytes.includes(secret)]).toEqual([name, false]);
    }
  });
});

stores('the vault', (open) => {
  it('opens every record again with the keys on disk', async () => {
    const { store, now } = await open();
    await fill(store, now());
    const found: string[] = [];
    for await (const { table, column, text } of decryptAll(store))
      if (text.includes(CANARY) || text.includes(NUMBER)) found.push(`${table}.${column}`);
    expect([...new Set(found)].sort()).toEqual(
      [
        'addresses.sealed',
        'cases.sealed',
        'complaints.sealed',
        'inbox.sealed',
        'messages.sealed',
        'outbox.sealed',
        'sessions.sealed',
        'timers.sealed',
      ].sort(),
    );
  });

  it('refuses a record that was moved to another row, column or table, or changed by one bit', async () => {
    const { store } = await open();
    const place = { table: 'messages', row: '1', column: 'sealed' };
    const record = await store.transaction((tx) => tx.vault.seal('maria', 'messages', place, 'secreto'));
    expect(await store.vault.open(place, record)).toBe('secreto');
    for (const moved of [
      { ...place, row: '2' },
      { ...place, column: 'other' },
      { ...place, table: 'outbox' },
    ]) {
      await expect(store.vault.open(moved, record)).rejects.toMatchObject({ code: 'store.tampered' });
    }
    for (const at of [0, 14, 30, record.length - 1]) {
      const changed = Buffer.from(record);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(store.vault.open(place, changed)).rejects.toMatchObject({ code: 'store.tampered' });
    }
  });

  it('cannot open what a destroyed key has sealed, here or in another process', async () => {
    const { store, again } = await open();
    const place = { table: 'messages', row: '1', column: 'sealed' };
    const [mine, hers] = await store.transaction(async (tx) => [
      await tx.vault.seal('maria', 'messages', place, 'a'),
      await tx.vault.seal('ana', 'messages', place, 'b'),
    ]);
    const other = await again();
    expect(await other.vault.open(place, mine)).toBe('a');
    await other.destroyKeys('maria');
    await store.transaction(async () => {});
    const asked = store.dialect === 'sqlite' ? store : other; // A node of PostgreSQL may remember a key until it is restarted.
    await expect(asked.vault.open(place, mine)).rejects.toMatchObject({ code: 'store.key_destroyed' });
    expect(await asked.vault.open(place, hers)).toBe('b');
  });

  it('never loses the key of a committed record, and keeps none of an undone transaction in use', async () => {
    const { store, again } = await open();
    const place = { table: 'messages', row: '1', column: 'sealed' };
    const undone = store.transaction(async (tx) => {
      await tx.vault.seal('maria', 'messages', place, 'undone');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    const record = await store.transaction((tx) => tx.vault.seal('maria', 'messages', place, 'kept'));
    const other = await again();
    expect(await other.vault.open(place, record)).toBe('kept');
  });

  it('seals the messages of each day under a key of that day', async () => {
    const { store, pass } = await open();
    const seal = () => store.transaction((tx) => tx.vault.seal('maria', 'messages', { table: 't', row: '1', column: 'c' }, 'x'));
    const keyId = (record: Buffer) => record.subarray(1, 13).toString('hex');
    const monday = keyId(await seal());
    expect(keyId(await seal())).toBe(monday);
    pass(DAY_MS);
    expect(keyId(await seal())).not.toBe(monday);
  });

  it('makes the same key for a purpose every time, and another for another', async () => {
    const { store, again } = await open();
    const other = await again();
    expect(store.deriveKey('direct-line')).toEqual(other.deriveKey('direct-line'));
    expect(store.deriveKey('direct-line')).not.toEqual(store.deriveKey('slack'));
    expect(store.deriveKey('direct-line')).toHaveLength(32);
  });
});

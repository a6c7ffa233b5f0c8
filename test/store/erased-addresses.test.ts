// Who was erased is known for as long as a provider's list may name them: by a hash that says nothing to anybody else.
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { backupTo, restoreFrom } from '../../src/store/backup.ts';
import { eraseContact } from '../../src/store/erase.ts';
import { erasuresOf, forgetErasedAddresses, passOverErased } from '../../src/store/erased-addresses.ts';
import { copiesToErase } from '../../src/store/provider-copies.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { rotateKeys } from '../../src/store/rotate-keys.ts';
import type { Store } from '../../src/store/store.ts';
import { stores, type TestStore } from '../support/stores.ts';
import { arrive, inbound, NUMBER, phone } from './fixtures.ts';

const other = inbound('o', 'hola', { from: [phone('+34600999888')] });
const written = inbound('m', 'una cosa más', { channel: 'whatsapp', from: [phone(NUMBER)] });

const erasures = async (store: Store) => [...(await store.read((reader) => erasuresOf(reader, [other, written]))).entries()];
const rows = (store: Store) => store.read(({ db }) => db.selectFrom('erased_addresses').selectAll().execute());
const rotate = ({ settings, now }: TestStore, store: Store) =>
  rotateKeys(store, { secretKeyFile: settings.secretKeyFile, prepareOnly: false, now: now(), progress: () => {} });

let messages = 0;
async function erase({ store, now }: TestStore): Promise<void> {
  const { contactId } = await arrive(store, inbound(`w${++messages}`, 'hola'));
  await store.transaction((tx) => eraseContact(tx, contactId, now()));
}

stores('an erased address', (open) => {
  it('is known on every channel with the time of its last erasure, and holds nothing but that', async () => {
    const test = await open();
    await arrive(test.store, other);
    await erase(test);
    test.pass(1000);
    await erase(test);
    expect(await erasures(test.store)).toEqual([[written, test.now()]]);
    const [row, ...more] = await rows(test.store);
    expect(more).toEqual([]);
    expect(Object.keys(row ?? {}).sort()).toEqual(['at', 'hash']);
    expect(JSON.stringify(row)).not.toContain(NUMBER.slice(3));
  });

  it('is found after the keys were rotated, once and again, and on a node that was not told', async () => {
    const test = await open();
    await erase(test);
    const before = await rows(test.store);
    const node = test.store.dialect === 'postgres' ? await test.again() : null;
    for (const version of [2, 3]) {
      await rotate(test, test.store);
      expect(await erasures(test.store)).toEqual([[written, test.now()]]);
      expect((await rows(test.store))[0]?.hash).toMatch(new RegExp(`^c1\\.${version}\\.`));
    }
    expect(await rows(test.store)).not.toEqual(before);
    if (node) expect(await erasures(node)).toEqual([[written, test.now()]]);
    await erase(test);
    await rotate(test, test.store);
    expect(await erasures(test.store)).toEqual([[written, test.now()]]);
  });

  it('is known when a backup from before the erasure is put back, or one that knows of it, and forgotten in time all the same', async () => {
    const test = await open();
    const { contactId } = await arrive(test.store, inbound('1', 'hola'));
    const [before, after] = ['before', 'after'].map((name) => path.join(test.folder, name)) as [string, string];
    await backupTo(test.store, before);
    test.pass(60_000);
    const at = test.now();
    await test.store.transaction((tx) => eraseContact(tx, contactId, at));
    await backupTo(test.store, after);
    await test.store.close();
    test.pass(3_600_000);
    for (const file of [before, after]) {
      // PostgreSQL may take a moment to see that the store is closed.
      await vi.waitFor(() => restoreFrom(test.settings, file, { replace: true }), { timeout: 20_000 });
      const restored = await test.again();
      expect(await erasures(restored)).toEqual([[written, at]]);
      expect(await restored.transaction((tx) => forgetErasedAddresses(tx, test.now()))).toBe(1);
      expect(await erasures(restored)).toEqual([]);
      await restored.close();
    }
  });

  it('is forgotten when no list goes back that far', async () => {
    const test = await open();
    await erase(test);
    const at = test.now();
    expect(await test.store.transaction((tx) => forgetErasedAddresses(tx, at - 1))).toBe(0);
    expect(await test.store.transaction((tx) => forgetErasedAddresses(tx, at))).toBe(1);
    expect(await erasures(test.store)).toEqual([]);
  });

  it('has its message passed over for good, and deleted at the provider once', async () => {
    const test = await open();
    for (let round = 0; round < 2; round++)
      await test.store.transaction((tx) => passOverErased(tx, written, { keepsCopy: true, now: test.now() }));
    expect(await test.store.transaction((tx) => receiveBatch(tx, [written]))).toEqual(['duplicate']);
    const copies = await test.store.transaction((tx) => copiesToErase(tx, 10, test.now()));
    expect(copies).toMatchObject([{ channel: 'whatsapp', providerRef: 'm' }]);
  });
});

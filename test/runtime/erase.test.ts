// DELETE is real: a tool with every key on disk finds the person before, and not after, nor in a backup that is put back.
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../../src/store/backup.ts';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { openHotline, type TestHotline } from '../support/app.ts';
import { BACKENDS, makePlace, type Place } from '../support/places.ts';

const NUMBER = '+34699555444';
const CANARY = 'mi canario se llama Pío Quinto';
const WORDS = [
  ['es', 'hola', 'borrar'],
  ['en', 'hello', 'delete'],
  ['fr', 'bonjour', 'supprimer'],
  ['ar', 'مرحبا', 'حذف'],
] as const;

let place: Place;
let hotline: TestHotline;
afterEach(() => place.drop());

async function found(store: Store): Promise<boolean> {
  for await (const { text } of decryptAll(store)) if (text.includes(NUMBER) || text.includes('Pío Quinto')) return true;
  return false;
}

/** A person who has written, is found, and confirms DELETE after `before`. */
async function eraseSomebody(greeting: string, word: string, before: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  const person = hotline.person({ kind: 'phone', value: NUMBER });
  await person.send(greeting);
  await person.send(CANARY);
  expect(await found(hotline.app.store)).toBe(true);
  await before();
  await person.send(word);
  expect((await person.send('1')).length).toBeGreaterThan(0);
}

describe.each(BACKENDS)('DELETE on %s', (backend) => {
  beforeEach(async () => {
    place = await makePlace(backend);
    hotline = await openHotline({ place });
  });
  afterEach(() => hotline.close());

  it.each(WORDS)('in %s erases texts and number, and says so', async (_, greeting, word) => {
    await eraseSomebody(greeting, word);
    // Keys go right after the commit that the last words were queued in.
    await expect.poll(() => found(hotline.app.store)).toBe(false);
  });
});

it('erases in backups too, also in one that is put back', async () => {
  place = await makePlace('sqlite');
  hotline = await openHotline({ place });
  const copy = path.join(place.folder, 'backup.db');
  await eraseSomebody('hola', 'borrar', async () => void (await backupTo(hotline.app.store, copy)));
  const { databaseUrl, keyDatabaseUrl, secretKeyFile } = hotline.app.settings;
  await hotline.close();

  await restoreFrom({ databaseUrl, keyDatabaseUrl, secretKeyFile, now: hotline.now }, copy);
  const restored = await openStore({ databaseUrl, keyDatabaseUrl, secretKeyFile, now: hotline.now });
  expect(await found(restored)).toBe(false);
  await restored.close();
});

it('finishes while the service runs what could not be finished at once', async () => {
  place = await makePlace('sqlite');
  hotline = await openHotline({ place });
  const { store } = hotline.app;
  const { keys } = store.vault;
  // As it stands when the key store was away after the commit: the rows are gone, the key is not.
  await store.transaction((tx) => tx.vault.seal('gone', 'contact', { table: 'addresses', row: 'x', column: 'sealed' }, NUMBER));
  await keys.noteErasure({ contact_id: 'gone', owners: '["gone"]', at: hotline.now(), done: 0 });
  hotline.pass(60_000);
  await expect.poll(() => keys.erasures(0), { timeout: 10_000 }).toEqual([]);
  expect((await keys.all()).map((key) => key.owner)).not.toContain('gone');
  await hotline.close();
});

// DELETE is real: a tool with every key on disk finds the person before, and not after, nor in a backup that is put back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../../src/store/backup.ts';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { openHotline, type TestHotline } from '../support/app.ts';

const NUMBER = '+34699555444';
const CANARY = 'mi canario se llama Pío Quinto';
const DELETE = { es: ['hola', 'borrar', '1'], en: ['hello', 'delete', '1'], fr: ['bonjour', 'supprimer', '1'], ar: ['مرحبا', 'حذف', '1'] };

async function found(store: Store): Promise<boolean> {
  for await (const { text } of decryptAll(store)) if (text.includes(NUMBER) || text.includes('Pío Quinto')) return true;
  return false;
}

describe.each(Object.entries(DELETE))('DELETE in %s', (_, [greeting = '', word = '', yes = '']) => {
  let hotline: TestHotline;
  afterEach(async () => {
    await hotline.close();
  });

  it('erases texts and number, here and in backups, and says so', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-erase-'));
    hotline = await openHotline({ dataDir: folder });
    const person = hotline.person({ kind: 'phone', value: NUMBER });
    await person.send(greeting);
    await person.send(CANARY);
    expect(await found(hotline.app.store)).toBe(true);
    const copy = path.join(folder, 'backup.db');
    await backupTo(hotline.app.store, copy);

    await person.send(word);
    expect((await person.send(yes)).length).toBeGreaterThan(0);
    expect(await found(hotline.app.store)).toBe(false);
    const { databaseUrl, keyDatabaseUrl, secretKeyFile } = hotline.app.settings;
    await hotline.app.close();

    await restoreFrom({ databaseUrl, keyDatabaseUrl, secretKeyFile, now: hotline.now }, copy);
    const restored = await openStore({ databaseUrl, keyDatabaseUrl, secretKeyFile, now: hotline.now });
    expect(await found(restored)).toBe(false);
    await restored.close();
    hotline = await openHotline({ dataDir: folder });
    rmSync(folder, { recursive: true, force: true });
  });
});

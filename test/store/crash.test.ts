// A process that is killed at any moment loses nothing that it acknowledged, answers nothing twice, and leaves no record without its key.
import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { openStore } from '../../src/store/store.ts';
import { storeMaker, stores } from '../support/stores.ts';

const KILLS = 4;

/** Runs the writer until it has acknowledged some messages, kills it a little later, and returns what it acknowledged. */
function runAndKill(settings: object, run: number): Promise<string[]> {
  const program = path.join(import.meta.dirname, '../support/store-writer.ts');
  const child = spawn(process.execPath, [program, JSON.stringify(settings), String(run)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => {
    let told = '';
    child.stdout.on('data', (part: Buffer) => {
      const first = told === '';
      told += String(part);
      if (first) setTimeout(() => child.kill('SIGKILL'), 30 + run * 37);
    });
    // The last line may be cut: it was not acknowledged whole.
    child.once('close', () => resolve(told.split('\n').slice(0, -1)));
  });
}

stores('a killed process', (open) => {
  it('has lost nothing it acknowledged and answered nothing twice', async () => {
    const { store, settings, again } = await open();
    await store.close();
    const { databaseUrl, keyDatabaseUrl, secretKeyFile } = settings;
    const acknowledged: string[] = [];
    for (let run = 1; run <= KILLS; run++) acknowledged.push(...(await runAndKill({ databaseUrl, keyDatabaseUrl, secretKeyFile }, run)));
    expect(acknowledged.length).toBeGreaterThan(KILLS);

    const after = await again();
    const taken = await after.read((reader) => reader.db.selectFrom('inbox').select(['external_id', 'state']).execute());
    const known = new Set(taken.map((row) => row.external_id));
    expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);

    const sealed = await after.read((reader) => reader.db.selectFrom('messages').select('id').execute());
    const texts: string[] = [];
    for await (const { table, text } of decryptAll(after))
      if (table === 'messages') texts.push((JSON.parse(text) as { text: string }).text);
    expect(texts).toHaveLength(sealed.length);
    const answers = texts.filter((text) => text.startsWith('re '));
    expect(new Set(answers).size).toBe(answers.length);
    expect(answers.sort()).toEqual(
      taken
        .filter((row) => row.state === 'done')
        .map((row) => `re ${row.external_id}`)
        .sort(),
    );
  });
});

describe('processes that start at once on nothing', () => {
  const open = storeMaker('sqlite');
  it('make one database and one secret, and work on it side by side', async () => {
    const { store, settings, folder } = await open();
    await store.close();
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
    const { databaseUrl, keyDatabaseUrl, secretKeyFile } = settings;
    const acknowledged = await Promise.all([1, 2, 3].map((run) => runAndKill({ databaseUrl, keyDatabaseUrl, secretKeyFile }, run)));
    expect(acknowledged.filter((ids) => ids.length === 0)).toEqual([]);
    const after = await openStore(settings);
    const taken = await after.read((reader) => reader.db.selectFrom('inbox').select('external_id').execute());
    const known = new Set(taken.map((row) => row.external_id));
    expect(acknowledged.flat().filter((id) => !known.has(id))).toEqual([]);
    await after.close();
  });
});

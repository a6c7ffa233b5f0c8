// `ventanilla audit verify` and `audit head`, as an operator runs them, on a log that somebody has changed in the database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendAudit } from '../../src/store/audit.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { runCommand } from '../support/command.ts';

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-audit-'));
  store = await openStore({
    databaseUrl: `sqlite:${folder}/ventanilla.db`,
    keyDatabaseUrl: `sqlite:${folder}/keys.db`,
    secretKeyFile: `${folder}/secret.key`,
    now: Date.now,
  });
  for (const action of ['case.read', 'case.claim', 'case.close'])
    await store.transaction((tx) => appendAudit(tx, { at: Date.now(), actor: 'staff-1', action, target: 'case-1' }));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => runCommand(['audit', ...args], { DATA_DIR: folder });

it('says that the log is intact, and finds what was changed, with exit status 1 and the first wrong entry', async () => {
  const head = await run('head');
  expect(head).toMatchObject({ status: 0, stderr: '' });
  expect(head.stdout).toMatch(/^3 [0-9a-f]{64}\n$/);
  expect(await run('verify', '--known', head.stdout.trim())).toMatchObject({ status: 0, stderr: '' });

  const change = (action: string): Promise<unknown> =>
    store.database.write.updateTable('audit').set({ action }).where('seq', '=', 2).execute();
  await change('case.release');
  const wrong = await run('verify');
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toContain('Entry 2');
  expect(JSON.parse((await run('verify', '--json')).stdout)).toMatchObject({ intact: false, seq: 2 });
  await change('case.claim');

  // Somebody who puts an older state of log and head back is found out by a head that was kept elsewhere.
  const other = `3 ${'0'.repeat(64)}`;
  expect(await run('verify', '--known', other)).toMatchObject({ status: 1 });
}, 60_000);

it('says how it is called', async () => {
  expect(await run()).toMatchObject({ status: 1 });
  expect(await run('verify', '--known', 'nonsense')).toMatchObject({ status: 1 });
}, 60_000);

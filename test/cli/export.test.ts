// `ventanilla export requests`: what was asked, without who asked.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../../src/app.ts';
import { openHotline } from '../support/app.ts';

it('writes one row an episode, with topics, answers and outcome, and no number, word or pseudonym', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-export-'));
  const hotline = await openHotline({ dataDir: folder });
  const person = hotline.person({ kind: 'phone', value: '+34699123123' });
  await person.send('¿puedo ir al médico sin papeles?');
  await person.send('1');
  hotline.pass(30 * 3_600_000);
  await person.send('hola, soy Canario');
  await hotline.app.close();

  const run = spawnSync(process.execPath, ['src/cli/main.ts', 'export', 'requests', '--from', '2026-11-23', '--to', '2026-11-25'], {
    cwd: projectFolder,
    encoding: 'utf8',
    env: { ...process.env, DATA_DIR: folder },
  });
  expect(run.status).toBe(0);
  const [header = '', ...rows] = run.stdout.trim().split('\r\n');
  expect(header.split(',')).toEqual(expect.arrayContaining(['hour', 'channel', 'language', 'topics', 'answers', 'outcome', 'release']));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/2026-11-23T10:00:00.000Z,test,es/);
  expect(rows[0]).toContain('HEA.PRI');
  expect(rows[0]).toContain('Q49');
  expect(run.stdout).not.toMatch(/699123123|Canario|médico/);
  rmSync(folder, { recursive: true, force: true });
});

it('says what to do when a date is missing', () => {
  const run = spawnSync(process.execPath, ['src/cli/main.ts', 'export', 'requests', '--to', '2026-11-25'], {
    cwd: projectFolder,
    encoding: 'utf8',
  });
  expect(run.status).toBe(1);
  expect(run.stderr).toMatch(/--from needs a date such as/);
});

// Load against itself: every conversation is answered, nothing of this installation is touched, and nonsense is refused.
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';

it('plays random conversations, counts them, and touches no data', async () => {
  const folder = path.join(tmpdir(), `ventanilla-untouched-${process.pid}`);
  const environment = { DATA_DIR: folder, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', TWILIO_ACCOUNT_SID: 'nonsense' };
  const ran = await runCommand(['simulate', '--conversations', '6', '--turns', '5', '--json'], environment);
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  const result = JSON.parse(ran.stdout) as Record<string, number>;
  expect(result).toMatchObject({ conversations: 6, turns: 30, faults: 0, unanswered: 0 });
  expect(result['p99Ms']).toBeGreaterThan(0);
  expect(existsSync(folder)).toBe(false);
  rmSync(folder, { recursive: true, force: true });
});

it('wants a number of conversations', async () => {
  const ran = await runCommand(['simulate', '--conversations', 'many'], {});
  expect(ran.status).toBe(1);
  expect(ran.stderr).toMatch(/--conversations is a whole number/);
});

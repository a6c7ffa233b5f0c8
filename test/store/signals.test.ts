// Signals between nodes: heard by the others, not by oneself, and again after the connection broke.
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSignals, type Signals } from '../../src/store/signals.ts';
import { makeDatabases, type TestDatabases } from '../support/postgres.ts';

let databases: TestDatabases;
let nodes: Signals[];
beforeEach(async () => {
  databases = await makeDatabases();
  nodes = [];
});
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await databases.drop();
});

function openNode(heard: string[], faults: unknown[] = []): Signals {
  const node = openSignals(
    databases.databaseUrl,
    (name) => heard.push(name),
    (error) => faults.push(error),
  );
  nodes.push(node);
  return node;
}

it('are heard by all other nodes, however many come at once', async () => {
  const [mine, theirs]: [string[], string[]] = [[], []];
  const node = openNode(mine);
  openNode(theirs);
  // Until both listen, what is sent is lost.
  await expect.poll(() => (node.send('ready'), theirs.length), { timeout: 10_000 }).toBeGreaterThan(0);
  const names = Array.from({ length: 1000 }, (_, index) => `conversation-${index}-of-a-thousand`);
  for (const name of names) node.send(name);
  await expect.poll(() => new Set(theirs).size).toBe(1001);
  expect(mine).toEqual([]);
});

it('come again after the connection broke, and the break is told of once', async () => {
  const heard: string[] = [];
  const faults: unknown[] = [];
  const node = openNode([], faults);
  openNode(heard);
  await expect.poll(() => (node.send('before'), heard.length), { timeout: 10_000 }).toBeGreaterThan(0);
  const admin = new pg.Client(databases.databaseUrl);
  await admin.connect();
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await admin.end();
  await expect.poll(() => (node.send('after'), heard.includes('after')), { timeout: 10_000 }).toBe(true);
  expect(faults).toHaveLength(1);
});

// Runs a block of tests on every backend, each test on a fresh store with a clock that stands still until it is moved.
// `stores('the outbox', (open) => { it('…', async () => { const { store } = await open(); … }) })`.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe } from 'vitest';
import { openStore, type Store, type StoreSettings } from '../../src/store/store.ts';
import { makeDatabases } from './postgres.ts';

/** A Monday, at ten in the morning UTC. */
export const START = Date.parse('2026-11-23T10:00:00Z');

export interface TestStore {
  store: Store;
  settings: StoreSettings;
  folder: string;
  now(): number;
  /** Moves the clock. */
  pass(ms: number): void;
  /** A further store on the same database, as another process would open it. */
  again(change?: Partial<StoreSettings>): Promise<Store>;
}

type Open = (change?: Partial<StoreSettings>) => Promise<TestStore>;
type Backend = 'sqlite' | 'postgres';

/** Declares the same tests for SQLite and PostgreSQL. */
export function stores(name: string, body: (open: Open, backend: Backend) => void): void {
  describe.each(['sqlite', 'postgres'] as const)(`${name} on %s`, (backend) => body(storeMaker(backend), backend));
}

/** Makes stores of one backend and closes them after each test. */
export function storeMaker(backend: Backend): Open {
  const cleaners: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const clean of cleaners.splice(0).reverse()) await clean();
  });
  return async (change = {}) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-store-'));
    cleaners.push(async () => rmSync(folder, { recursive: true, force: true }));
    let now = START;
    const settings: StoreSettings = {
      ...(await place(backend, folder, cleaners)),
      secretKeyFile: path.join(folder, 'secret.key'),
      now: () => now,
      ...change,
    };
    const again = async (further: Partial<StoreSettings> = {}): Promise<Store> => {
      const opened = await openStore({ ...settings, ...further });
      let closed = false;
      const close = async (): Promise<void> => {
        if (!closed) await opened.close();
        closed = true;
      };
      cleaners.push(close);
      return { ...opened, close };
    };
    return { store: await again(), settings, folder, now: () => now, pass: (ms) => (now += ms), again };
  };
}

async function place(
  backend: Backend,
  folder: string,
  cleaners: (() => Promise<void>)[],
): Promise<Pick<StoreSettings, 'databaseUrl' | 'keyDatabaseUrl'>> {
  if (backend === 'sqlite') return { databaseUrl: `sqlite:${folder}/ventanilla.db`, keyDatabaseUrl: `sqlite:${folder}/keys.db` };
  // With PostgreSQL the secret must be there before the first start.
  writeFileSync(path.join(folder, 'secret.key'), `v1 ${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const { databaseUrl, keyDatabaseUrl, drop } = await makeDatabases();
  cleaners.push(drop);
  return { databaseUrl, keyDatabaseUrl };
}

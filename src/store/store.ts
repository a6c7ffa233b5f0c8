// The store: opens database, key store and vault, and hands out transactions. Opened once by app.ts or by a command.
// Queries live in the files beside this one, one an aggregate; each takes the `Tx` or `Reader` that is given here.
import { existsSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { RetentionClass } from '../domain/conversation.ts';
import { AppError } from '../domain/errors.ts';
import type { Database } from './backends/backend.ts';
import { openDatabase } from './backends/index.ts';
import { refuseHalfRestored, refuseHalfRestoredFile } from './backup/mark.ts';
import { repeatErasures } from './erase.ts';
import { GroupCommit } from './group-commit.ts';
import { KeyStore } from './key-store.ts';
import { isMigrated, migrate } from './migrations.ts';
import { endLeases } from './outbox.ts';
import type { Schema } from './schema.ts';
import { settleAddressVersion } from './rotate-addresses.ts';
import { readSecretFile } from './secret-file.ts';
import { takeServiceLock } from './service-lock.ts';
import { shareTransactions } from './shared-transaction.ts';
import { noSignals, openSignals, type Signals } from './signals.ts';
import type { Reader, Tx } from './tx.ts';
import { Vault } from './vault.ts';

export type { Reader, Tx } from './tx.ts';

export interface StoreSettings {
  /** `sqlite:<path>` or `postgres://…`. */
  databaseUrl: string;
  /** The key store: another file or another database. */
  keyDatabaseUrl: string;
  secretKeyFile: string;
  now: () => number;
  /** True for the service: a second service on the same SQLite file is refused. Commands leave it out. */
  service?: boolean;
  /** True for a restore alone: opens a database whose restore is not over. */
  restoring?: boolean;
  /** Told of faults after a commit, when there is nobody left to throw at. */
  onFault?: (error: unknown) => void;
}

export interface Store {
  readonly dialect: 'sqlite' | 'postgres';
  /**
   * Runs `work` in a transaction and resolves once it is on disk. On SQLite transactions that wait share a commit.
   * @throws AppError store.full or store.unavailable (retryable): nothing was stored. What `work` throws: nothing was stored.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The same for work that is small and there is much of: on PostgreSQL too what waits shares a transaction. `work` may run
   * more than once, beside others: it touches rows of its own, and nothing outside the transaction.
   */
  shared<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs reads outside any transaction. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Destroys data keys of an owner now; what they sealed is unreadable from then on, in backups too. */
  destroyKeys(owner: string, classes?: RetentionClass[]): Promise<void>;
  /** Key material for one purpose, derived from the secret key. */
  deriveKey(purpose: string): Uint8Array;
  /** The same for every version of the secret key that was in use since `since` (ms), the newest first. */
  deriveKeys(purpose: string, since: number): Uint8Array[];
  /** Removes what deleted rows left in the files beside the database (SQLite: the write-ahead log). */
  dropRemains(): Promise<void>;
  /** Signals between the nodes of one database, until the store is closed; `onSignal` is called for those of other nodes. */
  openSignals(onSignal: (name: string) => void): Pick<Signals, 'send'>;
  /** Whether the database takes writes, has this program's schema, and the disk has room. Never throws. */
  checkReady(): Promise<{ database: boolean; migrations: boolean; disk: boolean }>;
  readonly database: Database<Schema>;
  readonly vault: Vault;
  /** People who were erased again at start, because a backup from before their erasure had been restored. */
  readonly erasedAgain: number;
  close(): Promise<void>;
}

const SLOTS = 16;
/** Signal to other nodes: keys were destroyed. */
const FORGET_KEYS = 'forget-keys';

/**
 * Opens the store, creating and migrating what is missing.
 * @throws AppError settings.invalid, store.key_missing, store.schema_too_new, store.in_use or store.unavailable, each saying what to do.
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  if (settings.databaseUrl === settings.keyDatabaseUrl) {
    throw new AppError(
      'settings.invalid',
      'KEY_DATABASE_URL must not be the same as DATABASE_URL: keys must not be in the backups of what they seal.',
    );
  }
  if (!settings.restoring) refuseHalfRestoredFile(settings.databaseUrl);
  const secrets = readSecretFile(settings.secretKeyFile, isNewInstallation(settings));
  const closers: (() => void | Promise<void>)[] = [];
  try {
    const keys = await KeyStore.open(settings.keyDatabaseUrl);
    closers.unshift(() => keys.close());
    const database = await openDatabase<Schema>(settings.databaseUrl);
    closers.unshift(() => database.close());
    if (settings.service && database.sqlite) closers.unshift(takeServiceLock(database.sqlite.file));
    if (!settings.restoring) await refuseHalfRestored(database);
    await migrate(database.write, 'main');
    const deferred = database.dialect === 'sqlite' && keys.dialect === 'sqlite';
    const vault = new Vault(keys, secrets, { now: settings.now, deferred });
    await belongTogether(database, vault, await vault.check());
    await vault.useAddressVersion(await settleAddressVersion(database.write, vault.version));
    const store = assemble(database, vault, settings, closers);
    const erasedAgain = await repeatErasures(store, settings.restoring ?? false);
    if (settings.service && database.sqlite) await store.transaction(endLeases);
    return { ...store, erasedAgain };
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}

/** A secret may be made only where there is nothing yet that another secret could have sealed. */
function isNewInstallation({ databaseUrl, keyDatabaseUrl }: StoreSettings): boolean {
  const absent = (url: string): boolean => url.startsWith('sqlite:') && !existsSync(url.slice('sqlite:'.length));
  return absent(databaseUrl) && absent(keyDatabaseUrl);
}

/** Refuses a database whose keys are elsewhere: it would look empty, and new records would go under other keys. */
async function belongTogether(database: Database<Schema>, vault: Vault, keyStoreId: string): Promise<void> {
  const known = await database.write.selectFrom('meta').select('value').where('name', '=', 'key_store').executeTakeFirst();
  if (known?.value === keyStoreId) return;
  if (known)
    throw new AppError(
      'store.key_missing',
      'The key store does not belong to this database. Put the original key store back (keys.db, or KEY_DATABASE_URL).',
    );
  if (await vault.keys.holdsKeys())
    throw new AppError(
      'store.key_missing',
      'The database is empty, but its key store holds keys of another. Check that DATABASE_URL names the right database, or restore a backup into it. Only for a new beginning: give it a new, empty key store.',
    );
  await database.write
    .insertInto('meta')
    .values({ name: 'key_store', value: keyStoreId })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

function assemble(
  database: Database<Schema>,
  vault: Vault,
  settings: StoreSettings,
  closers: (() => void | Promise<void>)[],
): Omit<Store, 'erasedAgain'> {
  const { dialect, sqlite } = database;
  const reader: Reader = { db: database.read, dialect, sqlite: sqlite?.read ?? null, vault };
  const report = settings.onFault ?? (() => {});
  let dropping: Promise<void> | null = null;
  let announce: (name: string) => void = () => {};
  const group = sqlite
    ? new GroupCommit(sqlite.write, { begun: () => vault.refresh(), beforeCommit: () => vault.flush(), undone: () => vault.discard() })
    : null;

  /** Many erasures at once share one checkpoint. */
  function dropRemains(): Promise<void> {
    dropping ??= (group?.alone(() => database.dropRemains()) ?? Promise.resolve()).finally(() => {
      dropping = null;
    });
    return dropping;
  }

  async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let hooks: Hooks = [];
    const begin = (db: Tx['db']): Tx => {
      hooks = [];
      return makeTx(db, { dialect, sqlite: sqlite?.write ?? null, vault, dropRemains }, (name) => announce(name), hooks);
    };
    const result = group ? await group.run(() => work(begin(database.write))) : await database.transact((db) => work(begin(db)));
    for (const hook of hooks) await Promise.resolve().then(hook).catch(report);
    return result;
  }

  return {
    dialect,
    database,
    vault,
    transaction,
    shared: group ? transaction : shareTransactions(transaction),
    read: (work) => work(reader),
    dropRemains,
    destroyKeys: async (owner, classes) => void (await vault.destroyKeys(owner, classes)),
    deriveKey: (purpose) => vault.deriveKey(purpose),
    deriveKeys: (purpose, since) => vault.deriveKeys(purpose, since),
    openSignals(onSignal) {
      const hear = (name: string): void => (name === FORGET_KEYS ? vault.forget() : onSignal(name));
      const signals = dialect === 'postgres' ? openSignals(settings.databaseUrl, hear, report) : noSignals;
      vault.onDestroyed(() => signals.send(FORGET_KEYS));
      announce = (name) => {
        onSignal(name);
        signals.send(name);
      };
      closers.unshift(() => signals.close());
      return signals;
    },
    checkReady: async () => {
      const [written, migrations, disk] = await Promise.all([
        transaction((tx) => touch(tx, settings.now())).then(
          () => true,
          () => false,
        ),
        isMigrated(database.read).catch(() => false),
        database.hasRoom().catch(() => false),
      ]);
      return { database: written, migrations, disk };
    },
    async close() {
      for (const close of closers) await close();
    },
  };
}

type Hooks = (() => void | Promise<void>)[];

function makeTx(
  db: Tx['db'],
  shared: Pick<Tx, 'dialect' | 'sqlite' | 'vault' | 'dropRemains'>,
  announce: (name: string) => void,
  hooks: Hooks,
): Tx {
  let depth = 0;
  const mark = (statement: string): Promise<unknown> => sql.raw(statement).execute(db);
  return {
    ...shared,
    db,
    slot: shared.dialect === 'sqlite' ? 0 : randomInt(SLOTS),
    afterCommit: (action) => void hooks.push(action),
    announce: (name) => void hooks.push(() => announce(name)),
    async savepoint(part) {
      const name = `part_${++depth}`;
      const before = hooks.length;
      await mark(`savepoint ${name}`);
      try {
        const result = await part();
        await mark(`release savepoint ${name}`);
        return result;
      } catch (error) {
        hooks.length = before;
        // If even this fails the whole transaction is lost, and its commit will say so.
        await mark(`rollback to savepoint ${name}`)
          .then(() => mark(`release savepoint ${name}`))
          .catch(() => {});
        throw error;
      } finally {
        depth--;
      }
    },
  };
}

/** A real write, so that a full or read-only disk shows. */
async function touch(tx: Tx, now: number): Promise<void> {
  const value = String(now);
  await tx.db
    .insertInto('meta')
    .values({ name: 'ready', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

// Rotation of the secret key: a new version in the file, all data keys wrapped by it, all addresses found by it, the old one
// gone. Called by the command `rotate-keys` while the service runs; interrupted at any point it goes on where it was.
//
// 2026-11-21: the order is what makes it safe. The new version is on disk before anything is wrapped by it. The store is
// told which version is in use, under a lock, before the old rows are read: a node that still uses the old one is refused
// by the row, learns of the new one and does it again. Only then is the old version taken out of the file.
import { setTimeout as wait } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { AppError } from '../domain/errors.ts';
import { WRAP_VERSION } from './key-store.ts';
import { rehashErasedAddresses } from './erased-addresses.ts';
import { ADDRESS_VERSION, countAddresses, pointTo, rehashAddresses, startAddressVersion, type Rehashed } from './rotate-addresses.ts';
import { readSecretFile, writeSecretFile } from './secret-file.ts';
import { takeServiceLock } from './service-lock.ts';
import type { Store } from './store.ts';
import type { DataKeyTable } from './schema.ts';
import { CARRIED, RETIRING } from './vault.ts';

const KEYS_AT_ONCE = 500;
const ADDRESSES_AT_ONCE = 100;
const MAX_TRIES = 20;
const TRY_AGAIN_MS = 100;

/** What a rotation has done. `prepared`: the new version is in the file and nothing uses it yet. */
export interface Rotation {
  state: 'prepared' | 'finished';
  /** The version in use when it ended. */
  version: number;
  keys: number;
  addresses: number;
  /** False when the file cannot be written from here: then a person takes the older lines out of it. */
  oldRemoved: boolean;
}

export interface RotationOptions {
  secretKeyFile: string;
  /** Only writes the new version: the file is then copied to every other machine. */
  prepareOnly: boolean;
  now: number;
  progress(step: 'keys' | 'addresses', done: number, all: number): void;
}

/**
 * Goes on with a rotation that was begun, or begins one.
 * @throws AppError store.in_use while another one runs on this machine, settings.invalid when the file cannot be written.
 */
export async function rotateKeys(store: Store, options: RotationOptions): Promise<Rotation> {
  const unlock = lock(options.secretKeyFile);
  try {
    const { vault } = store;
    const begun = await isUnderWay(store, options.secretKeyFile);
    if (!begun) addVersion(options.secretKeyFile);
    // Settles that this is the second version everywhere: another machine's would be refused from here on.
    await vault.learn();
    if (options.prepareOnly) return { state: 'prepared', version: vault.version, keys: 0, addresses: 0, oldRemoved: false };
    const version = Math.max(...vault.secrets.versions);
    const old = vault.secrets.versions.filter((one) => one < version);
    if (old.length > 0) await vault.keys.note(RETIRING, old.join(' '));
    await vault.keys.startVersion(version);
    await vault.learn();
    await carryOn(store, old, options.now);
    const keys = await wrapAll(store, version, options);
    const addresses = await rehashAll(store, version, options);
    const oldRemoved = await removeOld(store, version, options.secretKeyFile);
    return { state: 'finished', version, keys, addresses, oldRemoved };
  } finally {
    unlock();
  }
}

/** Whether a rotation was begun and not finished. */
export async function isUnderWay(store: Store, secretKeyFile: string): Promise<boolean> {
  if (readSecretFile(secretKeyFile, false).versions.size > 1) return true;
  const inUse = Number(await store.vault.keys.fact(WRAP_VERSION));
  // A backup from before the last rotation was put back: its addresses are found by what is carried on, until now.
  return Number(await addressVersionOf(store)) !== inUse || (await store.vault.keys.countOlder(inUse)).older > 0;
}

async function addressVersionOf(store: Store): Promise<string | undefined> {
  const row = await store.read(({ db }) => db.selectFrom('meta').select('value').where('name', '=', ADDRESS_VERSION).executeTakeFirst());
  return row?.value;
}

function addVersion(file: string): void {
  const { versions, current } = readSecretFile(file, false);
  writeSecretFile(file, new Map([...versions, [current + 1, randomBytes(32)]]));
}

/** What must outlive the old versions, and what was carried on by them. */
async function carryOn({ vault }: Store, old: number[], now: number): Promise<void> {
  const before = [...(await vault.keys.facts()).keys()]
    .filter((name) => name.startsWith(CARRIED))
    .map((name) => Number(name.slice(CARRIED.length)));
  for (const version of new Set([...old, ...before]))
    await vault.keys.note(`${CARRIED}${version}`, vault.secrets.packCarried(version, now));
  await vault.learn();
}

async function wrapAll({ vault }: Store, version: number, { progress }: RotationOptions): Promise<number> {
  const { older } = await vault.keys.countOlder(version);
  let done = 0;
  for (let after = ''; ;) {
    const rows = await vault.keys.olderThan(version, after, KEYS_AT_ONCE);
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
    const wrapped = rows.map((row): DataKeyTable => vault.secrets.wrap({ ...row, secret_version: version }, vault.secrets.unwrap(row)));
    await keepTrying(() => vault.keys.replace(wrapped, version));
    done += rows.length;
    progress('keys', done, older);
  }
  vault.keys.dropRemains();
  return done;
}

async function rehashAll(store: Store, version: number, { progress }: RotationOptions): Promise<number> {
  await keepTrying(() => store.transaction((tx) => startAddressVersion(tx, version)));
  await store.vault.useAddressVersion(version);
  const { older } = await store.read((reader) => countAddresses(reader, version));
  let done = 0;
  let before: Rehashed[] = [];
  for (let after = ''; ;) {
    const from = after;
    const again = before;
    before = await keepTrying(() =>
      store.transaction(async (tx) => {
        await pointTo(tx, again);
        return rehashAddresses(tx, version, from, ADDRESSES_AT_ONCE);
      }),
    );
    const last = before.at(-1);
    if (!last) break;
    after = last.old;
    done += before.length;
    progress('addresses', done, older);
  }
  await keepTrying(() => store.transaction((tx) => rehashErasedAddresses(tx, version)));
  await store.dropRemains();
  return done;
}

/** Nothing needs the old versions any more: looked at once more before they go. */
async function removeOld(store: Store, version: number, file: string): Promise<boolean> {
  const keys = await store.vault.keys.countOlder(version);
  const addresses = await store.read((reader) => countAddresses(reader, version));
  if (keys.older > 0 || addresses.older > 0)
    throw new AppError('store.conflict', 'Some keys are still wrapped by the old version. Run the command again.', { retryable: true });
  await store.vault.keys.note(RETIRING, '');
  const { versions } = readSecretFile(file, false);
  const secret = versions.get(version);
  if (!secret || versions.size === 1) return true;
  try {
    writeSecretFile(file, new Map([[version, secret]]));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'settings.invalid') return false;
    throw error;
  }
}

function lock(secretKeyFile: string): () => void {
  try {
    return takeServiceLock(`${secretKeyFile}.rotation`);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'store.in_use') throw error;
    throw new AppError('store.in_use', 'Another rotation of the keys is running on this machine. Wait until it has ended.', {
      cause: error,
    });
  }
}

/** The service works at the same time: a transaction that stood in its way is tried again. */
async function keepTrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || !error.retryable || attempt === MAX_TRIES) throw error;
      await wait(TRY_AGAIN_MS);
    }
  }
}

// Seals texts and addresses with a data key per owner and retention class, and opens them again.
// Used by every query file. Keys live in the key store, wrapped by the secret key; destroying one erases what it sealed,
// in every backup too. What a sealed record looks like is in sealed-record.ts, what is derived from the secret in secret-keys.ts.
//
// 2026-11-21: another node may destroy a key that is remembered here (PostgreSQL). Keys are remembered for seconds, and the
// nodes tell each other; but nothing depends on that. Whatever an erasure destroys hangs on rows that its transaction
// deletes or locks, so a record under a destroyed key cannot be committed. The one exception, an address that is sealed
// again, looks whether its key is still there (contacts.ts).
//
// 2026-11-21: class messages has a key per contact and day (UTC). A backup then cannot be read beyond the retention
// either: the keys of a day go together with that day's messages. What is kept for hours takes the key along, and the rest
// of the day goes under another (replace-day-keys.ts).
import type { RetentionClass } from '../domain/conversation.ts';
import { AppError } from '../domain/errors.ts';
import type { Address } from '../domain/message.ts';
import { hashesOf } from './address-hash.ts';
import { Batch } from './batch.ts';
import { GENERATION, WRAP_VERSION, type KeyStore } from './key-store.ts';
import { LeastRecent } from '../util/least-recent.ts';
import { randomPart } from '../util/random-part.ts';
import { decrypt, encrypt, KEY_ID_BYTES, keyIdOf, type DataKey, type Place } from './sealed-record.ts';
import type { DataKeyTable } from './schema.ts';
import type { Secrets } from './secret-file.ts';
import { SecretKeys, type Carried } from './secret-keys.ts';

/** What a data key is for. */
interface KeyName {
  owner: string;
  class: string;
  period: number;
}

export const DAY_MS = 86_400_000;
const MAX_CACHED = 10_000;
/** How long a key is remembered where another node may destroy it, ms. */
const REMEMBER_MS = 5000;
/** Facts of the key store: what is left of retired versions of the secret, such as `carried v1`. */
export const CARRIED = 'carried v';
/** Fact: versions that still wrap some keys, while a rotation is under way. */
export const RETIRING = 'retiring';

interface Remembered extends DataKey {
  until: number;
}

export class Vault {
  readonly #keys: KeyStore;
  readonly #secrets: SecretKeys;
  readonly #now: () => number;
  /** New keys wait for the commit: true where one transaction at a time writes both databases (SQLite). */
  readonly #deferred: boolean;
  readonly #byOwner = new LeastRecent<Remembered>(MAX_CACHED);
  readonly #byId = new LeastRecent<Remembered>(MAX_CACHED);
  /** Version that hashes new addresses: what the main database says (contacts.ts). */
  #addressVersion: number;
  #onDestroyed: () => void = () => {};
  /** New keys by owner, class and period, until the commit. */
  readonly #pending = new Map<string, DataKeyTable>();
  /** Owners that the transaction has just made: nothing is to be looked for. */
  readonly #newOwners = new Set<string>();
  /** Keys that are asked for at the same time are found and made together. */
  readonly #making = new Batch<KeyName, DataKey>((wanted) => this.#make(wanted));

  constructor(keys: KeyStore, secrets: Secrets, options: { now: () => number; deferred: boolean }) {
    this.#keys = keys;
    this.#secrets = new SecretKeys(secrets);
    this.#addressVersion = secrets.current;
    this.#now = options.now;
    this.#deferred = options.deferred;
  }

  /**
   * Seals a text for an owner: a contact's id, or the id of a case, complaint or farewell line that has a key of its own.
   * A key that is not there yet is made, and is in the key store before the transaction commits.
   */
  async seal(owner: string, keyClass: RetentionClass, place: Place, text: string): Promise<Buffer> {
    const period = this.#period(keyClass);
    const key = this.#fresh(this.#byOwner.get(ownerKey(owner, keyClass, period))) ?? (await this.#obtain(owner, keyClass, period));
    return encrypt(key, place, text);
  }

  /** This owner is made in the transaction under way, under an id that was never used: it has no keys yet. */
  noteNew(owner: string): void {
    if (this.#deferred) this.#newOwners.add(owner);
  }

  /** Where keys are a round trip away: has those of an owner made together, before the first of them is needed. */
  async prepareToSeal(owner: string, classes: RetentionClass[]): Promise<void> {
    if (this.#deferred) return;
    await Promise.all(classes.map((keyClass) => this.#obtain(owner, keyClass, this.#period(keyClass))));
  }

  /**
   * Seals anew what a day's key has sealed, with the key of the same day and the next generation, so that the old one can
   * be destroyed before the day is over (see replace-day-keys.ts).
   */
  async sealAgain(key: Pick<KeyName, 'owner' | 'period'>, place: Place, text: string): Promise<Buffer> {
    return encrypt(await this.#obtain(key.owner, 'messages', key.period + GENERATION), place, text);
  }

  /** Has the key of the next generation made: from then on the key is known to be replaced. */
  async replaceDay({ owner, period }: Pick<KeyName, 'owner' | 'period'>): Promise<void> {
    await this.#obtain(owner, 'messages', period + GENERATION);
  }

  /**
   * Opens a sealed record.
   * @throws AppError store.key_destroyed when its key is gone, store.tampered when it is not what was sealed here.
   */
  async open(place: Place, record: Uint8Array): Promise<string> {
    const text = await this.openIfKept(place, record);
    if (text === null) throw new AppError('store.key_destroyed', `The key of a record in ${place.table} was destroyed.`);
    return text;
  }

  /** Opens a sealed record; null when its key was destroyed. */
  async openIfKept(place: Place, record: Uint8Array): Promise<string | null> {
    const id = keyIdOf(record);
    const bytes = this.#fresh(this.#byId.get(id))?.bytes ?? (await this.#fetch(id));
    return bytes ? decrypt(bytes, place, record) : null;
  }

  /** Opens a sealed record of a queue; null when its key was destroyed or it is damaged: one bad row must not hold up all others. */
  async openIfSound(place: Place, record: Uint8Array): Promise<string | null> {
    try {
      return await this.openIfKept(place, record);
    } catch (error) {
      if (error instanceof AppError && error.code === 'store.tampered') return null;
      throw error;
    }
  }

  /** Fetches the keys of records that are about to be opened. */
  async prepareToOpen(records: Uint8Array[]): Promise<void> {
    if (this.#keys.dialect === 'sqlite') return;
    const missing = [...new Set(records.map(keyIdOf))].filter((id) => !this.#fresh(this.#byId.get(id)));
    if (missing.length > 0) for (const row of await this.#keys.findByIds(missing)) this.#remember(row);
  }

  /** Destroys data keys, and with them everything they sealed, in backups too. */
  async destroyKeys(owners: string | string[], classes?: RetentionClass[]): Promise<number> {
    const list = typeof owners === 'string' ? [owners] : owners;
    if (list.length === 0) return 0;
    const count = await this.#keys.destroy(list, classes);
    this.#destroyed();
    return count;
  }

  /** Destroys the keys of owners' days before one (see `periodOf`). */
  async destroyDays(owners: string[], period: number): Promise<number> {
    const count = await this.#keys.destroyBefore(owners, 'messages', period);
    if (count > 0) this.#destroyed();
    return count;
  }

  /** Destroys keys by their ids: those that nothing needs any more. */
  async destroyIds(ids: string[]): Promise<number> {
    const count = await this.#keys.destroyIds(ids);
    if (count > 0) this.#destroyed();
    return count;
  }

  /** Calls back whenever keys were destroyed here, so that other nodes can be told to forget them. */
  onDestroyed(listener: () => void): void {
    this.#onDestroyed = listener;
  }

  /** Whether the key of a record that was just sealed is still there, as the key store sees it. Forgets all keys if not. */
  async isKept(record: Uint8Array): Promise<boolean> {
    const id = keyIdOf(record);
    if ([...this.#pending.values()].some((row) => row.id === id) || (await this.#keys.findById(id))) return true;
    this.forget();
    return false;
  }

  /** The key store itself, for erasure, retention and restore. */
  get keys(): KeyStore {
    return this.#keys;
  }

  /** The store's clock, ms. */
  now(): number {
    return this.#now();
  }

  /** Day number of a time, which is the period of keys of class messages. */
  periodOf(time: number): number {
    return Math.floor(time / DAY_MS);
  }

  /** Every hash under which an address may stand, the one for new rows first: equal for the same address, meaningless without the secret. */
  hashAddress(channel: string, address: Address): string[] {
    return hashesOf(this.#secrets, this.#addressVersion, channel, address);
  }

  /** Version that hashes new addresses. */
  get addressVersion(): number {
    return this.#addressVersion;
  }

  /** Hashes new addresses with the version that the main database names. @throws AppError store.key_missing when nobody has it. */
  async useAddressVersion(version: number): Promise<void> {
    if (!this.#secrets.addressVersions.includes(version)) await this.learn();
    if (!this.#secrets.addressVersions.includes(version)) this.#secrets.require(version);
    this.#addressVersion = version;
  }

  /** The secret's versions and what is derived from them, for a rotation. */
  get secrets(): SecretKeys {
    return this.#secrets;
  }

  /** Version of the secret that seals what is new. */
  get version(): number {
    return this.#secrets.current;
  }

  /**
   * Key material for a purpose, derived from one version of the secret: the newest unless told otherwise.
   * @throws AppError store.key_missing when that version is gone.
   */
  deriveKey(purpose: string, version: number = this.#secrets.current): Uint8Array {
    return new Uint8Array(this.#secrets.purposeKey(purpose, version));
  }

  /** The same for every version that was in use since `since` (ms), the newest first: what was signed before a rotation is still known. */
  deriveKeys(purpose: string, since: number): Uint8Array[] {
    return this.#secrets.purposeKeys(purpose, since).map((key) => new Uint8Array(key));
  }

  /** At the start of a transaction: drops what is cached if another process changed the key store. */
  refresh(): void {
    if (this.#keys.changedElsewhere()) this.forget();
  }

  /** Before a commit: writes the keys that its records need. An orphan key is harmless, a missing one is not. */
  async flush(): Promise<void> {
    this.#newOwners.clear();
    if (this.#pending.size === 0) return;
    await this.#insert([...this.#pending.values()]);
    this.#pending.clear();
  }

  /** After a rollback: keys that were not written must not be used by the next transaction. */
  discard(): void {
    this.#newOwners.clear();
    if (this.#pending.size === 0) return;
    this.#pending.clear();
    this.forget();
  }

  /** Drops all keys from memory, except those that wait for the commit. */
  forget(): void {
    this.#byOwner.clear();
    this.#byId.clear();
    for (const row of this.#pending.values()) this.#remember(row);
  }

  /**
   * Checks that the secret is the one that this key store was made with, and that store and database belong together.
   * @throws AppError store.key_missing with what to do.
   */
  async check(): Promise<string> {
    await this.#keys.settle(WRAP_VERSION, String(this.#secrets.current));
    await this.learn();
    return this.#keys.settle('id', randomPart(16).toString('base64url'));
  }

  /** Takes in what a rotation has changed: reads the secret key file again and asks the key store which version is in use. */
  async learn(): Promise<void> {
    this.#secrets.reread();
    for (const version of this.#secrets.versions) {
      const mine = this.#secrets.derive('check', version).toString('base64url');
      if ((await this.#keys.settle(`check v${version}`, mine)) !== mine) {
        throw new AppError(
          'store.key_missing',
          'SECRET_KEY_FILE does not belong to this key store. Put the original secret key file back; after a rotation copy it from the machine where the keys were rotated.',
        );
      }
    }
    const facts = await this.#keys.facts();
    const inUse = Number(facts.get(WRAP_VERSION));
    const retiring = facts.get(RETIRING) ?? '';
    for (const version of [inUse, ...retiring.split(' ').filter(Boolean).map(Number)]) this.#secrets.require(version);
    const carried = new Map<number, Carried>();
    for (const [name, value] of facts) {
      const version = Number(name.slice(CARRIED.length));
      if (name.startsWith(CARRIED)) carried.set(version, this.#secrets.unpackCarried(version, value));
    }
    this.#secrets.use(inUse, carried);
  }

  #period(keyClass: RetentionClass): number {
    return keyClass === 'messages' ? this.periodOf(this.#now()) : 0;
  }

  async #obtain(owner: string, keyClass: RetentionClass, period: number): Promise<DataKey> {
    if (!this.#deferred) return this.#making.load({ owner, class: keyClass, period });
    const row = this.#newOwners.has(owner) ? undefined : await this.#keys.findByOwner(owner, keyClass, period);
    if (row) return this.#remember(row);
    const name = ownerKey(owner, keyClass, period);
    const waiting = this.#pending.get(name) ?? this.#newKey(owner, keyClass, period);
    this.#pending.set(name, waiting);
    return this.#remember(waiting);
  }

  /** Finds or makes several keys at once, and has them on disk. Another node may be first: what the store has counts. */
  async #make(wanted: KeyName[]): Promise<DataKey[]> {
    const found = await this.#load(wanted);
    const absent = new Map(wanted.filter((name) => !found.has(nameOf(name))).map((name) => [nameOf(name), name]));
    if (absent.size > 0) {
      await this.#insert([...absent.values()].map((name) => this.#newKey(name.owner, name.class, name.period)));
      for (const [name, key] of await this.#load([...absent.values()])) found.set(name, key);
    }
    return wanted.map((name) => {
      const key = found.get(nameOf(name));
      if (!key) throw new AppError('store.conflict', 'A data key was destroyed while it was made.', { retryable: true });
      return key;
    });
  }

  async #fetch(id: string): Promise<Buffer | null> {
    const row = (await this.#keys.findById(id)) ?? [...this.#pending.values()].find((waiting) => waiting.id === id);
    return row ? this.#remember(row).bytes : null;
  }

  /** Finds the keys, and what else their owners may need next. */
  async #load(wanted: KeyName[]): Promise<Map<string, DataKey>> {
    const owners = [...new Set(wanted.map(({ owner }) => owner))];
    const periods = new Set([0, this.periodOf(this.#now()), ...wanted.map(({ period }) => period)]);
    const rows = await this.#keys.findByOwners(owners, [...periods]);
    return new Map(rows.map((row) => [nameOf(row), this.#remember(row)]));
  }

  #newKey(owner: string, keyClass: string, period: number): DataKeyTable {
    const id = newKeyId(this.#now());
    const row = { id, owner, class: keyClass, period, secret_version: this.#secrets.current, created_at: this.#now() };
    return this.#secrets.wrap(row, randomPart(32));
  }

  /** Writes new keys. If the secret was rotated meanwhile they are wrapped anew: the old version may be gone soon. */
  async #insert(rows: DataKeyTable[]): Promise<void> {
    let wrapped = rows;
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await this.#keys.insert(wrapped, this.#secrets.current)) return;
      await this.learn();
      wrapped = rows.map((row) => this.#secrets.wrap({ ...row, secret_version: this.#secrets.current }, this.#secrets.unwrap(row)));
    }
    throw new AppError('store.conflict', 'The secret key is being rotated. Nothing was stored.', { retryable: true });
  }

  /** Unwraps a key and keeps it in memory. */
  #remember(row: DataKeyTable): DataKey {
    const until = this.#keys.dialect === 'sqlite' ? Number.POSITIVE_INFINITY : performance.now() + REMEMBER_MS;
    const key = { id: row.id, bytes: this.#secrets.unwrap(row), until };
    this.#byId.set(row.id, key);
    this.#byOwner.set(ownerKey(row.owner, row.class, row.period), key);
    return key;
  }

  #fresh(key: Remembered | undefined): DataKey | undefined {
    return key && (key.until === Number.POSITIVE_INFINITY || key.until > performance.now()) ? key : undefined;
  }

  #destroyed(): void {
    this.forget();
    this.#onDestroyed();
  }
}

/** Six bytes of time, six of chance: new keys stand together in their index. */
function newKeyId(now: number): string {
  const id = Buffer.concat([Buffer.alloc(6), randomPart(KEY_ID_BYTES - 6)]);
  id.writeUIntBE(now, 0, 6);
  return id.toString('base64url');
}

function ownerKey(owner: string, keyClass: string, period: number): string {
  return `${owner}|${keyClass}|${period}`;
}

function nameOf(key: KeyName): string {
  return ownerKey(key.owner, key.class, key.period);
}

// Seals texts and addresses with a data key per owner and retention class, and opens them again.
// Used by every query file. Keys live in the key store, wrapped by the secret key; destroying one erases what it sealed,
// in every backup too. What a sealed record looks like is in sealed-record.ts.
//
// 2026-11-21: class messages has a key per contact and day (UTC). A backup then cannot be read beyond the retention
// either: the keys of a day go together with that day's messages.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { RetentionClass } from '../domain/conversation.ts';
import { AppError } from '../domain/errors.ts';
import type { Address } from '../domain/message.ts';
import { Batch } from './batch.ts';
import type { KeyStore } from './key-store.ts';
import { LeastRecent } from './least-recent.ts';
import { randomPart } from './random-part.ts';
import { decrypt, encrypt, KEY_ID_BYTES, keyIdOf, NONCE_BYTES, TAG_BYTES, type DataKey, type Place } from './sealed-record.ts';
import type { DataKeyTable } from './schema.ts';
import type { Secrets } from './secret-file.ts';

/** What a data key is for. */
interface KeyName {
  owner: string;
  class: string;
  period: number;
}

export const DAY_MS = 86_400_000;
const MAX_CACHED = 10_000;

export class Vault {
  readonly #keys: KeyStore;
  readonly #secrets: Secrets;
  readonly #now: () => number;
  /** New keys wait for the commit: true where one transaction at a time writes both databases (SQLite). */
  readonly #deferred: boolean;
  readonly #byOwner = new LeastRecent<DataKey>(MAX_CACHED);
  readonly #byId = new LeastRecent<Buffer>(MAX_CACHED);
  readonly #derived = new Map<string, Buffer>();
  /** New keys by owner, class and period, until the commit. */
  readonly #pending = new Map<string, DataKeyTable>();
  /** Keys that are asked for at the same time are found and made together. */
  readonly #making = new Batch<KeyName, DataKey>((wanted) => this.#make(wanted));

  constructor(keys: KeyStore, secrets: Secrets, options: { now: () => number; deferred: boolean }) {
    this.#keys = keys;
    this.#secrets = secrets;
    this.#now = options.now;
    this.#deferred = options.deferred;
  }

  /**
   * Seals a text for an owner: a contact's id, or the id of a case, complaint or farewell line that has a key of its own.
   * A key that is not there yet is made, and is in the key store before the transaction commits.
   */
  async seal(owner: string, keyClass: RetentionClass, place: Place, text: string): Promise<Buffer> {
    const period = this.#period(keyClass);
    const key = this.#byOwner.get(ownerKey(owner, keyClass, period)) ?? (await this.#obtain(owner, keyClass, period));
    return encrypt(key, place, text);
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
    const bytes = this.#byId.get(id) ?? (await this.#fetch(id));
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
    const missing = [...new Set(records.map(keyIdOf))].filter((id) => !this.#byId.get(id));
    if (missing.length > 0) for (const row of await this.#keys.findByIds(missing)) this.#remember(row);
  }

  /** Destroys data keys, and with them everything they sealed, in backups too. */
  async destroyKeys(owners: string | string[], classes?: RetentionClass[]): Promise<number> {
    const list = typeof owners === 'string' ? [owners] : owners;
    if (list.length === 0) return 0;
    this.forget();
    return this.#keys.destroy(list, classes);
  }

  /** The key store itself, for erasure, retention and restore. */
  get keys(): KeyStore {
    return this.#keys;
  }

  /** Day number of a time, which is the period of keys of class messages. */
  periodOf(time: number): number {
    return Math.floor(time / DAY_MS);
  }

  /**
   * Hash of an address under every secret version, newest first: equal for the same address, meaningless without the secret.
   * Phone numbers are the same person on every channel; other ids mean something on their own channel only.
   */
  hashAddress(channel: string, address: Address): string[] {
    const scope = address.kind === 'phone' ? '' : channel;
    const versions = [...this.#secrets.versions.keys()].sort((a, b) => b - a);
    return versions.map((version) => {
      const hash = createHmac('sha256', this.#derive('address', version))
        .update(`${scope}\n${address.kind}\n${address.value}`)
        .digest('base64url');
      return `v${version}.${hash}`;
    });
  }

  /** Version of the secret that seals what is new. */
  get version(): number {
    return this.#secrets.current;
  }

  /**
   * Key material for a purpose, derived from one version of the secret: the newest unless told otherwise.
   * @throws AppError store.key_missing when the secret key file lacks that version.
   */
  deriveKey(purpose: string, version: number = this.#secrets.current): Uint8Array {
    if (!this.#secrets.versions.has(version))
      throw new AppError('store.key_missing', `SECRET_KEY_FILE lacks version ${version}. Put the original file back.`);
    return new Uint8Array(this.#derive(`purpose ${purpose}`, version));
  }

  /** At the start of a transaction: drops what is cached if another process changed the key store. */
  refresh(): void {
    if (this.#keys.changedElsewhere()) this.forget();
  }

  /** Before a commit: writes the keys that its records need. An orphan key is harmless, a missing one is not. */
  async flush(): Promise<void> {
    if (this.#pending.size === 0) return;
    await this.#keys.insert([...this.#pending.values()]);
    this.#pending.clear();
  }

  /** After a rollback: keys that were not written must not be used by the next transaction. */
  discard(): void {
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
    for (const version of this.#secrets.versions.keys()) {
      const mine = this.#derive('check', version).toString('base64url');
      if ((await this.#keys.settle(`check v${version}`, mine)) !== mine) {
        throw new AppError(
          'store.key_missing',
          'SECRET_KEY_FILE does not belong to this key store. Put the original secret key file back.',
        );
      }
    }
    return this.#keys.settle('id', randomPart(16).toString('base64url'));
  }

  #period(keyClass: RetentionClass): number {
    return keyClass === 'messages' ? this.periodOf(this.#now()) : 0;
  }

  async #obtain(owner: string, keyClass: RetentionClass, period: number): Promise<DataKey> {
    if (!this.#deferred) return this.#making.load({ owner, class: keyClass, period });
    const row = await this.#keys.findByOwner(owner, keyClass, period);
    if (row) return this.#remember(row);
    const name = ownerKey(owner, keyClass, period);
    const waiting = this.#pending.get(name) ?? this.#newKey(owner, keyClass, period);
    this.#pending.set(name, waiting);
    return this.#remember(waiting);
  }

  /** Finds or makes several keys at once, and has them on disk. Another node may be first: what the store has counts. */
  async #make(wanted: KeyName[]): Promise<DataKey[]> {
    const owners = [...new Set(wanted.map(({ owner }) => owner))];
    const found = await this.#load(owners);
    const absent = new Map(wanted.filter((name) => !found.has(nameOf(name))).map((name) => [nameOf(name), name]));
    if (absent.size > 0) {
      await this.#keys.insert([...absent.values()].map((name) => this.#newKey(name.owner, name.class, name.period)));
      for (const [name, key] of await this.#load([...absent.values()].map(({ owner }) => owner))) found.set(name, key);
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

  async #load(owners: string[]): Promise<Map<string, DataKey>> {
    const rows = await this.#keys.findByOwners(owners, this.periodOf(this.#now()));
    return new Map(rows.map((row) => [nameOf(row), this.#remember(row)]));
  }

  #newKey(owner: string, keyClass: string, period: number): DataKeyTable {
    const id = newKeyId(this.#now());
    const version = this.#secrets.current;
    const row = { id, owner, class: keyClass, period, secret_version: version, created_at: this.#now() };
    const nonce = randomPart(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#derive('wrap', version), nonce).setAAD(wrapContext(row));
    const wrapped = Buffer.concat([nonce, cipher.update(randomPart(32)), cipher.final(), cipher.getAuthTag()]);
    return { ...row, wrapped };
  }

  /** Unwraps a key and keeps it in memory. */
  #remember(row: DataKeyTable): DataKey {
    const secret = this.#secrets.versions.get(row.secret_version);
    if (!secret)
      throw new AppError('store.key_missing', `SECRET_KEY_FILE lacks version ${row.secret_version}. Put the original file back.`);
    const wrapped = Buffer.from(row.wrapped);
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#derive('wrap', row.secret_version), wrapped.subarray(0, NONCE_BYTES))
        .setAAD(wrapContext(row))
        .setAuthTag(wrapped.subarray(-TAG_BYTES));
      const bytes = Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      const key = { id: row.id, bytes };
      this.#byId.set(row.id, bytes);
      this.#byOwner.set(ownerKey(row.owner, row.class, row.period), key);
      return key;
    } catch (error) {
      throw new AppError('store.tampered', 'A row of the key store is not what was written there.', { cause: error });
    }
  }

  #derive(purpose: string, version: number): Buffer {
    const name = `${version} ${purpose}`;
    const known = this.#derived.get(name);
    if (known) return known;
    const secret = this.#secrets.versions.get(version) ?? Buffer.alloc(0);
    const derived = Buffer.from(hkdfSync('sha256', secret, `ventanilla v${version}`, purpose, 32));
    this.#derived.set(name, derived);
    return derived;
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

function wrapContext(row: Omit<DataKeyTable, 'wrapped'>): Buffer {
  return Buffer.from(`${row.id}|${row.owner}|${row.class}|${row.period}|${row.secret_version}`);
}

// The versions of the secret key that this process knows, and what is derived from them. Used by vault.ts and rotate-keys.ts.
// A rotation by another process adds a version to the file: it is read again when something asks for a version that is unknown.
//
// 2026-11-21: of a retired version two derived keys are carried on in the key store, wrapped by its successor: the one that
// finds addresses (of people who said STOP only the keyed hash is left, and nobody can compute it anew) and the root of
// purposes (old archives and tokens). The secret itself goes.
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { AppError } from '../domain/errors.ts';
import { randomPart } from '../util/random-part.ts';
import { NONCE_BYTES, TAG_BYTES } from './sealed-record.ts';
import type { DataKeyTable } from './schema.ts';
import { readSecretFile, type Secrets } from './secret-file.ts';

/** What is kept of a retired version. */
export interface Carried {
  address: Buffer;
  purposes: Buffer;
  /** When it was retired, ms. */
  at: number;
}

const KEY_BYTES = 32;

export class SecretKeys {
  readonly #file: string;
  readonly #versions: Map<number, Buffer>;
  readonly #derived = new Map<string, Buffer>();
  #carried = new Map<number, Carried>();
  #current: number;

  constructor(secrets: Secrets) {
    this.#file = secrets.file;
    this.#versions = new Map(secrets.versions);
    this.#current = secrets.current;
  }

  /** The version that wraps new keys: what the key store says, not what the file happens to hold. */
  get current(): number {
    return this.#current;
  }

  /** Versions whose secret is known, oldest first. */
  get versions(): number[] {
    return [...this.#versions.keys()].sort((a, b) => a - b);
  }

  /** Versions whose addresses can be found, oldest first: those that are known and those that are carried on. */
  get addressVersions(): number[] {
    return [...new Set([...this.#versions.keys(), ...this.#carried.keys()])].sort((a, b) => a - b);
  }

  /** Uses what the key store says. @throws AppError store.key_missing when the file lacks the version in use. */
  use(version: number, carried: Map<number, Carried>): void {
    this.require(version);
    this.#current = version;
    this.#carried = carried;
  }

  /** Makes sure of a version, from the file if need be. @throws AppError store.key_missing with what to do. */
  require(version: number): void {
    if (this.#versions.has(version)) return;
    this.reread();
    if (!this.#versions.has(version))
      throw new AppError(
        'store.key_missing',
        `SECRET_KEY_FILE lacks version ${version}. Put the original file back; after a rotation copy the file from the machine where the keys were rotated.`,
        { retryable: true },
      );
  }

  /** Adds what the file holds by now. What is known already stays: rows that were read a moment ago may need it. */
  reread(): void {
    for (const [version, secret] of readSecretFile(this.#file, false).versions) {
      if (this.#versions.get(version)?.equals(secret) === false) this.#derived.clear();
      this.#versions.set(version, secret);
    }
  }

  /** Key that finds addresses. */
  addressKey(version: number): Buffer {
    return this.#versions.has(version) ? this.derive('address', version) : this.#carry(version).address;
  }

  /** Key material for a purpose. @throws AppError store.key_missing when that version is neither known nor carried on. */
  purposeKey(purpose: string, version: number): Buffer {
    const name = `${version} purpose ${purpose}`;
    const known = this.#derived.get(name);
    if (known) return known;
    const root = this.#versions.has(version) ? this.derive('purposes', version) : this.#carry(version).purposes;
    const key = Buffer.from(hkdfSync('sha256', root, `ventanilla v${version}`, `purpose ${purpose}`, KEY_BYTES));
    this.#derived.set(name, key);
    return key;
  }

  /** The same of all versions that are known or were retired after `since` (ms), the one in use first. */
  purposeKeys(purpose: string, since: number): Buffer[] {
    const recent = [...this.#carried].filter(([, { at }]) => at >= since).map(([version]) => version);
    const others = [...new Set([...this.#versions.keys(), ...recent])].filter((version) => version !== this.#current);
    return [this.#current, ...others].map((version) => this.purposeKey(purpose, version));
  }

  /** A key that is derived from the secret itself. */
  derive(purpose: string, version: number): Buffer {
    const name = `${version} ${purpose}`;
    const known = this.#derived.get(name);
    if (known) return known;
    this.require(version);
    const secret = this.#versions.get(version) ?? Buffer.alloc(0);
    const derived = Buffer.from(hkdfSync('sha256', secret, `ventanilla v${version}`, purpose, KEY_BYTES));
    this.#derived.set(name, derived);
    return derived;
  }

  /** Wraps the bytes of a data key. */
  wrap(row: Omit<DataKeyTable, 'wrapped'>, bytes: Buffer): DataKeyTable {
    return { ...row, wrapped: this.#encrypt(row.secret_version, wrapContext(row), bytes) };
  }

  /** The bytes of a data key. @throws AppError store.tampered, store.key_missing. */
  unwrap(row: DataKeyTable): Buffer {
    return this.#decrypt(row.secret_version, wrapContext(row), row.wrapped);
  }

  /** What is carried on of a version, wrapped by the version in use, as text. */
  packCarried(version: number, at: number): string {
    const keys = Buffer.concat([
      this.addressKey(version),
      this.#versions.has(version) ? this.derive('purposes', version) : this.#carry(version).purposes,
    ]);
    const wrapped = this.#encrypt(this.#current, carryContext(version, this.#current), keys);
    return JSON.stringify({ by: this.#current, at: this.#carried.get(version)?.at ?? at, wrapped: wrapped.toString('base64') });
  }

  /** Reads what packCarried has written. */
  unpackCarried(version: number, text: string): Carried & { by: number } {
    const { by, at, wrapped } = JSON.parse(text) as { by: number; at: number; wrapped: string };
    const keys = this.#decrypt(by, carryContext(version, by), Buffer.from(wrapped, 'base64'));
    return { by, at, address: keys.subarray(0, KEY_BYTES), purposes: keys.subarray(KEY_BYTES) };
  }

  #carry(version: number): Carried {
    const carried = this.#carried.get(version);
    if (!carried) throw new AppError('store.key_missing', `SECRET_KEY_FILE lacks version ${version}. Put the original file back.`);
    return carried;
  }

  #encrypt(version: number, context: Buffer, bytes: Buffer): Buffer {
    const nonce = randomPart(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.derive('wrap', version), nonce).setAAD(context);
    return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }

  #decrypt(version: number, context: Buffer, sealed: Uint8Array): Buffer {
    const wrapped = Buffer.from(sealed);
    const key = this.derive('wrap', version);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, NONCE_BYTES))
        .setAAD(context)
        .setAuthTag(wrapped.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (error) {
      throw new AppError('store.tampered', 'A row of the key store is not what was written there.', { cause: error });
    }
  }
}

function wrapContext(row: Omit<DataKeyTable, 'wrapped'>): Buffer {
  return Buffer.from(`${row.id}|${row.owner}|${row.class}|${row.period}|${row.secret_version}`);
}

function carryContext(version: number, by: number): Buffer {
  return Buffer.from(`carried|${version}|${by}`);
}

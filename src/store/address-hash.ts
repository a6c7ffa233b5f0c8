// Keyed hashes of addresses: `v<version>.<HMAC>`, equal for the same address and meaningless without the secret.
// Used by vault.ts to find people, and by rotate-addresses.ts to hash them anew.
//
// 2026-11-21: of a person who said STOP only the hash is left, so a rotation cannot compute a new one. It hashes the old
// hash once more: `c<first version>.<newest version>.<HMAC>`. Whoever got the old secret can no longer try numbers on it.
import { createHmac } from 'node:crypto';
import type { Address } from '../domain/message.ts';
import type { SecretKeys } from './secret-keys.ts';

/**
 * Every hash under which an address may stand, the one for new rows first.
 * Phone numbers are the same person on every channel; other ids mean something on their own channel only.
 * @param current version that hashes new addresses
 */
export function hashesOf(secrets: SecretKeys, current: number, channel: string, address: Address): string[] {
  const scope = address.kind === 'phone' ? '' : channel;
  const text = `${scope}\n${address.kind}\n${address.value}`;
  const versions = secrets.addressVersions;
  const direct = (version: number): string => `v${version}.${hmac(secrets, version, text)}`;
  const first = direct(current);
  if (versions.length === 1) return [first];
  const chained = versions.flatMap((base, index) => {
    let hash = direct(base);
    return versions.slice(index + 1).map((version) => (hash = hashAgain(secrets, version, hash)));
  });
  return [...new Set([first, ...versions.map(direct), ...chained])];
}

/** The hash of a hash, where the address itself is not known any more. */
export function hashAgain(secrets: SecretKeys, version: number, hash: string): string {
  const base = /^[vc](\d+)\./.exec(hash)?.[1] ?? '0';
  return `c${base}.${version}.${hmac(secrets, version, hash)}`;
}

/**
 * The same up to a version, by way of all between: as if nothing had been left out. A backup that was put back is
 * several rotations behind, and `hashesOf` knows the whole way alone.
 */
export function hashUpTo(secrets: SecretKeys, version: number, hash: string): string {
  const from = Number(/^(?:v|c\d+\.)(\d+)\./.exec(hash)?.[1] ?? 0);
  const between = secrets.addressVersions.filter((step) => step > from && step < version);
  return [...between, version].reduce((last, step) => hashAgain(secrets, step, last), hash);
}

/** Patterns (LIKE) of hashes that a version made. */
export const hashPatterns = (version: number): [string, string] => [`v${version}.%`, `c%.${version}.%`];

function hmac(secrets: SecretKeys, version: number, text: string): string {
  return createHmac('sha256', secrets.addressKey(version)).update(text).digest('base64url');
}

// What cookies are signed with and authenticators' secrets are encrypted with: derived from the secret key, one for each of its
// versions. After a rotation new things go under the new one, and what stands under older ones is still read.
import type { Store } from '../../store/store.ts';

const PURPOSE = 'staff accounts';

/** The secret of every version of the secret key, the one in use first. */
export function accountSecrets({ vault }: Pick<Store, 'vault'>): { version: number; value: string }[] {
  const current = vault.version;
  const others = vault.secrets.addressVersions.filter((version) => version !== current).reverse();
  return [current, ...others].map((version) => ({ version, value: toText(vault.deriveKey(PURPOSE, version)) }));
}

/** Secrets with which a cookie may be signed that was given out since a time (ms), the newest first. */
export function cookieSecrets({ deriveKeys }: Pick<Store, 'deriveKeys'>, since: number): string[] {
  return deriveKeys(PURPOSE, since).map(toText);
}

function toText(key: Uint8Array): string {
  return Buffer.from(key).toString('base64url');
}

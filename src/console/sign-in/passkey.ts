// Passkeys: the browser's own functions between two calls to better-auth, which serves them under /api/auth.
// Called by the sign-in form and by the settings. @see https://www.w3.org/TR/webauthn-3/
import { ApiError } from '../../api/client.ts';

/** Whether this browser can do it. */
export function hasPasskeys(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential &&
    'parseCreationOptionsFromJSON' in PublicKeyCredential
  );
}

/**
 * Signs in with a passkey of this device.
 * @throws ApiError when the server refuses; DOMException when the person or the device did
 */
export async function signInWithPasskey(): Promise<void> {
  const options = await ask<PublicKeyCredentialRequestOptionsJSON>('GET', 'generate-authenticate-options');
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  await ask('POST', 'verify-authentication', { response: toJson(credential) });
}

/**
 * Makes a passkey on this device and keeps its public half.
 * @throws ApiError when the server refuses; DOMException when the person or the device did
 */
export async function addPasskey(name: string): Promise<void> {
  const options = await ask<PublicKeyCredentialCreationOptionsJSON>('GET', `generate-register-options?name=${encodeURIComponent(name)}`);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  await ask('POST', 'verify-registration', { response: toJson(credential), name });
}

function toJson(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('No passkey was given.', 'NotAllowedError');
  return credential.toJSON();
}

async function ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const response = await fetch(`/api/auth/passkey/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch(() => {
    throw new ApiError(0, { code: 'offline', message: '' });
  });
  if (!response.ok) throw new ApiError(response.status, { code: 'passkey', message: '' });
  return (await response.json()) as T;
}

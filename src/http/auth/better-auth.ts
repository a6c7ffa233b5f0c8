// better-auth on our store: passwords, authenticators, recovery codes, passkeys and sessions. Opened by accounts.ts on first
// need and never before: a hotline without a console does not carry it. Only accounts.ts and its neighbours call what it offers;
// none of its routes is mounted as such.
//
// 2026-11-21: times and truths are stored as on SQLite on both databases (see 0007_accounts.ts). There are no transactions and no
// cookie cache: a session that was ended is gone with the next request, on every node. Sessions last half a day and are not
// prolonged; a passkey must have asked for a finger, a face or a PIN, so that it is two factors by itself.
import type { BetterAuthOptions } from '@better-auth/core';
import { passkey } from '@better-auth/passkey';
import { APIError } from 'better-auth/api';
import { getAdapter } from 'better-auth/db/adapter';
import { betterAuth } from 'better-auth/minimal';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { loadStaff } from '../../store/staff.ts';
import type { Store } from '../../store/store.ts';
import { newId } from '../../util/ids.ts';
import { COOKIE_PREFIX } from './cookie.ts';
import { hashSessionTokens } from './hash-session-tokens.ts';
import { kyselyOnStore } from './store-dialect.ts';

/** What accounts are called in authenticators and passkeys. */
export const ISSUER = 'Ventanilla';
/** How long a session lasts. */
export const SESSION_SECONDS = 12 * 3600;
/** How long after signing in a passkey may be added. */
const FRESH_SECONDS = 3600;
export const MIN_PASSWORD = 12;
const MAX_PASSWORD = 200;
const RECOVERY_CODES = 10;
/** What is asked of somebody who has shown a second factor, by the endpoint that made the session. */
const WITH_SECOND_FACTOR = new Set(['/two-factor/verify-totp', '/two-factor/verify-backup-code', '/passkey/verify-authentication']);

export interface BetterAuthParts {
  store: Store;
  /** The newest first; see secrets.ts. */
  secrets: { version: number; value: string }[];
  /** The address that others use. */
  publicUrl: string;
}

/** Opens it. */
export async function openBetterAuth({ store, secrets, publicUrl }: BetterAuthParts) {
  const url = new URL(publicUrl);
  const options = {
    appName: ISSUER,
    baseURL: url.origin,
    secrets,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD, maxPasswordLength: MAX_PASSWORD },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: url.protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      // Where a request comes from is settled by the guard, before anything gets here.
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { disableIpTracking: true },
      database: { generateId: newId, validateSchema: false },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session, context) {
            const member = await store.read((reader) => loadStaff(reader, session.userId));
            if (!member?.active) return false;
            return { data: { secondFactor: WITH_SECOND_FACTOR.has(context?.path ?? '') } };
          },
        },
      },
    },
    ...TABLES,
    plugins: [
      twoFactor({
        issuer: ISSUER,
        backupCodeOptions: { amount: RECOVERY_CODES, storeBackupCodes: 'encrypted' },
        accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: 900 },
        schema: TWO_FACTOR_TABLES,
      }),
      passkey({
        // A passkey cannot be bound to a number: on this machine it is bound to its name.
        rpID: isNumber(url.hostname) ? 'localhost' : url.hostname,
        rpName: ISSUER,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: ({ verification }) => void demandVerified(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification }) => demandVerified(verification.authenticationInfo.userVerified),
        },
        advanced: { webAuthnChallengeCookie: 'passkey' },
        schema: PASSKEY_TABLE,
      }),
    ],
  } satisfies BetterAuthOptions;
  const adapter = await getAdapter({ ...options, database: { db: kyselyOnStore(store) as never, type: 'sqlite', transaction: false } });
  const concealed = hashSessionTokens(adapter);
  return betterAuth({ ...options, database: () => concealed });
}

export type BetterAuth = Awaited<ReturnType<typeof openBetterAuth>>;

/** Otherwise a lost key or an unlocked telephone would do. */
function demandVerified(verified: boolean | undefined): void {
  if (verified !== true)
    throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED', message: 'The device did not ask for a PIN, a finger or a face.' });
}

function isNumber(hostname: string): boolean {
  return /^(\d+\.){3}\d+$/.test(hostname) || hostname.startsWith('[');
}

const TABLES = {
  user: {
    modelName: 'staff_auth_users',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  session: {
    modelName: 'staff_auth_sessions',
    fields: {
      userId: 'user_id',
      expiresAt: 'expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
    },
    additionalFields: {
      secondFactor: { type: 'boolean', required: true, defaultValue: false, input: false, fieldName: 'second_factor' },
    },
    expiresIn: SESSION_SECONDS,
    disableSessionRefresh: true,
    freshAge: FRESH_SECONDS,
    cookieCache: { enabled: false },
  },
  account: {
    modelName: 'staff_auth_accounts',
    fields: {
      accountId: 'account_id',
      providerId: 'provider_id',
      userId: 'user_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'staff_auth_verifications',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    storeIdentifier: 'hashed',
  },
} as const satisfies Partial<BetterAuthOptions>;

const TWO_FACTOR_TABLES = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'staff_auth_factors',
    fields: {
      backupCodes: 'backup_codes',
      userId: 'user_id',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
} as const;

const PASSKEY_TABLE = {
  passkey: {
    modelName: 'staff_auth_passkeys',
    fields: {
      publicKey: 'public_key',
      userId: 'user_id',
      credentialID: 'credential_id',
      deviceType: 'device_type',
      backedUp: 'backed_up',
      createdAt: 'created_at',
    },
  },
} as const;

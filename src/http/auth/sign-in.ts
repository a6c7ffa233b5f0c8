// Signing in and out: address and password, then the code of an authenticator or a recovery code. Called by http/api/session.ts.
// An unknown address, a wrong password and a disabled account get the same answer after the same work.
import { AppError } from '../../domain/errors.ts';
import { findAccount, moveAccount } from '../../store/staff-accounts.ts';
import { staffAddressHashes } from '../../store/staff-address.ts';
import { loadStaff } from '../../store/staff.ts';
import { removeOldStaffSessions } from '../../store/staff-sessions.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Accounts } from './accounts.ts';
import type { AuthParts } from './staff-auth.ts';
import { takeCode } from './take-code.ts';

/** What came of address and password. */
export interface SignedIn {
  next: 'second_factor' | 'done';
  /** Values of `set-cookie`. */
  cookies: string[];
}

/**
 * Looks at address and password.
 * @throws AppError access.refused, access.too_many_tries
 */
export async function signIn(parts: AuthParts, request: Request, address: string, password: string): Promise<SignedIn> {
  const { store, accounts, limits } = parts;
  const hashes = staffAddressHashes(store, address);
  const clientWasRight = await limits.countClient(request);
  const wasRight = await limits.count('address', hashes[0]);
  const account = await store.read(async (reader) => {
    const found = await findAccount(reader, hashes);
    return found && (await loadStaff(reader, found.staffId))?.active === true ? found : null;
  });
  // Of a disabled account better-auth is asked about an address that nobody has: it works as long as on any other.
  const email = account?.email ?? `-${hashes[0]}`;
  const answer = await accounts.ask(request, [], (auth, headers) =>
    auth.api.signInEmail({ body: { email, password }, headers, asResponse: true }),
  );
  await Promise.all([wasRight(), clientWasRight()]);
  const next = asksForSecondFactor(answer.body) ? 'second_factor' : 'done';
  await store.transaction(async (tx) => {
    await removeOldStaffSessions(tx, Date.now());
    if (account && account.email !== hashes[0]) await moveAccount(tx, account.staffId, hashes[0]);
    if (account && next === 'done') await noteSignIn(parts, account.staffId, 'password')(tx);
  });
  return { next, cookies: answer.cookies };
}

/**
 * Looks at the second factor, after the password.
 * @returns who is signed in
 * @throws AppError access.refused, also for a code that was used before; access.too_many_tries
 */
export async function confirmSecondFactor(
  parts: AuthParts,
  request: Request,
  code: string,
  kind: 'totp' | 'recovery',
): Promise<{ staffId: string; cookies: string[] }> {
  const { store, accounts, limits } = parts;
  const clientWasRight = await limits.countClient(request);
  const staffId = await findPending(accounts, request);
  if (staffId === null) throw new AppError('access.refused', 'Begin with address and password.');
  if (kind === 'totp') await takeCode(parts, staffId, code);
  const { cookies } = await accounts.ask(request, ['two_factor'], (auth, headers) =>
    kind === 'totp'
      ? auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
      : auth.api.verifyBackupCode({ body: { code }, headers, asResponse: true }),
  );
  await clientWasRight();
  await store.transaction(noteSignIn(parts, staffId, kind));
  return { staffId, cookies };
}

/** Notes in the audit log that somebody came in, and how. */
export function noteSignIn({ now }: AuthParts, staffId: string, how: string): (tx: Parameters<typeof appendAudit>[0]) => Promise<void> {
  return (tx) => appendAudit(tx, { at: now(), actor: staffId, action: 'session.begin', target: staffId, detail: { how } });
}

/** Ends the session of a request. */
export async function signOut({ accounts }: AuthParts, request: Request): Promise<string[]> {
  const { cookies } = await accounts.ask(request, ['session_token'], (auth, headers) => auth.api.signOut({ headers, asResponse: true }));
  return cookies;
}

/** Whose password was right a moment ago. */
async function findPending(accounts: Accounts, request: Request): Promise<string | null> {
  const challenge = await accounts.read(request, 'two_factor');
  if (challenge === null) return null;
  const { internalAdapter } = await (await accounts.open()).$context;
  const found = await internalAdapter.findVerificationValue(challenge);
  return found && found.expiresAt > new Date() ? found.value : null;
}

function asksForSecondFactor(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'twoFactorRedirect' in body;
}

// One's own password, authenticator and recovery codes. Called by http/api/me.ts for whoever is signed in.
// Whoever changes any of it shows the password again, or the first code of the new authenticator. Tries are counted by member,
// so that a session that was left open is no way to guess a password.
import { AppError } from '../../domain/errors.ts';
import { appendAudit } from '../../store/audit.ts';
import { endUnconfirmedSessions, findFactor, findPasswordHash, removeFactor } from '../../store/staff-accounts.ts';
import { openStaffAddresses } from '../../store/staff-address.ts';
import { endStaffSessions } from '../../store/staff-sessions.ts';
import type { AuthParts, Caller } from './staff-auth.ts';
import { takeCode } from './take-code.ts';

/** What an authenticator is set up with. */
export interface NewFactor {
  /** `otpauth://totp/…`, for a QR code. */
  uri: string;
  recoveryCodes: string[];
}

/**
 * Begins to set up an authenticator. Where there is one already it is taken away first: until the new one is confirmed this
 * session may do no more than that.
 * @throws AppError access.refused, access.too_many_tries
 */
export async function setUpTotp(parts: AuthParts, request: Request, caller: Caller, password: string): Promise<NewFactor> {
  const { store, accounts, limits } = parts;
  const { id } = caller.actor;
  const wasRight = await limits.count('member', id);
  const factor = await store.read((reader) => findFactor(reader, id));
  if (factor?.confirmed) {
    await checkPassword(parts, id, password);
    await removeOld(parts, caller);
  }
  const { body } = await accounts.ask(request, ['session_token'], (auth, headers) =>
    auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers, asResponse: true }),
  );
  await wasRight();
  const { totpURI, backupCodes } = body as { totpURI: string; backupCodes: string[] };
  const address = (await store.read((reader) => openStaffAddresses(reader, [id]))).get(id);
  return { uri: relabel(totpURI, address ?? caller.actor.alias), recoveryCodes: backupCodes };
}

async function removeOld({ store, now }: AuthParts, { actor, sessionId, secondFactor }: Caller): Promise<void> {
  if (secondFactor !== 'done' || sessionId === null) throw new AppError('access.refused', 'Sign in with the authenticator that you have.');
  await store.transaction(async (tx) => {
    await removeFactor(tx, actor.id, sessionId);
    await appendAudit(tx, { at: now(), actor: actor.id, action: 'second_factor.remove', target: actor.id });
  });
}

/**
 * Confirms a new authenticator by its first code. Sessions from before it end; this one goes on under a new cookie.
 * @throws AppError access.refused
 */
export async function confirmTotp(parts: AuthParts, request: Request, { actor }: Caller, code: string): Promise<string[]> {
  const { store, accounts, limits, now } = parts;
  const wasRight = await limits.count('member', actor.id);
  await takeCode(parts, actor.id, code);
  const { cookies } = await accounts.ask(request, ['session_token'], (auth, headers) =>
    auth.api.verifyTOTP({ body: { code }, headers, asResponse: true }),
  );
  await wasRight();
  await store.transaction(async (tx) => {
    await endUnconfirmedSessions(tx, actor.id);
    await appendAudit(tx, { at: now(), actor: actor.id, action: 'second_factor.set_up', target: actor.id });
  });
  return cookies;
}

/** New recovery codes. @throws AppError access.refused, access.too_many_tries */
export async function renewRecoveryCodes(parts: AuthParts, request: Request, { actor }: Caller, password: string): Promise<string[]> {
  const { store, accounts, limits, now } = parts;
  const wasRight = await limits.count('member', actor.id);
  const { body } = await accounts.ask(request, ['session_token'], (auth, headers) =>
    auth.api.generateBackupCodes({ body: { password }, headers, asResponse: true }),
  );
  await wasRight();
  await store.transaction((tx) => appendAudit(tx, { at: now(), actor: actor.id, action: 'second_factor.renew_codes', target: actor.id }));
  return (body as { backupCodes: string[] }).backupCodes;
}

/** Changes the password; other sessions end. @throws AppError access.refused, access.too_many_tries */
export async function changePassword(parts: AuthParts, request: Request, caller: Caller, current: string, next: string): Promise<void> {
  const { store, accounts, limits, now } = parts;
  const { id } = caller.actor;
  const wasRight = await limits.count('member', id);
  await accounts.ask(request, ['session_token'], (auth, headers) =>
    auth.api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: false },
      headers,
      asResponse: true,
    }),
  );
  await wasRight();
  await store.transaction(async (tx) => {
    await endStaffSessions(tx, id, caller.sessionId);
    await appendAudit(tx, { at: now(), actor: id, action: 'password.change', target: id });
  });
}

/** better-auth looks at the password itself; here it must be right before anything is taken away. */
async function checkPassword({ store, accounts }: AuthParts, staffId: string, password: string): Promise<void> {
  const hash = await store.read((reader) => findPasswordHash(reader, staffId));
  const context = await (await accounts.open()).$context;
  if (hash === null || !(await context.password.verify({ hash, password })))
    throw new AppError('access.refused', 'The password is not right.');
}

/** An authenticator shows whose code it is: the address itself, which better-auth does not know. */
function relabel(uri: string, label: string): string {
  const { search } = new URL(uri);
  const issuer = new URLSearchParams(search).get('issuer') ?? '';
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(label)}${search}`;
}

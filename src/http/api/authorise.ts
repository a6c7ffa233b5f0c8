// Settles before each operation who calls and whether they may. Put in front of every handler by router.ts.
// Which cases, referrals and complaints a permission reaches is not settled here but in the queries.
import type { MiddlewareHandler } from 'hono';
import type { Operation } from '../../api/operation.ts';
import type { OperationName } from '../../api/operations.ts';
import type { StaffPermission } from '../../domain/role.ts';
import type { Actor } from '../../domain/staff.ts';
import { appendAudit } from '../../store/audit.ts';
import type { Caller } from '../auth/staff-auth.ts';
import type { ApiParts } from './handler.ts';
import { forbidden, Refusal } from './refusal.ts';

/** What somebody may call who has signed in and not set up a second factor yet. */
const BEFORE_SECOND_FACTOR: ReadonlySet<OperationName> = new Set([
  'readMe',
  'signOut',
  'setUpTotp',
  'confirmTotp',
  'listPasskeys',
  'changeMe',
]);

/** Lets those through who may; a refusal names the missing permission and is audited. */
export function authorise(
  name: OperationName,
  operation: Operation,
  parts: Pick<ApiParts, 'auth' | 'store' | 'now'>,
): MiddlewareHandler<{ Variables: { caller: Caller | null } }> {
  return async (context, next) => {
    if (operation.permission === 'public') {
      context.set('caller', null);
      return next();
    }
    const caller = await parts.auth.authenticate(context.req.raw);
    if (!caller) throw new Refusal('staff.not_signed_in', 'You are not signed in, or your session has ended. Sign in again.');
    const missing = missingPermission(name, operation, caller);
    if (missing !== null) {
      await auditRefusal(parts, caller.actor, name, missing);
      throw forbidden(missing);
    }
    if (caller.secondFactor === 'missing' && !BEFORE_SECOND_FACTOR.has(name))
      throw new Refusal('staff.second_factor', 'Set up a second factor first: an authenticator app or a passkey.');
    context.set('caller', caller);
    return next();
  };
}

/** What the caller lacks; null when nothing. A program gets no further than operations that are made for programs. */
function missingPermission(name: OperationName, { permission, token }: Operation, { actor }: Caller): string | null {
  if (actor.via === 'token' && token !== true) return `session for ${name}`;
  if (permission === 'public' || permission === 'signed_in') return null;
  const wanted: readonly StaffPermission[] = typeof permission === 'string' ? [permission] : permission;
  return wanted.some((one) => actor.permissions.has(one)) ? null : wanted.join(' or ');
}

/** Writes down that somebody was refused for want of a permission. */
export async function auditRefusal(
  { store, now }: Pick<ApiParts, 'store' | 'now'>,
  actor: Actor,
  operation: string,
  permission: string,
): Promise<void> {
  await store.transaction((tx) =>
    appendAudit(tx, { at: now(), actor: actor.id, action: 'access.refused', target: null, detail: { operation, permission } }),
  );
}

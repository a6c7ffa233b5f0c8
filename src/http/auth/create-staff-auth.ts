// Puts accounts together. Called by app.ts. better-auth is loaded when somebody signs in, not before.
import type { Store } from '../../store/store.ts';
import { createAccounts } from './accounts.ts';
import { authenticate } from './authenticate.ts';
import { passkeyRoutes } from './passkeys.ts';
import type { AuthParts, Caller, StaffAuth } from './staff-auth.ts';
import { createTryLimits } from './try-limits.ts';

/**
 * Makes it.
 * @param publicUrl the address that others use, without a slash at the end
 */
export function createStaffAuth({ store, publicUrl, now }: { store: Store; publicUrl: string; now: () => number }): StaffAuth {
  const accounts = createAccounts(store, publicUrl);
  const parts: AuthParts = { store, accounts, limits: createTryLimits(store, now), now };
  const find = (request: Request): Promise<Caller | null> => authenticate(store, accounts, request, now());
  return { authenticate: find, parts, routes: passkeyRoutes(parts, find) };
}

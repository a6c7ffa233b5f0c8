// What the API asks of accounts: who is calling, by session cookie or by token; and what the files beside this one work with.
// Made by create-staff-auth.ts, used by http/api.
import type { Actor } from '../../domain/staff.ts';
import type { Store } from '../../store/store.ts';
import type { RoutePart } from '../permissions.ts';
import type { Accounts } from './accounts.ts';
import type { TryLimits } from './try-limits.ts';

/** Whoever calls, once the credential was found good. */
export interface Caller {
  actor: Actor;
  /** Null for a program with a token. */
  sessionId: string | null;
  /** `missing`: only signing out, `/me` and setting up a second factor are allowed. */
  secondFactor: 'missing' | 'done';
}

/** What everything about accounts works with. */
export interface AuthParts {
  store: Store;
  accounts: Accounts;
  limits: TryLimits;
  /** The service's clock. */
  now: () => number;
}

export interface StaffAuth {
  /**
   * Who is calling: an active member by session cookie, or a program by `Authorization: Bearer`. Null when nobody is, or when
   * the session was revoked, the account disabled, or the token has ended.
   */
  authenticate(request: Request): Promise<Caller | null>;
  /** For the handlers of signing in and of one's own account. */
  parts: AuthParts;
  /** Passkeys, under /api/auth. */
  routes: RoutePart;
}

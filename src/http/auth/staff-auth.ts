// What the API asks of accounts: who is calling, by session cookie or by token. Made by create-staff-auth.ts, used by http/api.
import type { Actor } from '../../domain/staff.ts';

/** Whoever calls, once the credential was found good. */
export interface Caller {
  actor: Actor;
  /** Null for a program with a token. */
  sessionId: string | null;
  /** `missing`: only signing out, `/me` and setting up a second factor are allowed. */
  secondFactor: 'missing' | 'done';
}

export interface StaffAuth {
  /**
   * Who is calling: an active member by session cookie, or a program by `Authorization: Bearer`. Null when nobody is, or when
   * the session was revoked, the account disabled, or the token has ended.
   */
  authenticate(request: Request): Promise<Caller | null>;
}

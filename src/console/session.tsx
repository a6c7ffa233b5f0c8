// Who is signed in, and what they may do. The one place that knows of a session; pages ask `useMe()` and `useMay()`.
// A session that ends while somebody works opens a sign-in over the page: what was written stays.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import i18next from 'i18next';
import type { Me } from '../api/staff-operations.ts';
import type { StaffPermission } from '../domain/role.ts';
import { ApiError } from '../api/client.ts';
import { keyOf, onSessionExpired, queryClient, useRead } from './api.ts';
import { isConsoleLanguage, switchLanguage } from './i18n.ts';

export interface Session {
  state: 'loading' | 'signed_out' | 'signed_in' | 'unreachable';
  me: Me | null;
  /** It ended on the server while a page is open. */
  expired: boolean;
  /** Takes what signing in, or changing oneself, answered. */
  enter(me: Me): Promise<void>;
  /** Forgets everything here, after signing out. */
  leave(): void;
  retry(): void;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const reading = useRead('readMe', [], { staleTime: 60_000 });
  const [expired, setExpired] = useState(false);
  const [left, setLeft] = useState(false);
  const me = left ? null : (reading.data ?? null);
  useEffect(() => onSessionExpired(() => setExpired(true)), []);
  useEffect(() => {
    // Whoever is new has chosen a language on the way in, and nowhere else yet.
    if (me === null || me.mustSetUp !== null) return;
    if (isConsoleLanguage(me.uiLanguage) && me.uiLanguage !== i18next.language) void switchLanguage(me.uiLanguage);
  }, [me]);
  const session = useMemo<Session>(
    () => ({
      state: me !== null ? 'signed_in' : left || reading.error?.status === 401 ? 'signed_out' : reading.error ? 'unreachable' : 'loading',
      me,
      expired: expired && me !== null,
      async enter(entered) {
        setLeft(false);
        setExpired(false);
        queryClient.setQueryData(keyOf('readMe'), entered);
        await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'readMe' });
      },
      leave() {
        setLeft(true);
        setExpired(false);
        queryClient.clear();
      },
      retry: () => void reading.refetch(),
    }),
    [me, left, expired, reading],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new ApiError(0, { code: 'internal', message: 'A page stands outside of the session.' });
  return session;
}

/** Whoever is signed in. Only for pages that show to somebody signed in. */
export function useMe(): Me {
  const { me } = useSession();
  if (me === null) throw new ApiError(401, { code: 'internal', message: 'Nobody is signed in.' });
  return me;
}

/** Whether whoever is signed in may do it. The server decides again. */
export function useMay(): (permission: StaffPermission) => boolean {
  const me = useMe();
  return (permission) => me.permissions.includes(permission);
}

// The live stream of whoever is signed in: one a tab. Pages listen with `useLiveEvent`; `useLive` says whether the line stands.
// What other pages have read (referrals, people …) is read again here when the server says that it changed.
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { StreamEvent } from '../../api/case-operations.ts';
import type { OperationName } from '../../api/operations.ts';
import { queryClient } from '../api.ts';
import { useSession } from '../session.tsx';
import { openStream, type LiveState } from './stream-client.ts';

type Listener = (event: StreamEvent) => void;
interface Live {
  state: LiveState;
  listen(listener: Listener): () => void;
  /** Tells this page's listeners what an action has just answered, before the stream says it. */
  emit(event: StreamEvent): void;
}
const LiveContext = createContext<Live>({ state: 'connecting', listen: () => () => undefined, emit: () => undefined });

/** Reads that a change makes old. */
const READS: Record<Extract<StreamEvent, { type: 'changed' }>['what'], OperationName[]> = {
  referrals: ['listReferrals', 'readReferral'],
  complaints: ['listComplaints', 'readComplaint'],
  people: ['listStaff', 'listDesks'],
  shifts: ['listShifts', 'listStaff', 'readMe'],
  me: ['readMe'],
};

export function LiveProvider({ children }: { children: ReactNode }): ReactNode {
  const { me, expired } = useSession();
  const [state, setState] = useState<LiveState>('connecting');
  const [listeners] = useState(() => new Set<Listener>());
  const who = me?.id ?? null;
  const ready = who !== null && !expired && me?.mustSetUp === null;
  useEffect(() => {
    if (!ready) return undefined;
    const client = openStream({
      open: (cursor, signal) =>
        fetch(`/api/v1/stream${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`, {
          headers: { accept: 'text/event-stream' },
          cache: 'no-store',
          signal,
        }),
      onEvent(event) {
        if (event.type === 'changed') void readAgain(READS[event.what]);
        if (event.type === 'resync') void readAgain(Object.values(READS).flat());
        for (const listener of listeners) listener(event);
      },
      onState(now) {
        setState(now);
        // Whoever is signed in is asked for again: a session that has ended is noticed there, for all pages.
        if (now === 'ended') void readAgain(['readMe']);
      },
      wait: pause,
      random: Math.random,
    });
    const wake = (): void => client.wake();
    const look = (): void => void (document.visibilityState === 'visible' && wake());
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', look);
      client.stop();
    };
  }, [ready, who, listeners]);
  const live = useMemo<Live>(
    () => ({
      state,
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      emit(event) {
        for (const listener of listeners) listener(event);
      },
    }),
    [state, listeners],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** Whether what shows is kept up to date, and a way to tell of what was just done here. */
export function useLive(): Pick<Live, 'state' | 'emit'> {
  return useContext(LiveContext);
}

/** Hears every event of the stream while the component shows. */
export function useLiveEvent(listener: Listener): void {
  const { listen } = useContext(LiveContext);
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => listen((event) => latest.current(event)), [listen]);
}

function readAgain(names: readonly OperationName[]): Promise<unknown> {
  return queryClient.invalidateQueries({ predicate: ({ queryKey }) => names.includes(queryKey[0] as OperationName) });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const timer = Number.isFinite(ms) ? setTimeout(done, ms) : undefined;
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}

// What whoever is signed in has under way in this tab: drafts, messages on their way, decisions that can be undone, what was seen.
// One for each person, above all pages, so that it outlives a page, a lost connection and an ended session. Pages ask `useWorkspace()`.
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { ApiError } from '../../api/client.ts';
import { call, keyOf, queryClient } from '../api.ts';
import { useLive, useLiveEvent } from '../live/live.tsx';
import { useSession } from '../session.tsx';
import { createDrafts, type Drafts } from './drafts.ts';
import { createHeldActions, type HeldActions } from './held-actions.ts';
import { HeldStrip } from './held-strip.tsx';
import { Notifier } from './notifier.tsx';
import { createOutbox, type Outbox, type Outgoing, type Tried } from './outbox.ts';
import { createSeen, type SeenStore } from './seen.ts';
import { forgetSealed, openSealedMemory } from './sealed-memory.ts';

export interface Workspace {
  meId: string;
  drafts: Drafts;
  outbox: Outbox;
  held: HeldActions;
  seen: SeenStore;
}

const WorkspaceContext = createContext<Workspace | null>(null);

export function WorkspaceProvider({ children }: { children: ReactNode }): ReactNode {
  const { me, expired } = useSession();
  const { emit } = useLive();
  const meId = me?.id ?? '';
  const [workspace] = useState<Workspace>(() => openWorkspace(meId, emit));
  useSealedMemory(workspace, me?.draftKey ?? null);
  useEffect(() => {
    if (!expired) workspace.outbox.wake();
  }, [workspace, expired]);
  useEffect(() => {
    const wake = (): void => workspace.outbox.wake();
    const leave = (): void => workspace.held.flush();
    // A tab that is shut forgets what has not been sent.
    const warn = (event: Event): void => {
      if (workspace.outbox.list().some(({ state }) => state === 'sending' || state === 'waiting')) event.preventDefault();
    };
    window.addEventListener('online', wake);
    window.addEventListener('pagehide', leave);
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('online', wake);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('beforeunload', warn);
      // Signed out: what was written is forgotten.
      forgetSealed(sessionStorage);
    };
  }, [workspace]);
  useLiveEvent((event) => {
    if (event.type === 'resync') workspace.outbox.wake();
  });
  return (
    <WorkspaceContext value={workspace}>
      {children}
      <HeldStrip held={workspace.held} />
      <Notifier />
    </WorkspaceContext>
  );
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new ApiError(0, { code: 'internal', message: 'A page stands outside of the workspace.' });
  return workspace;
}

/** Messages on their way in a case. */
export function useOutgoing(caseId: string): readonly Outgoing[] {
  const { outbox } = useWorkspace();
  return useSyncExternalStore(outbox.subscribe, outbox.list).filter((one) => one.caseId === caseId);
}

function openWorkspace(meId: string, emit: ReturnType<typeof useLive>['emit']): Workspace {
  return {
    meId,
    drafts: createDrafts(),
    held: createHeldActions(afterMs),
    seen: createSeen(),
    outbox: createOutbox({ send: (one) => deliver(one, emit), after: afterMs }),
  };
}

async function deliver(one: Outgoing, emit: ReturnType<typeof useLive>['emit']): Promise<Tried> {
  const { id, caseId, text, how, template, mentions } = one;
  const params = { id: caseId };
  try {
    const { item } =
      one.kind === 'note'
        ? await call('writeNote', { params, body: { id, text, mentions: [...mentions] } })
        : await call('replyToPerson', { params, body: { id, text, how, ...(template === null ? {} : { template }) } });
    emit({ type: 'cases', cases: [item], removed: [] });
    return { kind: 'sent' };
  } catch (error) {
    return whatNow(error);
  }
}

function whatNow(error: unknown): Tried {
  if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500 || error.status === 429) return { kind: 'later' };
  if (error.status === 401) {
    // Asking who is signed in opens the sign-in over the page.
    void queryClient.invalidateQueries({ queryKey: keyOf('readMe') });
    return { kind: 'signed_out' };
  }
  const { status, code, message, permission, takenBy } = error;
  return { kind: 'refused', fault: { status, code, message, permission, takenBy } };
}

function afterMs(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

interface Kept {
  drafts: Record<string, string>;
  outgoing: Outgoing[];
}

/** Brings back what a reload has interrupted, and from then on keeps a sealed copy. */
function useSealedMemory({ drafts, outbox }: Workspace, key: string | null): void {
  useEffect(() => {
    if (key === null) return undefined;
    let stop = (): void => undefined;
    let over = false;
    void openSealedMemory(key, sessionStorage).then(async (memory) => {
      const kept = (await memory.read()) as Kept | null;
      if (over) return;
      if (kept) {
        drafts.restore(kept.drafts);
        outbox.restore(kept.outgoing);
      }
      let timer: ReturnType<typeof setTimeout> | undefined;
      const write = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          const outgoing = outbox.list().filter(({ state }) => state !== 'sent');
          void memory.write({ drafts: drafts.all(), outgoing });
        }, 250);
      };
      const ends = [drafts.subscribe(write), outbox.subscribe(write)];
      stop = () => {
        clearTimeout(timer);
        for (const end of ends) end();
      };
    });
    return () => {
      over = true;
      stop();
    };
  }, [drafts, outbox, key]);
}

// One case, opened: read once, then kept true by what came since. Used by conversation.tsx and the side panel.
// Every whole read is audited, so that small changes ask only for what came after the last message that is known here.
import { useEffect, useRef } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { CaseItem, CaseView } from '../../api/case-operations.ts';
import { ApiError } from '../../api/client.ts';
import { call, keyOf, queryClient, useRead } from '../api.ts';
import { useLiveEvent } from '../live/live.tsx';
import { lastSequence, mergeTimeline } from './timeline.ts';
import { useWorkspace } from './workspace.tsx';

/** The case of this id, or none while none is open. Its timeline and its item follow the stream. */
export function useCase(opened: string | null): UseQueryResult<CaseView, ApiError> {
  const id = opened ?? '';
  const { outbox, seen } = useWorkspace();
  const reading = useRead('readCase', [{ params: { id } }], {
    enabled: opened !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const view = reading.data;
  const followUp = useFollowUp(id);

  useLiveEvent((event) => {
    if (opened === null) return;
    if (event.type === 'resync' || (event.type === 'cases' && event.removed.includes(id))) void reading.refetch();
    if (event.type !== 'cases' || view === undefined) return;
    const item = event.cases.find((one) => one.id === id);
    // The same version may stand for news, too: what became of a message is no change of the case.
    if (item === undefined || item.version < view.item.version) return;
    // What one may do depends on who has it: only a whole read says so.
    if (changedHands(view.item, item)) void reading.refetch();
    else followUp();
  });
  useEffect(() => {
    if (view === undefined) return;
    outbox.arrived(new Set(view.timeline.flatMap((one) => (one.type === 'event' ? [] : [one.id]))));
    if (document.visibilityState === 'visible') seen.look(id, view.item.lastSequence);
  }, [outbox, seen, id, view]);
  return reading;
}

function changedHands(before: CaseItem, now: CaseItem): boolean {
  return (
    before.status !== now.status ||
    before.assignee?.id !== now.assignee?.id ||
    before.interpreter !== now.interpreter ||
    before.private !== now.private
  );
}

/** Asks for what came since, one question at a time; what changes meanwhile is asked for right after. */
function useFollowUp(id: string): () => void {
  const state = useRef({ asking: false, again: false });
  const key = keyOf('readCase', { params: { id } });
  const ask = async (): Promise<void> => {
    const known = queryClient.getQueryData<CaseView>(key);
    if (known === undefined) return;
    const { item, reach, timeline } = await call('readTimeline', { params: { id }, query: { after: lastSequence(known.timeline) } });
    // Whoever has stopped the line may have deleted their words: what is known here must not outlive them.
    if (reach.state !== known.reach.state) return void (await queryClient.invalidateQueries({ queryKey: key }));
    queryClient.setQueryData<CaseView>(key, (view) => view && { ...view, item, reach, timeline: mergeTimeline(view.timeline, timeline) });
  };
  return () => {
    const current = state.current;
    current.again = true;
    if (current.asking) return;
    current.asking = true;
    void (async () => {
      while (current.again) {
        current.again = false;
        await ask().catch((error: unknown) => {
          // The stream brings it again when the line is back; a refusal shows when the case is read.
          if (error instanceof ApiError && error.status >= 400 && error.status < 500) void queryClient.invalidateQueries({ queryKey: key });
        });
      }
      current.asking = false;
    })();
  };
}

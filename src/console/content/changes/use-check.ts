// The last check of a draft, kept while one goes to mend what it found and comes back. Used by the draft's page.
// Whether it still holds is told by its revision: a later edit makes it old.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiError } from '../../../api/client.ts';
import type { CheckView } from '../../../api/content-shapes.ts';
import { keyOf, useAct } from '../../api.ts';

const KEPT_MS = 3_600_000;

export interface DraftCheck {
  /** Null where nothing was checked yet. */
  last: CheckView | null;
  run(): void;
  /** Takes what publishing found. */
  take(check: CheckView): void;
  isPending: boolean;
  error: ApiError | null;
}

export function useCheck(draftId: string): DraftCheck {
  const client = useQueryClient();
  const given = { params: { id: draftId } };
  const key = keyOf('checkDraft', given);
  const kept = useQuery<CheckView | null>({
    queryKey: key,
    queryFn: () => client.getQueryData<CheckView>(key) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
  });
  const take = (check: CheckView): void => void client.setQueryData(key, check);
  const act = useAct('checkDraft', { onSuccess: take });
  return { last: kept.data ?? null, run: () => act.mutate([given]), take, isPending: act.isPending, error: act.error };
}

/** Errors and failed conversations: what stands in the way of publishing. */
export function faultsIn(check: CheckView): number {
  return check.problems.filter(({ severity }) => severity === 'error').length + check.transcripts.failed.length;
}

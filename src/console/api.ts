// How the console asks the server: the typed client of src/api with React Query around it. Used by every page.
// `useRead` keeps what was read, `useAct` does something; an expired session is seen here and told to the session.
import {
  QueryCache,
  MutationCache,
  QueryClient,
  useMutation,
  useQuery,
  type UseMutationOptions,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query';
import { ApiError, createClient } from '../api/client.ts';
import type { AnswerOf } from '../api/operation.ts';
import type { OperationName, Operations } from '../api/operations.ts';

/**
 * Calls an operation of /api/v1 by its name.
 * @throws ApiError what the server refused; `status` 0 where it could not be reached
 */
export const call = createClient({ fetch: (url, init) => fetch(url, init), base: '' });

/** What an operation is given: nothing where it needs nothing. */
export type CallArguments<N extends OperationName> = Parameters<typeof call<N>> extends [unknown, ...infer Given] ? Given : never;
export type Answer<N extends OperationName> = AnswerOf<Operations[N]>;

const ask = <N extends OperationName>(name: N, given: CallArguments<N>): Promise<Answer<N>> =>
  (call as (name: N, ...given: readonly unknown[]) => Promise<Answer<N>>)(name, ...given);

type OnExpired = () => void;
const expiredListeners = new Set<OnExpired>();

/** Calls back when the server no longer knows who is signed in. Returns what stops it. */
export function onSessionExpired(listener: OnExpired): () => void {
  expiredListeners.add(listener);
  return () => expiredListeners.delete(listener);
}

function watchForExpiry(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) for (const listener of expiredListeners) listener();
}

/** What was read, for all pages. Reads are repeated where the network failed; a refusal is not. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watchForExpiry }),
  mutationCache: new MutationCache({ onError: watchForExpiry }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
    // An action that waits for the network would surprise: it fails, and says so.
    mutations: { networkMode: 'always' },
  },
});

/** Under which key an operation's answer is kept; without a second value, all answers of the operation. */
export function keyOf<N extends OperationName>(name: N, ...given: CallArguments<N> | []): readonly unknown[] {
  return [name, ...given];
}

/** Reads and keeps. `useRead('readCase', [{ params: { id } }])`. */
export function useRead<N extends OperationName>(
  name: N,
  given: CallArguments<N>,
  options: Omit<UseQueryOptions<Answer<N>, ApiError>, 'queryKey' | 'queryFn'> = {},
): UseQueryResult<Answer<N>, ApiError> {
  return useQuery<Answer<N>, ApiError>({ ...options, queryKey: keyOf(name, ...given), queryFn: () => ask(name, given) });
}

/** Does something. `const claim = useAct('claimCase'); claim.mutate([{ params: { id } }])`; afterwards what it changed is read again. */
export function useAct<N extends OperationName>(
  name: N,
  {
    changes = [],
    ...options
  }: Omit<UseMutationOptions<Answer<N>, ApiError, CallArguments<N>>, 'mutationFn'> & { changes?: OperationName[] } = {},
): UseMutationResult<Answer<N>, ApiError, CallArguments<N>> {
  return useMutation<Answer<N>, ApiError, CallArguments<N>>({
    ...options,
    mutationFn: (given) => ask(name, given),
    onSuccess: async (...result) => {
      await options.onSuccess?.(...result);
      await Promise.all(changes.map((changed) => queryClient.invalidateQueries({ queryKey: keyOf(changed) })));
    },
  });
}

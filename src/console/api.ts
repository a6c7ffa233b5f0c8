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
import type { AnswerOf, CallOf } from '../api/operation.ts';
import { operations, type OperationName, type Operations } from '../api/operations.ts';

/** What the server refused, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** The permission that is missing (403). */
  readonly permission: string | undefined;
  /** Who has the case (409). */
  readonly takenBy: string | undefined;

  constructor(status: number, fault: { code: string; message: string; permission?: string; takenBy?: string }) {
    super(fault.message);
    this.name = 'ApiError';
    this.status = status;
    this.code = fault.code;
    this.permission = fault.permission;
    this.takenBy = fault.takenBy;
  }
}

type Values = Record<string, string | number | boolean | null | undefined>;
type Given<N extends OperationName> = {
  [K in keyof CallOf<Operations[N]> as undefined extends CallOf<Operations[N]>[K] ? never : K]: CallOf<Operations[N]>[K];
};
/** What an operation is given: nothing where it needs nothing. */
export type CallArguments<N extends OperationName> = keyof Given<N> extends never ? [] : [Given<N>];
export type Answer<N extends OperationName> = AnswerOf<Operations[N]>;

/**
 * Calls an operation of /api/v1.
 * @throws ApiError what the server refused, or status 0 where it could not be reached
 */
export async function call<N extends OperationName>(name: N, ...[given]: CallArguments<N>): Promise<Answer<N>> {
  const { method, path } = operations[name];
  const { params = {}, query = {}, body } = (given ?? {}) as { params?: Values; query?: Values; body?: unknown };
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(params[key])));
  const search = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value == null ? [] : [[key, String(value)]])));
  const response = await fetch(`/api/v1${filled}${search.size > 0 ? `?${search.toString()}` : ''}`, {
    method: method.toUpperCase(),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch(() => {
    throw new ApiError(0, { code: 'offline', message: '' });
  });
  const text = await response.text();
  const parsed = text.startsWith('{') ? (JSON.parse(text) as { error?: { code: string; message: string } }) : {};
  if (!response.ok) throw new ApiError(response.status, parsed.error ?? { code: 'internal', message: '' });
  return (response.status === 204 ? undefined : parsed) as Answer<N>;
}

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
  return useQuery<Answer<N>, ApiError>({ ...options, queryKey: keyOf(name, ...given), queryFn: () => call(name, ...given) });
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
    mutationFn: (given) => call(name, ...given),
    onSuccess: async (...result) => {
      await options.onSuccess?.(...result);
      await Promise.all(changes.map((changed) => queryClient.invalidateQueries({ queryKey: keyOf(changed) })));
    },
  });
}

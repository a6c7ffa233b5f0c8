// Calls operations of /api/v1 by their names, typed by the table of operations. Used by the console and by tests.
// Knows no cookies: the browser adds them; what came back is checked against the operation's shape by the server alone.
import { ApiFault } from './common.ts';
import type { AnswerOf, CallOf, Operation } from './operation.ts';
import { operations, type OperationName, type Operations } from './operations.ts';

export interface ClientOptions {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Address of the service without a slash at the end; '' for the page's own. */
  base: string;
}

/** Only what an operation asks for; what may be left out altogether may be left out here. */
type Given<T extends Operation> = {
  [K in keyof CallOf<T> as CallOf<T>[K] extends undefined ? never : object extends CallOf<T>[K] ? never : K]: CallOf<T>[K];
} & { [K in keyof CallOf<T> as CallOf<T>[K] extends undefined ? never : object extends CallOf<T>[K] ? K : never]?: CallOf<T>[K] } & {
  signal?: AbortSignal;
};

/** `call('readCase', { params: { id } })`. */
export type Call = <N extends OperationName>(
  name: N,
  ...given: object extends Given<Operations[N]> ? [Given<Operations[N]>?] : [Given<Operations[N]>]
) => Promise<AnswerOf<Operations[N]>>;

/** A refusal or a fault. `status` 0: the service could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  /** One of domain/errors.ts, `internal`, or `unreachable`. */
  readonly code: string;
  /** What is missing (403). */
  readonly permission: string | undefined;
  /** Alias of who has the case (409). */
  readonly takenBy: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    fault: { code: string; message: string; permission?: string | undefined; takenBy?: string | undefined },
    retryAfterSeconds?: number,
  ) {
    super(fault.message);
    this.name = 'ApiError';
    this.status = status;
    this.code = fault.code;
    this.permission = fault.permission;
    this.takenBy = fault.takenBy;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

interface AnyGiven {
  params?: Record<string, unknown>;
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Makes the client.
 * @example const call = createClient({ fetch: (url, init) => fetch(url, init), base: '' }); const { cases } = await call('listCases', { query: { queue: 'mine' } });
 */
export function createClient({ fetch, base }: ClientOptions): Call {
  const call = async (name: OperationName, given: AnyGiven = {}): Promise<unknown> => {
    const operation: Operation = operations[name];
    const response = await fetch(`${base}${pathOf(operation, given)}`, {
      method: operation.method.toUpperCase(),
      // A page of somebody else cannot send this type without asking: it is what keeps forged forms out.
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
      ...(given.signal ? { signal: given.signal } : {}),
    }).catch((error: unknown) => {
      if (given.signal?.aborted) throw error;
      throw new ApiError(0, { code: 'unreachable', message: 'The service cannot be reached.' });
    });
    if (!response.ok) throw await toFault(response);
    return operation.response === undefined ? undefined : response.json();
  };
  return call as Call;
}

/** Address of an operation, for what is no JSON: pictures, the stream. */
export function pathOf(operation: Operation, { params = {}, query = {} }: AnyGiven = {}): string {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null) search.set(name, String(value));
  return `/api/v1${path}${search.size > 0 ? `?${search}` : ''}`;
}

async function toFault(response: Response): Promise<ApiError> {
  const body = ApiFault.safeParse(await response.json().catch(() => null));
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  const fault = body.success ? body.data.error : { code: 'internal', message: `The service answered ${response.status}.` };
  return new ApiError(response.status, fault, Number.isFinite(wait) ? wait : undefined);
}

// One HTTP request to a connector, once: the library's own client repeats a post whose fate is unknown.
// Its address came with an activity, so it goes by safe-fetch.ts. Called by botbuilder through adapter.ts; knows nothing of activities.
import { AppError } from '../../domain/errors.ts';
import { safeFetch, type FetchPolicy } from '../../util/safe-fetch.ts';
import { neverLeft } from '../network-fault.ts';
import { readRetryAfter } from '../retry-after.ts';

const TIMEOUT_MS = 10_000;

/** The parts of botbuilder's request that are used. */
export interface ConnectorRequest {
  url: string;
  method: string;
  headers: { toJson(): Record<string, string> };
  body?: unknown;
}

/** A connector answered, and the answer was no. */
export class ConnectorRefusal extends AppError {
  readonly status: number;

  constructor(status: number, retryAfterSeconds: number | undefined) {
    super('channel.rejected', `The connector answered ${status}.`, {
      retryable: status === 429 || status >= 500,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
    this.status = status;
  }
}

/** No answer came. `left` is false when the connector certainly has not seen the request. */
export class ConnectorSilence extends AppError {
  readonly left: boolean;

  constructor(left: boolean, cause: unknown) {
    super('channel.unavailable', 'The connector did not answer.', { retryable: !left, cause });
    this.left = left;
  }
}

/**
 * Sends one request, without repeating it and without following redirects.
 * @returns the answer in the shape that botbuilder's client reads
 * @throws ConnectorRefusal or ConnectorSilence
 */
export async function callConnector(request: ConnectorRequest, policy: FetchPolicy, now: () => number): Promise<object> {
  const answer = await safeFetch(request.url, {
    method: request.method,
    headers: withLength(request),
    ...(typeof request.body === 'string' ? { body: request.body } : {}),
    policy,
    timeoutMs: TIMEOUT_MS,
  });
  // A connector outside the public internet is none that Azure has named.
  if (answer.kind === 'refused') throw new ConnectorRefusal(403, undefined);
  if (answer.kind === 'failed') throw new ConnectorSilence(!neverLeft(answer.cause), answer.cause);
  const { status, headers, text } = answer;
  if (status < 200 || status >= 300) throw new ConnectorRefusal(status, readRetryAfter(headers['retry-after'], now()));
  return { status, bodyAsText: text, request, headers: { toJson: () => headers } };
}

/** The library counts characters where bytes are meant. */
function withLength({ headers, body }: ConnectorRequest): Record<string, string> {
  const others = Object.entries(headers.toJson()).filter(([name]) => name.toLowerCase() !== 'content-length');
  return { ...Object.fromEntries(others), ...(typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {}) };
}

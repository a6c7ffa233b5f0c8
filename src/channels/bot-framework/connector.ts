// One HTTP request to a connector, once: the library's own client repeats a post whose fate is unknown.
// Called by botbuilder through adapter.ts; knows nothing of activities.
import { AppError } from '../../domain/errors.ts';
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
export async function callConnector(request: ConnectorRequest, now: () => number): Promise<object> {
  const { response, text } = await exchange(request);
  if (response.status < 200 || response.status >= 300) {
    throw new ConnectorRefusal(response.status, readRetryAfter(response.headers.get('retry-after') ?? undefined, now()));
  }
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, bodyAsText: text, request, headers: { toJson: () => headers } };
}

async function exchange(request: ConnectorRequest): Promise<{ response: Response; text: string }> {
  const headers = request.headers.toJson();
  // fetch counts the bytes itself.
  const sent = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-length'));
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: sent,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(typeof request.body === 'string' ? { body: request.body } : {}),
    });
    return { response, text: await response.text() };
  } catch (cause) {
    throw new ConnectorSilence(!neverLeft(cause), cause);
  }
}

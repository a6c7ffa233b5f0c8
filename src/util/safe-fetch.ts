// One request to an address that somebody else chose: a link in a text, a service that names where to answer.
// The name is resolved once and that answer is used; nothing of one's own network is reached; no redirect is followed.
// Used by channels and by `check --links`. Knows nothing of what is asked.
import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { isPublicAddress } from './address-ranges.ts';

/** Where requests may go. The default is what a service in production allows; no setting changes it. */
export interface FetchPolicy {
  protocols: readonly string[];
  ports: readonly number[];
  allowsAddress(address: string): boolean;
}

/** https on its own port, on the public internet. */
export const PUBLIC_HTTPS: FetchPolicy = { protocols: ['https:'], ports: [443], allowsAddress: isPublicAddress };

/** The same, and http: for links that people may follow by themselves. */
export const PUBLIC_WEB: FetchPolicy = { protocols: ['https:', 'http:'], ports: [443, 80], allowsAddress: isPublicAddress };

export interface SafeRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  policy?: FetchPolicy;
  timeoutMs?: number;
  /** What is read of the answer at most, in bytes; more is an error unless `mayCut`. */
  maxBytes?: number;
  mayCut?: boolean;
  /** The answer is no text: it is given as bytes. */
  binary?: boolean;
  /** Types of content that are read, such as `application/json`; any by default. */
  contentTypes?: readonly string[];
}

/** `refused`: the address is not allowed, nothing was sent. `failed`: it was tried; `cause` is the system's error. */
export type SafeAnswer =
  | { kind: 'answered'; status: number; headers: Record<string, string>; text: string; bytes: Buffer }
  | { kind: 'refused'; reason: string }
  | { kind: 'failed'; reason: string; cause: unknown };

/** The reason of an answer that was longer than was allowed. */
export const TOO_LARGE = 'its answer is too large';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1_000_000;

/** What a lookup says of an address that is not allowed. */
class ForbiddenAddress extends Error {}

/** Makes the request, once. Never throws. */
export async function safeFetch(address: string, options: SafeRequest = {}): Promise<SafeAnswer> {
  const { policy = PUBLIC_HTTPS } = options;
  if (!URL.canParse(address)) return { kind: 'refused', reason: 'it is no address' };
  const url = new URL(address);
  const reason = refuse(url, policy);
  if (reason !== null) return { kind: 'refused', reason };
  try {
    return await exchange(url, policy, options);
  } catch (cause) {
    if (cause instanceof ForbiddenAddress) return { kind: 'refused', reason: cause.message };
    return { kind: 'failed', reason: isTimeout(cause) ? 'it does not answer in time' : describe(cause), cause };
  }
}

/** Why an address may not be asked, as far as it shows without the network; null when it may. */
function refuse(url: URL, { protocols, ports, allowsAddress }: FetchPolicy): string | null {
  if (!protocols.includes(url.protocol)) return `it does not start with ${protocols.join(' or ').replaceAll(':', '://')}`;
  if (url.username !== '' || url.password !== '') return 'it holds a user name or a password';
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (ports.length > 0 && !ports.includes(port)) return `the port ${port} is not allowed`;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !allowsAddress(host)) return 'it is not on the public internet';
  return null;
}

async function exchange(url: URL, policy: FetchPolicy, options: SafeRequest): Promise<SafeAnswer> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const { method = 'GET', headers = {}, body } = options;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const ask = url.protocol === 'https:' ? requestHttps : requestHttp;
    // No agent: a connection that was opened for one address is never used for another.
    const sent = ask(url, { method, headers, signal, agent: false, lookup: pinnedLookup(policy) }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
  const answered = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  const type = answered['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (options.contentTypes !== undefined && !options.contentTypes.includes(type)) {
    response.destroy();
    return { kind: 'failed', reason: 'its content is of another type', cause: null };
  }
  const bytes = await readBytes(response, options);
  if (bytes === null) return { kind: 'failed', reason: TOO_LARGE, cause: null };
  const text = options.binary ? '' : bytes.toString('utf8');
  return { kind: 'answered', status: response.statusCode ?? 0, headers: answered, text, bytes };
}

/** The body of an answer; null when it is too long. */
async function readBytes(response: IncomingMessage, { maxBytes = MAX_BYTES, mayCut = false }: SafeRequest): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes && !mayCut) {
      response.destroy();
      return null;
    }
    chunks.push(chunk);
    if (size >= maxBytes && mayCut) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

/** Resolves a name for one connection, and lets it through only when every address behind it is allowed. */
function pinnedLookup(policy: FetchPolicy): LookupFunction {
  return (name, options, answer) => {
    resolveName(name, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) return answer(error, '');
      if (found.length === 0 || !found.every(({ address }) => policy.allowsAddress(address)))
        return answer(new ForbiddenAddress('its name does not lead to the public internet'), '');
      if (options.all === true) return answer(null, found);
      answer(null, found[0]?.address ?? '', found[0]?.family);
    });
  };
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && (cause.name === 'TimeoutError' || (cause.cause instanceof Error && cause.cause.name === 'TimeoutError'));
}

function describe(cause: unknown): string {
  const { code } = cause as { code?: unknown };
  return typeof code === 'string' ? `the connection failed (${code})` : 'the connection failed';
}

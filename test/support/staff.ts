// People of the staff for tests over HTTP: an account with an authenticator, and a client that keeps its cookies as a browser does.
// `const ana = await joinStaff(app, { roles: ['caseworker'] }); await ana.call('readMe')`.
import { createHmac } from 'node:crypto';
import type { AnswerOf } from '../../src/api/operation.ts';
import { operations, type OperationName, type Operations } from '../../src/api/operations.ts';
import type { App } from '../../src/app.ts';
import { blankFields, inviteStaff, type StaffFields } from '../../src/store/manage-staff.ts';

export const PASSWORD = 'correct horse battery';

/** What came back. `body` is parsed JSON, or null. */
export interface Reply<T = unknown> {
  status: number;
  body: T;
  headers: Headers;
}

/** A browser of somebody: keeps cookies, sends them with `origin`. */
export interface StaffClient {
  cookies: Map<string, string>;
  /** Calls an operation, and fails where the answer is no success. */
  call<N extends OperationName>(name: N, given?: Given): Promise<AnswerOf<Operations[N]>>;
  /** Calls an operation, whatever comes back. */
  ask<N extends OperationName>(name: N, given?: Given): Promise<Reply>;
  /** A request to any path, with what headers are given beside the usual ones; null takes one of those out. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string | null>): Promise<Reply>;
}

interface Given {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

/** A member who has an account and a second factor. */
export interface StaffPerson extends StaffClient {
  id: string;
  email: string;
  /** Secret of the authenticator, base32. */
  totp: string;
  recoveryCodes: string[];
}

/** What a client needs: where the service is. */
export type Served = Pick<App, 'store' | 'service'> & { url: string };

let clients = 0;

/** A client of nobody yet. */
export function openClient(url: string): StaffClient {
  const cookies = new Map<string, string>();
  // As if behind a proxy: tries of one client do not count for another.
  const address = `203.0.113.${++clients % 250}`;
  const client: StaffClient = {
    cookies,
    async request(method, path, body, extra = {}) {
      const headers = new Headers({ origin: url, 'x-forwarded-for': address });
      if (cookies.size > 0) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
      if (body !== undefined) headers.set('content-type', 'application/json');
      for (const [name, value] of Object.entries(extra))
        if (value === null) headers.delete(name);
        else headers.set(name, value);
      const response = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      for (const line of response.headers.getSetCookie()) keep(cookies, line);
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text || null,
      };
    },
    ask(name, { params = {}, query = {}, body } = {}) {
      const { method, path } = operations[name];
      const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
      const search = new URLSearchParams(query).toString();
      return client.request(method.toUpperCase(), `/api/v1${filled}${search === '' ? '' : `?${search}`}`, body);
    },
    async call(name, given) {
      const { status, body } = await client.ask(name, given);
      if (status >= 300) throw new Error(`${name} was answered with ${status}: ${JSON.stringify(body)}`);
      return body as AnswerOf<Operations[typeof name]>;
    },
  };
  return client;
}

/** The code that an authenticator shows. @param secret base32; @param at ms */
export function totpCode(secret: string, at = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Invites somebody, takes the invitation up and sets up an authenticator, all over HTTP. */
export async function joinStaff(
  app: Served,
  fields: Partial<StaffFields> = {},
  email = `${Math.random().toString(36).slice(2)}@example.org`,
): Promise<StaffPerson> {
  const client = openClient(app.url);
  const { id, secret } = await app.store.transaction((tx) =>
    inviteStaff(tx, { ...blankFields(['administrator']), ...fields }, null, { by: 'operator', now: app.service.services.clock() }),
  );
  await client.call('acceptInvitation', { body: { token: secret, email, alias: fields.alias ?? 'Ana', password: PASSWORD } });
  const { uri, recoveryCodes } = await client.call('setUpTotp', { body: { password: PASSWORD } });
  const totp = new URL(uri).searchParams.get('secret') ?? '';
  await client.call('confirmTotp', { body: { code: totpCode(totp) } });
  // As if its minute were over: the code of the present moment is there for a test.
  await app.store.transaction((tx) => tx.db.updateTable('staff_auth_factors').set({ last_step: null }).where('user_id', '=', id).execute());
  return { ...client, id, email, totp, recoveryCodes };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const gone = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
  if (gone) cookies.delete(pair.slice(0, at));
  else cookies.set(pair.slice(0, at), pair.slice(at + 1));
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

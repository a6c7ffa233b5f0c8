// Azure's side of Bot Framework on this machine: keys, sign-in, and a connector that takes activities. Fails when told to.
// Shares no code with the product.
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FetchPolicy } from '../../src/util/safe-fetch.ts';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
const TENANT = '99999999-2222-4333-8444-555555555555';
const PASSWORD = 'a-password-of-the-tests';
const BOT_TOKEN = 'a-token-for-the-connector';

/** This machine, where tests have their connectors. */
export const THIS_MACHINE: FetchPolicy = { protocols: ['http:'], ports: [], allowsAddress: (address) => address === '127.0.0.1' };

export interface TakenActivity {
  conversationId: string;
  activity: { type: string; text?: string; locale?: string; suggestedActions?: unknown; from?: { id: string }; recipient?: { id: string } };
}

export type ConnectorTrouble = { kind: 'status'; status: number; retryAfter?: string } | { kind: 'cut'; taken: boolean };

export interface FakeConnector {
  url: string;
  /** Settings that point the product here. */
  env: Record<string, string>;
  /** Activities taken, oldest first. */
  taken: TakenActivity[];
  attempts: number;
  signIns: number;
  troubles: ConnectorTrouble[];
  /** What people have sent, by the path of its address; given to the bot alone. */
  files: Map<string, Uint8Array>;
  /** A token as Azure signs it; `change` makes it a wrong one, `key` signs with another key. */
  token(change?: Record<string, unknown>, header?: Record<string, unknown>, key?: KeyObject): string;
  /** A message activity of a person, ready to post. */
  activity(change?: Record<string, unknown>): Record<string, unknown>;
  /** Posts an activity to the product, with a good token unless told otherwise. */
  post(baseUrl: string, activity: unknown, token?: string | null): Promise<Response>;
  close(): Promise<void>;
}

let keys: { publicKey: KeyObject; privateKey: KeyObject } | null = null;

/** Starts Azure on a free port. */
export async function startConnector(): Promise<FakeConnector> {
  keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { publicKey, privateKey } = keys;
  const server = createServer((request, response) => void answer(connector, publicKey, request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connector: FakeConnector = {
    url,
    env: {
      MICROSOFT_APP_ID: APP_ID,
      MICROSOFT_APP_PASSWORD: PASSWORD,
      MICROSOFT_APP_TENANT_ID: TENANT,
      MICROSOFT_LOGIN_URL: url,
      MICROSOFT_OPENID_URL: `${url}/openid`,
    },
    taken: [],
    attempts: 0,
    signIns: 0,
    troubles: [],
    files: new Map(),
    token(change = {}, header = {}, key = privateKey) {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: 'https://api.botframework.com', aud: APP_ID, serviceurl: url, nbf: now - 10, exp: now + 3600, ...change };
      return sign({ alg: 'RS256', typ: 'JWT', kid: 'key-1', ...header }, claims, key);
    },
    activity: (change = {}) => ({
      type: 'message',
      id: 'activity-1',
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: url,
      from: { id: '29:person', name: 'Ana' },
      recipient: { id: '28:bot', name: 'Ventanilla' },
      conversation: { id: 'a:conversation', conversationType: 'personal', tenantId: TENANT },
      locale: 'es-ES',
      text: 'hola',
      ...change,
    }),
    post(baseUrl, activity, token = connector.token()) {
      const headers: Record<string, string> = {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      };
      const body = typeof activity === 'string' ? activity : JSON.stringify(activity);
      return fetch(`${baseUrl}/api/messages`, { method: 'POST', headers, body });
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return connector;
}

function sign(header: object, claims: object, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const data = `${part(header)}.${part(claims)}`;
  return `${data}.${createSign('RSA-SHA256').update(data).sign(key).toString('base64url')}`;
}

async function answer(connector: FakeConnector, publicKey: KeyObject, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const path = decodeURIComponent(request.url ?? '');
  if (path === '/openid')
    return json(response, 200, {
      issuer: 'https://api.botframework.com',
      jwks_uri: `${connector.url}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    });
  if (path === '/keys') {
    return json(response, 200, {
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig', endorsements: ['msteams', 'telegram'] }],
    });
  }
  if (path.endsWith('/oauth2/v2.0/token')) return signIn(connector, path, new URLSearchParams(body), response);
  const file = connector.files.get(path);
  if (file && request.headers.authorization === `Bearer ${BOT_TOKEN}`) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file);
    return;
  }
  const conversationId = /^\/v3\/conversations\/([^/]+)\/activities/.exec(path)?.[1];
  if (conversationId === undefined) return json(response, 404, {});
  if (request.headers.authorization !== `Bearer ${BOT_TOKEN}`) return json(response, 401, {});
  take(connector, { conversationId, activity: JSON.parse(body) as TakenActivity['activity'] }, request, response);
}

function signIn(connector: FakeConnector, path: string, form: URLSearchParams, response: ServerResponse): void {
  connector.signIns += 1;
  const good =
    path === `/${TENANT}/oauth2/v2.0/token` &&
    form.get('grant_type') === 'client_credentials' &&
    form.get('client_id') === APP_ID &&
    form.get('client_secret') === PASSWORD &&
    form.get('scope') === 'https://api.botframework.com/.default';
  json(
    response,
    good ? 200 : 401,
    good ? { token_type: 'Bearer', expires_in: 3600, access_token: BOT_TOKEN } : { error: 'invalid_client' },
  );
}

function take(connector: FakeConnector, taken: TakenActivity, request: IncomingMessage, response: ServerResponse): void {
  connector.attempts += 1;
  const trouble = connector.troubles.shift();
  if (trouble?.kind === 'status') {
    const error = { error: { code: 'ServiceError', message: 'Me quitaron el pasaporte en la finca' } };
    return json(response, trouble.status, error, trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter });
  }
  if (trouble === undefined || trouble.taken) connector.taken.push(taken);
  if (trouble === undefined) json(response, 200, { id: `sent-${connector.taken.length}` });
  else request.socket.destroy();
}

function json(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

// Walks every route that the service really has, with all channels on: each is decided on, and each decision holds.
// Routes that come later are found by themselves; one without a permission keeps the service from starting.
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlersOf, type Entry } from '../../src/http/permissions.ts';
import { createHttpApp } from '../../src/http/server.ts';
import { openLog } from '../../src/util/log.ts';
import { API_PERMISSIONS } from '../support/api-permissions.ts';
import { openEveryChannel, type EveryChannel } from '../support/every-channel.ts';

let world: EveryChannel;
let entries: readonly Entry[];
beforeAll(async () => {
  world = await openEveryChannel({ environment: { METRICS_TOKEN: 'a-metrics-token-of-the-tests' } });
  ({ entries } = world.hotline.app.http.permissions);
});
afterAll(() => world.close());

const nameOf = ({ method, pattern }: Entry): string => `${method} ${pattern}`;
const routed = (): Entry[] => entries.filter(({ method }) => method !== 'UPGRADE');
const pathOf = ({ pattern }: Entry): string => pattern.replace(/:[A-Za-z]+/g, 'x1').replace('*', 'nothing');
/** What leads to a session is open to whoever has none. */
const isOpen = ({ allow }: Entry): boolean => allow === 'public' || allow === 'signing in';
const methodOf = ({ method }: Entry): string => (method === 'ALL' ? 'GET' : method);

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request over a real socket, with a method and body that fetch would not send. */
function ask(method: string, path: string, options: { headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(world.url + path, { method, headers: options.headers ?? {}, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      // An answer may be cut short where the connection ends before the whole body was sent.
      response.on('close', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      response.on('error', () => {});
    });
    // A body that is refused early is not taken to its end.
    sent.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error)));
    sent.end(options.body);
  });
}

/** The first line of the answer to a WebSocket handshake; empty where the connection was cut. */
function upgrade(path: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(world.url);
    const socket = connect(Number(port), hostname, () => {
      const extra = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${extra.join('')}\r\n`,
      );
    });
    let got = '';
    socket.on('data', (chunk: Buffer) => {
      got += chunk.toString();
      socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(got.split('\r\n', 1)[0] ?? ''));
  });
}

const JSON_BODY = { 'content-type': 'application/json' };
/** What a stranger may bring along that looks like a credential of each kind. */
const WRONG: Record<string, Record<string, string>> = {
  token: { authorization: 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA' },
  operator: { authorization: 'Bearer another-token-than-the-right-one' },
  'signed by Twilio': { 'x-twilio-signature': `${'A'.repeat(27)}=`, 'content-type': 'application/x-www-form-urlencoded' },
  'signed by Slack': {
    'x-slack-signature': `v0=${'0'.repeat(64)}`,
    'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
    'content-type': 'application/json',
  },
  'signed by Azure Bot Service': { authorization: 'Bearer e30.e30.AAAA', 'content-type': 'application/json' },
  'signed in': { cookie: `ventanilla.session_token=${'A'.repeat(32)}.${'A'.repeat(43)}%3D`, 'sec-fetch-site': 'same-origin', ...JSON_BODY },
  staff: { authorization: 'Bearer vt_0123456789abcdef0123456789abcdef', ...JSON_BODY },
};
/** Which of them a route asks for. */
const wrongFor = ({ allow }: Entry): Record<string, string> | undefined => WRONG[allow.startsWith('staff ') ? 'staff' : allow];

describe('every route', () => {
  it('stands in the table of permissions, and the table holds nothing else', () => {
    const served = handlersOf(world.hotline.app.http.app);
    expect([...new Set(served)].toSorted()).toEqual(routed().map(nameOf).toSorted());
    // Read this list when it changes: it says who can do what.
    expect(Object.fromEntries(entries.map((entry) => [nameOf(entry), entry.allow]))).toEqual({
      ...API_PERMISSIONS,
      'GET /console': 'public',
      'GET /console/assets/:file': 'public',
      'GET /console/*': 'public',
      'GET /api/auth/passkey/generate-register-options': 'signed in',
      'POST /api/auth/passkey/verify-registration': 'signed in',
      'GET /api/auth/passkey/generate-authenticate-options': 'signing in',
      'POST /api/auth/passkey/verify-authentication': 'signing in',
      'GET /livez': 'public',
      'GET /readyz': 'public',
      'GET /metrics': 'operator',
      'GET /': 'public',
      'GET /widget.js': 'public',
      'GET /site.css': 'public',
      'GET /fonts/:file': 'public',
      'GET /widget/texts/:file': 'public',
      'POST /v3/directline/tokens/generate': 'public',
      'POST /v3/directline/tokens/refresh': 'token',
      'POST /v3/directline/conversations': 'token',
      'GET /v3/directline/conversations/:id': 'token',
      'GET /v3/directline/conversations/:id/activities': 'token',
      'POST /v3/directline/conversations/:id/activities': 'token',
      'POST /v3/directline/conversations/:id/upload': 'token',
      'UPGRADE /v3/directline/conversations/:id/stream': 'token',
      'ALL /v3/directline/*': 'public',
      'POST /channels/twilio/messages': 'signed by Twilio',
      'POST /channels/twilio/status': 'signed by Twilio',
      'POST /api/messages': 'signed by Azure Bot Service',
      'POST /slack/events': 'signed by Slack',
    });
  });

  it('that is not public refuses whoever brings nothing, or something wrong', async () => {
    const body = JSON.stringify(world.azure.activity());
    for (const entry of routed().filter((one) => !isOpen(one))) {
      const sent = ['GET', 'DELETE'].includes(methodOf(entry)) ? {} : { body };
      expect([401, 403], nameOf(entry)).toContain((await ask(methodOf(entry), pathOf(entry), sent)).status);
      const headers = wrongFor(entry);
      expect(headers, `Say here what a wrong credential looks like for "${entry.allow}".`).toBeDefined();
      expect([401, 403], nameOf(entry)).toContain((await ask(methodOf(entry), pathOf(entry), { ...sent, headers: headers ?? {} })).status);
      for (const other of Object.values(WRONG))
        expect([401, 403], nameOf(entry)).toContain((await ask(methodOf(entry), pathOf(entry), { ...sent, headers: other })).status);
    }
  });

  it('that is public changes nothing but what a stranger may begin', () => {
    const changing = entries.filter(({ allow, method }) => allow === 'public' && method !== 'GET');
    expect(changing.map(nameOf)).toEqual(['POST /v3/directline/tokens/generate', 'ALL /v3/directline/*']);
  });

  it('answers another method with 404 or 405', async () => {
    for (const entry of routed()) {
      for (const method of ['PUT', 'PATCH', 'DELETE', 'PROPFIND', methodOf(entry) === 'GET' ? 'POST' : 'GET']) {
        if (routed().some((other) => other.method === method && other.pattern === entry.pattern)) continue;
        expect([404, 405], `${method} ${entry.pattern}`).toContain((await ask(method, pathOf(entry))).status);
      }
    }
  });

  it('refuses a body of 2 MB, whether its length is told or not, and stays up', async () => {
    const body = Buffer.alloc(2_000_000, 'a');
    for (const entry of routed()) {
      const told = { headers: { 'content-length': String(body.length), 'content-type': 'application/json' }, body };
      const untold = { headers: { 'transfer-encoding': 'chunked', 'content-type': 'application/json' }, body };
      const { status } = await ask(methodOf(entry), pathOf(entry), told);
      // An upload is refused as well, because its sender has not shown who they are.
      expect((entry.maxBytes ?? 0) > body.length ? [401, 403] : [413], nameOf(entry)).toContain(status);
      expect((await ask(methodOf(entry), pathOf(entry), untold)).status, nameOf(entry)).toBeLessThan(500);
    }
    expect((await ask('GET', '/livez')).status).toBe(200);
  });

  it('stays up and says 4xx whatever is in the body', async () => {
    const bodies = [
      '',
      '[',
      '['.repeat(60_000),
      `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"type":"message"}',
      '\u0000\uFFFE',
      'null',
      '"text"',
      '{"type":{"$ne":1}}',
      JSON.stringify(world.azure.activity({ value: 'deep' })).replace('"deep"', `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    ];
    const caller = await token();
    for (const entry of routed().filter(({ method }) => method === 'POST')) {
      for (const body of bodies) {
        for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/xml', 'nonsense; charset=']) {
          for (const authorization of [`Bearer ${caller.token}`, `Bearer ${world.azure.token()}`]) {
            const path = entry.pattern.replace(':id', caller.conversationId);
            const { status } = await ask('POST', path, { headers: { 'content-type': type, authorization }, body });
            expect(status, `${nameOf(entry)} ${type} ${body.slice(0, 20)}`).toBeLessThan(500);
          }
        }
      }
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('sends headers that protect, errors included', async () => {
    for (const entry of routed()) {
      const { headers } = await ask(methodOf(entry), pathOf(entry));
      expect(headers, nameOf(entry)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': expect.stringMatching(/^(same-origin|cross-origin)$/) as string,
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/) as string,
      });
      expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
      // A passkey's challenge is the one thing that a stranger's browser is given to keep.
      if (!entry.pattern.endsWith('/generate-authenticate-options')) expect(headers['set-cookie']).toBeUndefined();
      expect(headers['server']).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  it('lets no page of another origin read it but the web chat and what it is made of', async () => {
    for (const entry of routed()) {
      const { headers } = await ask(methodOf(entry), pathOf(entry), { headers: { origin: 'https://evil.example.org' } });
      const shared = entry.pattern.startsWith('/v3/directline') || /^\/(widget|fonts|site\.css)/.test(entry.pattern);
      expect(shared ? ['*', undefined] : [undefined], nameOf(entry)).toContain(headers['access-control-allow-origin']);
      expect(headers['access-control-allow-credentials'], nameOf(entry)).toBeUndefined();
    }
  });
});

async function token(): Promise<{ token: string; conversationId: string }> {
  const { body } = await ask('POST', '/v3/directline/tokens/generate');
  return JSON.parse(body) as { token: string; conversationId: string };
}

describe('a WebSocket', () => {
  it('is opened for the holder of the token of that conversation, and for nobody else', async () => {
    const stream = ({ conversationId }: { conversationId: string }, t: string): string =>
      `/v3/directline/conversations/${conversationId}/stream?watermark=-&t=${t}`;
    const [own, other] = [await token(), await token()];
    expect(await upgrade(stream(own, own.token))).toMatch(/^HTTP\/1\.1 101 /);
    for (const path of [stream(own, other.token), stream(own, ''), stream(own, `${own.token}x`)])
      expect(await upgrade(path)).toMatch(/^HTTP\/1\.1 (401|403) /);
  });
  it('is opened at no address that does not stand in the table', async () => {
    for (const path of [...routed().map(pathOf), '/', '/v3/directline/conversations/x/stream/x', '//', 'http://[/'])
      expect(await upgrade(path), path).toMatch(/^(HTTP\/1\.1 400 .*)?$/);
  });
});

describe('a route without a permission', () => {
  const log = openLog('silent');
  const part = (): Hono => new Hono().get('/open', (c) => c.text('open'));
  it('keeps the service from starting', () => {
    expect(() => createHttpApp({ routes: [{ routes: part() }], channels: [], log })).toThrow('GET /open has no permission');
    expect(() =>
      createHttpApp({ routes: [], channels: [{ channels: [], routes: part(), permissions: { 'POST /open': 'public' } }], log }),
    ).toThrow('GET /open has no permission');
    expect(() => createHttpApp({ routes: [], channels: [{ channels: [], routes: null, upgrade: () => true }], log })).toThrow('WebSockets');
    expect(createHttpApp({ routes: [{ routes: part(), permissions: { 'GET /open': 'public' } }], channels: [], log })).toBeDefined();
  });
  it('is found when it is put in later, behind the table', async () => {
    const { app } = createHttpApp({ routes: [], channels: [], log });
    app.get('/open', (c) => c.text('open'));
    expect(handlersOf(app)).toEqual(['GET /open']);
    expect((await app.request('/open')).status).toBe(404);
  });
  it('is found behind a middleware that answers by itself', async () => {
    const sly = new Hono().use('/sly', async (c, next) => (c.req.query('x') === undefined ? c.text('open') : next()));
    const { app } = createHttpApp({ routes: [{ routes: sly }], channels: [], log });
    expect((await app.request('/sly')).status).toBe(404);
  });
  it('is told from a permission without a route, and from a route that two parts answer', () => {
    const permissions = { 'GET /open': 'public', 'GET /gone': 'public' } as const;
    expect(() => createHttpApp({ routes: [{ routes: part(), permissions }], channels: [], log })).toThrow('GET /gone belongs to no route');
    const once = { routes: part(), permissions: { 'GET /open': 'public' } } as const;
    expect(() => createHttpApp({ routes: [once, once], channels: [], log })).toThrow('Two parts');
  });
});

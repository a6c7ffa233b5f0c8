// What stands before every route: operators' counts, forms of other sites, headers, ambiguous and slow requests.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directLine } from '../../src/channels/direct-line/direct-line.ts';
import { refuseOperator } from '../../src/http/operators.ts';
import { createHttpApp, listen, type RunningServer } from '../../src/http/server.ts';
import { isNear, isPublicAddress } from '../../src/util/address-ranges.ts';
import { openLog } from '../../src/util/log.ts';
import { openHotline, type TestHotline } from '../support/app.ts';
import { freePort } from '../support/process.ts';
import { Hono } from 'hono';

let hotline: TestHotline;
let port: number;
let url: string;
beforeAll(async () => {
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  hotline = await openHotline({ environment: { PORT: String(port) }, modules: [directLine] });
  await hotline.app.listen();
});
afterAll(() => hotline.close());

describe('the counts for operators', () => {
  it('are open to this machine without any setting, but not through a proxy', async () => {
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'via'])
      expect((await fetch(`${url}/metrics`, { headers: { [name]: '198.51.100.7' } })).status).toBe(403);
  });
  it('are open to whoever has METRICS_TOKEN once it is set, and to nobody else', () => {
    const rule = { token: 'a-metrics-token-of-the-tests', exposed: true };
    const call = { authorization: undefined, peer: '127.0.0.1', forwarded: false };
    expect(refuseOperator(rule, { ...call, peer: '8.8.8.8', authorization: `Bearer ${rule.token}` })).toBeNull();
    for (const authorization of [undefined, '', rule.token, `Bearer ${rule.token}x`, `Basic ${rule.token}`, 'Bearer '])
      expect(refuseOperator(rule, { ...call, authorization })).toMatch(/METRICS_TOKEN/);
  });
  it('of a service with a public name are open only by that token: a proxy may stand on the same machine', () => {
    const call = { authorization: undefined, peer: '127.0.0.1', forwarded: false };
    expect(refuseOperator({ token: null, exposed: true }, call)).toMatch(/Set METRICS_TOKEN/);
    expect(refuseOperator({ token: null, exposed: false }, call)).toBeNull();
    expect(refuseOperator({ token: null, exposed: false }, { ...call, peer: '::ffff:172.18.0.3' })).toBeNull();
    for (const peer of ['8.8.8.8', '2606:4700::1111', undefined])
      expect(refuseOperator({ token: null, exposed: false }, { ...call, peer })).toMatch(/private network/);
  });
});

describe('a form on another site', () => {
  const post = (headers: Record<string, string | undefined>) =>
    fetch(`${url}/v3/directline/tokens/generate`, {
      method: 'POST',
      body: '',
      headers: { 'content-type': 'text/plain', ...(headers as Record<string, string>) },
    });
  it('cannot send anything to a route that asks for no signature and no token', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example.org' },
      { origin: 'null' },
    ])
      expect((await post(headers)).status, JSON.stringify(headers)).toBe(403);
    for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }, { origin: url }])
      expect((await post(headers)).status, JSON.stringify(headers)).toBe(200);
  });
  it('is no hindrance to the chat on another site, which sends no form', async () => {
    const headers = { origin: 'https://city.example.org', 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
    expect((await fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST', body: '{}', headers })).status).toBe(200);
  });
});

describe('headers', () => {
  it('keep browsers on https where the service has such a name, and only there', async () => {
    const answer = async (publicUrl: string): Promise<string | null> => {
      const { app } = createHttpApp({ routes: [], channels: [], log: openLog('silent'), publicUrl });
      return (await app.request('/')).headers.get('strict-transport-security');
    };
    expect(await answer('https://hotline.example.org')).toBe('max-age=31536000');
    expect(await answer('http://127.0.0.1:8080')).toBeNull();
  });
  it('let the demo page run only what this server serves, and the page holds no script or style of its own', async () => {
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).not.toMatch(/unsafe|\*|https?:/);
    const html = await page.text();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:/i);
  });
});

/** Sends bytes as they are; the first line of every answer that comes before the end. */
function raw(target: number, text: string): Promise<string[]> {
  return new Promise((resolve) => {
    let got = '';
    const socket = connect(target, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk: Buffer) => (got += chunk.toString()));
    socket.on('error', () => {});
    socket.on('close', () => resolve([...got.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => match[1] ?? '')));
  });
}

describe('a request that could be read in two ways', () => {
  const hidden = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n';
  it.each([
    [
      'has a length and chunks',
      `POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    ['has two lengths', `POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`],
    ['has an odd encoding', `POST /livez HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`],
    ['hides its encoding', `POST /livez HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`],
    ['has a signed length', `POST /livez HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n\r\n${hidden}`],
    ['has a folded header', `GET /livez HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c: d\r\n\r\n${hidden}`],
    ['names no host', `GET /livez HTTP/1.1\r\n\r\n${hidden}`],
    ['has too many headers', `GET /livez HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n${hidden}`],
  ])('%s: refused, and what follows is not read', async (_name, text) => {
    const answers = await raw(port, text);
    expect(answers).toHaveLength(1);
    expect(['400', '431']).toContain(answers[0]);
  });
});

describe('a slow request', () => {
  let server: RunningServer;
  let slowPort: number;
  beforeAll(async () => {
    const part = { routes: new Hono().get('/a', (c) => c.text('a')), permissions: { 'GET /a': 'public' } } as const;
    server = await listen(createHttpApp({ routes: [part], channels: [], log: openLog('silent') }), [], 0, '127.0.0.1', {
      headersTimeout: 50,
      requestTimeout: 50,
      connectionsCheckingInterval: 20,
    });
    slowPort = server.port;
  });
  afterAll(() => server.close());
  it('is cut when its headers or its body do not come', async () => {
    expect(await raw(slowPort, 'GET /a HTTP/1.1\r\nHost: x\r\n')).toEqual(['408']);
    expect(await raw(slowPort, 'GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n')).toContain('200');
  });
});

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ])('such as %s is not of the public internet', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each([
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '100::1',
  ])('such as %s is neither', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(['1.1.1.1', '172.32.0.1', '193.0.0.1', '2606:4700:4700::1111'])('such as %s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
    expect(isNear(address)).toBe(false);
  });
  it.each(['', 'localhost', '1.1.1', '0x7f000001'])('%j is none', (address) => expect(isPublicAddress(address)).toBe(false));
});

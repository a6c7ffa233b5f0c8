// Requests to addresses that others chose: nothing of one's own network is reached, and nothing endless is read.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUBLIC_WEB, safeFetch, type FetchPolicy } from '../../src/util/safe-fetch.ts';

let server: Server;
let url: string;
let asked: string[] = [];
/** This machine, for tests only: no setting of the service leads here. */
const HERE: FetchPolicy = { protocols: ['http:'], ports: [], allowsAddress: (address) => address === '127.0.0.1' || address === '::1' };

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.url === '/redirect') return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    if (request.url === '/silent') return;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    if (request.url === '/endless') return void response.write('a'.repeat(100_000));
    response.end('hola');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe('an address', () => {
  it.each([
    ['http://example.org/', /https:/],
    ['ftp://example.org/', /https:/],
    ['file:///etc/passwd', /https:/],
    ['gopher://example.org/', /https:/],
    ['https://user:secret@example.org/', /password/],
    ['https://example.org:22/', /port 22/],
    ['https://127.0.0.1/', /public internet/],
    ['https://127.1/', /public internet/],
    ['https://0x7f000001/', /public internet/],
    ['https://2130706433/', /public internet/],
    ['https://017700000001/', /public internet/],
    ['https://169.254.169.254/latest/meta-data/', /public internet/],
    ['https://[::1]/', /public internet/],
    ['https://[::ffff:169.254.169.254]/', /public internet/],
    ['https://[64:ff9b::a9fe:a9fe]/', /public internet/],
    ['https://[2002:7f00:1::]/', /public internet/],
    ['https://[fe80::1]/', /public internet/],
    ['https://localhost/', /public internet/],
    ['nonsense', /no address/],
    ['//example.org/', /no address/],
  ])('%s is refused and nothing is sent', async (address, reason) => {
    expect(await safeFetch(address)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  });
  it('of this machine is refused to links as well, by number and by name', async () => {
    asked = [];
    for (const one of [url, url.replace('127.0.0.1', 'localhost')]) {
      const policy: FetchPolicy = { ...PUBLIC_WEB, ports: [] };
      expect(await safeFetch(one, { policy })).toMatchObject({ kind: 'refused' });
    }
    expect(asked).toEqual([]);
  });
});

describe('an answer', () => {
  it('is given with its status and text', async () => {
    expect(await safeFetch(`${url}/page`, { policy: HERE })).toMatchObject({ kind: 'answered', status: 200, text: 'hola' });
  });
  it('that leads elsewhere is not followed', async () => {
    expect(await safeFetch(`${url}/redirect`, { policy: HERE })).toMatchObject({ kind: 'answered', status: 302 });
  });
  it('that is too large, too late or of another type is given up', async () => {
    expect(await safeFetch(`${url}/endless`, { policy: HERE, maxBytes: 1000 })).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/large/) as string,
    });
    expect(await safeFetch(`${url}/endless`, { policy: HERE, maxBytes: 1000, mayCut: true })).toMatchObject({
      kind: 'answered',
      text: 'a'.repeat(1000),
    });
    expect(await safeFetch(`${url}/silent`, { policy: HERE, timeoutMs: 50 })).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/in time/) as string,
    });
    expect(await safeFetch(`${url}/page`, { policy: HERE, contentTypes: ['application/json'] })).toMatchObject({
      kind: 'failed',
      reason: expect.stringMatching(/type/) as string,
    });
  });
  it('that never comes tells that nothing was sent', async () => {
    const answer = await safeFetch('http://127.0.0.1:1/', { policy: HERE });
    expect(answer).toMatchObject({ kind: 'failed', cause: { syscall: 'connect' } });
  });
});

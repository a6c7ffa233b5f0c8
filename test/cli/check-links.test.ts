// `check --links` finds pages that are gone, where they are linked, and asks nothing of one's own network.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { checkLinks } from '../../src/cli/check-links.ts';
import { findLinks } from '../../src/release/find-links.ts';
import { formatProblem } from '../../src/release/problem.ts';
import { PUBLIC_WEB, type FetchPolicy } from '../../src/util/safe-fetch.ts';

let server: Server;
let url: string;
let asked: string[] = [];
let open = 0;
let most = 0;
const HERE: FetchPolicy = { protocols: ['http:'], ports: [], allowsAddress: (address) => address === '127.0.0.1' };

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    most = Math.max(most, (open += 1));
    response.on('close', () => (open -= 1));
    const status = { '/gone': 404, '/closed': 410, '/shy': 403, '/ill': 503 }[request.url ?? ''];
    if (request.url === '/moved') response.writeHead(301, { location: '/good' }).end();
    else if (request.url === '/lost') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else if (request.url === '/round') response.writeHead(302, { location: '/round' }).end();
    else if (request.url === '/no-head' && request.method === 'HEAD') response.writeHead(404).end();
    else response.writeHead(status ?? 200).end('hola');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => void ([asked, most] = [[], 0]));

const check = async (text: string, policy = HERE): Promise<string[]> =>
  (await checkLinks(findLinks({ 'flows/directory/places.yaml': text }), policy)).map((problem) =>
    formatProblem(problem).replaceAll(url, ''),
  );

it('tells file, line and column of a page that is gone, at every place that links to it', async () => {
  const text = `- url: ${url}/gone\n- url: ${url}/good\n- notes: véase ${url}/gone.\n- url: ${url}/closed\n`;
  expect(await check(text)).toEqual([
    'flows/directory/places.yaml:1:8 error: The link /gone leads nowhere: the server answers 404. Mend it or take it out. (link.dead)',
    'flows/directory/places.yaml:3:16 error: The link /gone leads nowhere: the server answers 404. Mend it or take it out. (link.dead)',
    'flows/directory/places.yaml:4:8 error: The link /closed leads nowhere: the server answers 410. Mend it or take it out. (link.dead)',
  ]);
  expect(asked.filter((one) => one === 'HEAD /gone')).toHaveLength(1);
});

it('only warns where the network or the server will not say', async () => {
  const found = await check(`a: ${url}/shy\nb: ${url}/ill\nc: http://127.0.0.1:1/\nd: ${url}/round\n`);
  expect(found).toHaveLength(4);
  for (const one of found) expect(one).toMatch(/warning: .*link\.unsure/);
});

it('asks briefly, follows what has moved, and asks a host one thing at a time', async () => {
  expect(await check(`a: ${url}/moved\nb: ${url}/no-head\nc: ${url}/good\n`)).toEqual([]);
  expect(asked).toEqual(['HEAD /moved', 'HEAD /good', 'HEAD /no-head', 'GET /no-head', 'HEAD /good']);
  expect(most).toBe(1);
});

it('refuses addresses of the own network, also where a page leads on to one', async () => {
  expect((await check(`a: ${url}/lost\n`))[0]).toMatch(/error: .*not on the public internet|error: .*port/);
  asked = [];
  for (const one of await check(`a: ${url}/good\nb: http://localhost/\nc: https://user:secret@example.org/\n`, PUBLIC_WEB))
    expect(one).toMatch(/error/);
  expect(asked).toEqual([]);
});

it('finds links in running text, and leaves out what a value is put into', () => {
  const text = '{"x": "ver https://a.example.org/b?c=d, o (http://e.example.org). https://f.example.org/{{id}}"}';
  expect(findLinks({ 'a.json': `\n${text}` })).toEqual(
    ['https://a.example.org/b?c=d', 'http://e.example.org'].map((one) => ({
      file: 'a.json',
      line: 2,
      column: text.indexOf(one) + 1,
      url: one,
    })),
  );
});

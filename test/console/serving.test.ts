// How the console is served: one page at every address, files that never change their meaning, and a policy without exceptions.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveConsole, type ConsoleService } from '../support/console.ts';

let service: ConsoleService;
beforeAll(async () => void (service = await serveConsole()));
afterAll(() => service.close());

const get = (place: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${service.url}${place}`, { headers, redirect: 'manual' });

describe('the page', () => {
  it('answers every address below /console/, and is asked for anew each time', async () => {
    expect((await get('/console')).headers.get('location')).toBe('/console/');
    for (const place of ['/console/', '/console/cases/abc', '/console/complaints/Q-1234']) {
      const answer = await get(place);
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-cache',
      ]);
      expect(await answer.text()).toContain('<div id="root">');
    }
  });

  it('takes scripts and styles from this server alone, and has none inside', async () => {
    const answer = await get('/console/');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    const html = await answer.text();
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    expect(
      [...html.matchAll(/(?:src|href)="([^"]+)"/g)]
        .map((match) => match[1] ?? '')
        .filter((url) => !/^(\/console\/assets\/|data:,$)/.test(url)),
    ).toEqual([]);
  });
});

describe('what the page is made of', () => {
  it('may be kept for a year, and comes compressed', async () => {
    const html = await (await get('/console/')).text();
    const script = /src="([^"]+\.js)"/.exec(html)?.[1] ?? '';
    const answer = await get(script, { 'accept-encoding': 'gzip' });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect((await get(script, { 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('is nothing else: no other file can be reached', async () => {
    for (const place of [
      '/console/assets/nothing.js',
      '/console/assets/..%2Findex.html',
      '/console/assets/%2e%2e%2f.stamp',
      '/console/assets/x.json',
    ])
      expect((await get(place)).status).toBe(404);
  });
});

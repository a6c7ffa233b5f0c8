// What the server gives for the web chat, over HTTP: script, words, letters, and the demo page without any script.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Hono } from 'hono';
import { DEMO_PAGE_HEADERS } from '../../src/http/demo-page.ts';
import { choosePageLanguage, parseAcceptLanguage } from '../../src/http/page-language.ts';
import type { TextFile } from '../../src/widget/texts.ts';
import { localeTexts, webPages } from '../support/web-pages.ts';

let pages: Hono;
const get = (url: string, headers: Record<string, string> = {}) => pages.request(url, { headers });
const html = async (url: string, headers?: Record<string, string>, from = pages) =>
  (await from.request(url, { headers: headers ?? {} })).text();
const root = path.resolve(import.meta.dirname, '../..');

let distDir: string;
beforeAll(() => {
  distDir = mkdtempSync(path.join(tmpdir(), 'ventanilla-dist-'));
  mkdirSync(path.join(distDir, 'fonts'));
  writeFileSync(path.join(distDir, 'widget.js'), 'console.log("widget")'.repeat(50));
  writeFileSync(path.join(distDir, 'fonts', 'noto-sans-arabic.woff2'), 'letters');
  pages = webPages(distDir);
});

describe('files', () => {
  it('serves the script to any website, compressed, and not twice when it did not change', async () => {
    const script = await get('/widget.js', { 'accept-encoding': 'br, gzip' });
    expect(script.status).toBe(200);
    expect(Object.fromEntries(script.headers)).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'accept-encoding',
    });
    expect((await get('/widget.js', { 'if-none-match': script.headers.get('etag') ?? '' })).status).toBe(304);
    expect(await (await get('/widget.js')).text()).toContain('widget');
  });

  it('serves letters and the style sheet, and nothing else of the disk', async () => {
    expect((await get('/fonts/noto-sans-arabic.woff2')).headers.get('content-type')).toBe('font/woff2');
    expect((await get('/site.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
    for (const place of [
      '/fonts/..%2fwidget.js',
      '/fonts/none.woff2',
      '/fonts/widget.js',
      '/widget/texts/..%2f..%2fpackage.json',
      '/widget/texts/es',
    ]) {
      expect((await get(place)).status, place).toBe(404);
    }
  });

  it('says what to do when the widget is not built', async () => {
    const unbuilt = await webPages('/nowhere').request('/widget.js');
    expect(unbuilt.status).toBe(404);
    expect(await unbuilt.text()).toMatch(/not built yet.*npm start/);
  });

  it('serves the widget’s words in the nearest language, with the list of all', async () => {
    const words = async (url: string) => (await (await get(url)).json()) as TextFile;
    expect(await words('/widget/texts/ar-MA.json')).toMatchObject({ language: 'ar', direction: 'rtl', texts: { send: 'إرسال' } });
    expect(await words('/widget/texts/qu.json?or=xx,fr-CA')).toMatchObject({ language: 'fr' });
    expect(await words('/widget/texts/und.json')).toMatchObject({ language: 'es' });
    expect((await words('/widget/texts/es.json')).languages.map((one) => one.name)).toEqual(['Español', 'English', 'Français', 'العربية']);
  });
});

it('opens its own files to other websites, and nothing else of the server', async () => {
  const app = new Hono();
  app.route('/', pages);
  app.get('/api/secret', (c) => c.text('secret'));
  expect((await app.request('/api/secret')).headers.get('access-control-allow-origin')).toBeNull();
  expect((await app.request('/')).headers.get('access-control-allow-origin')).toBeNull();
  expect((await app.request('/widget/texts/es.json')).headers.get('access-control-allow-origin')).toBe('*');
});

describe('words', () => {
  const read = (language: string, namespace: string) =>
    JSON.parse(readFileSync(path.join(root, 'locales', language, `${namespace}.json`), 'utf8')) as Record<string, string>;

  it.each(['widget', 'site'])('of %s are complete in every language, with the same values to fill in', (namespace) => {
    const values = (text: string): string[] => [...text.matchAll(/\{\{\w+\}\}/g)].map(([found]) => found).sort();
    const spanish = read('es', namespace);
    for (const language of ['en', 'fr', 'ar']) {
      const other = read(language, namespace);
      expect(Object.keys(other)).toEqual(Object.keys(spanish));
      for (const [key, text] of Object.entries(other)) expect(values(text), `${language} ${key}`).toEqual(values(spanish[key] ?? ''));
    }
  });

  it('of the widget are exactly those that its sources use', () => {
    const folder = path.join(root, 'src/widget');
    const source = readdirSync(folder)
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n');
    const built = /^(state_|file_(picture|voice|file)$|person$|service$|staff$|offline$|busy$)/;
    for (const key of Object.keys(read('es', 'widget'))) if (!built.test(key)) expect(source, key).toContain(`'${key}'`);
  });
});

describe('the demo page', () => {
  it('is useful without script: what it is, the numbers, and what to expect', async () => {
    const page = await html('/', { 'accept-language': 'en' });
    for (const words of [
      'Questions in a new place?',
      'href="sms:+34600000001"',
      '+34 600 00 00 02',
      'https://wa.me/34600000002',
      'This is a demonstration',
      'Nobody is on duty',
      '<noscript>',
      'not an emergency service',
    ]) {
      expect(page).toContain(words);
    }
    expect(page).toContain('TWILIO_AUTH_TOKEN');
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script>|javascript:/);
    expect(page).not.toMatch(/src="https?:/);
  });

  it('speaks the language that was asked for, by link before browser', async () => {
    expect(await html('/', { 'accept-language': 'fr-CA, en;q=0.8' })).toContain('<html lang="fr" dir="ltr">');
    expect(await html('/?lang=ar', { 'accept-language': 'fr' })).toContain('<html lang="ar" dir="rtl">');
    expect(await html('/?lang=xx', { 'accept-language': 'zh' })).toContain('<html lang="es" dir="ltr">');
  });

  it('leaves out what is not so', async () => {
    const calm = webPages(distDir, { sms: null, whatsapp: null, warnings: [], demonstration: false });
    const page = await html('/?lang=en', {}, calm);
    expect(page).not.toMatch(/demonstration|Nobody is on duty|sms:|wa\.me|For those who run/);
    expect(page).toContain('No phone number is connected');
  });

  it('escapes whatever it is given', async () => {
    const odd = webPages(distDir, { name: '<b>"&\'', warnings: [{ kind: 'channel_off', channel: '<i>$&', settings: ['<u>'] }] });
    const page = await html('/', {}, odd);
    expect(page).not.toMatch(/<b>|<i>|<u>/);
    expect(page).toContain('&lt;b&gt;&quot;&amp;&#39;');
    expect(page).toContain('<bdi>&lt;i&gt;$&amp;</bdi>');
  });

  it('allows neither inline script and style nor any other host', () => {
    const policy = DEMO_PAGE_HEADERS['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});

it('reads Accept-Language by weight and skips nonsense', () => {
  expect(parseAcceptLanguage('en;q=0.5, ar-EG, <script>, fr;q=0, es;q=0.9')).toEqual(['ar-EG', 'es', 'en']);
  expect(parseAcceptLanguage(undefined)).toEqual([]);
  expect(choosePageLanguage(localeTexts, ['AR-eg']).tag).toBe('ar');
});

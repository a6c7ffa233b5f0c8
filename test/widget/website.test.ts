// The chat on websites of others: one line of embedding, strict policies, no third party, letters that a device lacks, and its size.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { until, visit } from '../support/visitor.ts';
import { startWebChat, type WebChat } from '../support/web-chat.ts';
import { buildWidget, webPages } from '../support/web-pages.ts';

const MAX_GZIP_BYTES = 30_000;
let chat: WebChat;
let browser: Browser;
let distDir: string;

beforeAll(async () => {
  distDir = await buildWidget();
  chat = await startWebChat({ pages: webPages(distDir) });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await chat.close();
});

it('is one small file', () => {
  const script = readFileSync(path.join(distDir, 'widget.js'));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(MAX_GZIP_BYTES);
  expect(script.toString()).not.toMatch(/\b(eval|innerHTML|document\.write|localStorage)\b|new Function/);
});

it('floats in the corner of a website, and fills the screen of a phone', async () => {
  const wide = await visit(browser, chat, '/website');
  await wide.open();
  const panel = (await wide.page.locator('.panel').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  expect(panel.x + panel.width).toBe(1000 - 16);
  expect(panel.width).toBe(420);
  await wide.close();
  const narrow = await visit(browser, chat, '/website', { viewport: { width: 360, height: 640 } });
  await narrow.open();
  expect(await narrow.page.locator('.panel').boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
  expect((await narrow.page.getByRole('button', { name: 'Salir rápido' }).boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await narrow.close();
});

it('keeps to a strict policy and asks nobody but the service for anything', async () => {
  const policy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; require-trusted-types-for 'script'";
  const maria = await visit(browser, chat, `/website?policy=${encodeURIComponent(policy)}`);
  await maria.open();
  await maria.write('hola');
  await maria.sees('eco: hola');
  expect(maria.complaints).toEqual([]);
  expect(await maria.page.locator('.panel').evaluate((one) => getComputedStyle(one).display)).toBe('flex');
  expect(maria.requests.filter((url) => !url.startsWith(chat.url) && !url.startsWith('data:'))).toEqual([]);
  expect(await maria.page.context().cookies()).toEqual([]);
  await maria.close();
});

it('follows the page, the browser, and its own attribute before both', async () => {
  const openerOf = async (query: string, locale: string): Promise<string> => {
    const maria = await visit(browser, chat, `/website?${query}`, { locale });
    const words = await maria.page.locator('.shut .full').textContent();
    await maria.close();
    return words ?? '';
  };
  expect(await openerOf('lang=en', 'ar')).toBe('Write to us');
  expect(await openerOf('lang=', 'fr-CA')).toBe('Écrivez-nous');
  expect(await openerOf('lang=qu', 'ar-MA')).toBe('اكتب لنا');
  expect(await openerOf('lang=qu', 'qu')).toBe('Escríbanos');
  const maria = await visit(browser, chat, '/?lang=fr', { locale: 'en' });
  expect(await maria.page.locator('.shut .full').textContent()).toBe('Écrivez-nous');
  await maria.close();
});

describe('a page that may not use the chat', () => {
  it('is told so when its own policy forbids the connection', async () => {
    // The texts pass, the chat itself does not: the same as a list of addresses that misses one.
    const policy = `default-src 'none'; script-src 'self'; connect-src ${chat.url}/widget/`;
    const maria = await visit(browser, chat, `/website?policy=${encodeURIComponent(policy)}`);
    await maria.page.locator('.shut .full').click();
    await maria.sees('La configuración de este sitio');
    await maria.write('hola');
    expect(await maria.bubbles()).toEqual(['hola']);
    await maria.close();
  });

  it('is told so when the service does not list it', async () => {
    const closed = await startWebChat({ env: { DIRECT_LINE_ORIGINS: 'https://city.example' }, pages: webPages(distDir) });
    const maria = await visit(browser, chat, `/website?service=${encodeURIComponent(closed.url)}`);
    await maria.page.locator('.shut .full').click();
    await maria.sees('La configuración de este sitio');
    expect(closed.received).toEqual([]);
    await maria.close();
    await closed.close();
  });
});

it('works from another origin when it may', async () => {
  const maria = await visit(browser, chat, `/website?service=${encodeURIComponent(chat.url.replace('127.0.0.1', 'localhost'))}`);
  await maria.open();
  await maria.write('hola');
  await maria.sees('eco: hola');
  expect(maria.requests.some((url) => url.startsWith('http://localhost'))).toBe(true);
  await maria.close();
});

it('works where the browser forbids storage', async () => {
  const maria = await visit(browser, chat, '/neutral');
  await maria.page.addInitScript(() => {
    Object.defineProperty(globalThis, 'sessionStorage', {
      get() {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
  });
  await maria.page.goto(`${chat.url}/website`);
  await maria.open();
  await maria.write('hola');
  await maria.sees('eco: hola');
  expect(maria.complaints).toEqual([]);
  await maria.close();
});

it('brings the letters of a script only to a device that lacks them', async () => {
  const isFont = (url: string): boolean => url.endsWith('/fonts/noto-sans-arabic.woff2');
  // Chromium of the tests has one Latin font: it lacks Arabic.
  const lacking = await visit(browser, chat, '/?lang=ar');
  await until(() => lacking.requests.some(isFont));
  await lacking.page.locator('html.ventanilla-letters').waitFor();
  expect(lacking.complaints).toEqual([]);
  await lacking.close();
  // A device that draws Arabic differently from a letter that nobody has needs nothing.
  const having = await visit(browser, chat, '/neutral');
  await having.page.addInitScript(() => {
    CanvasRenderingContext2D.prototype.fillText = function (text) {
      if (text === 'ب') this.fillRect(4, 4, 8, 8);
    };
  });
  await having.page.goto(`${chat.url}/?lang=ar`);
  const id = await having.open();
  chat.say(id, { text: 'مرحبا', language: 'ar', direction: 'rtl' });
  await having.sees('مرحبا');
  await having.page.waitForTimeout(800);
  expect(having.requests.some(isFont)).toBe(false);
  await having.close();
});

// The chat and the demo page for everybody: axe, keyboard, screen reader names, right-to-left, and a small cracked phone.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { until, visit, type Visitor } from '../support/visitor.ts';
import { startWebChat, type WebChat } from '../support/web-chat.ts';
import { buildWidget, webPages } from '../support/web-pages.ts';

let chat: WebChat;
let browser: Browser;

beforeAll(async () => {
  chat = await startWebChat({ pages: webPages(await buildWidget()), answer: () => [] });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await chat.close();
});

/** Whether anything stands out of the window to either side. */
const overflows = (maria: Visitor): Promise<boolean> => maria.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

describe.each([
  { language: 'en', direction: 'ltr', colorScheme: 'light', width: 1280, choice: 'Yes' },
  { language: 'en', direction: 'ltr', colorScheme: 'dark', width: 360, choice: 'Yes' },
  { language: 'ar', direction: 'rtl', colorScheme: 'light', width: 360, choice: 'نعم' },
  { language: 'ar', direction: 'rtl', colorScheme: 'dark', width: 1280, choice: 'نعم' },
] as const)('in $language, $colorScheme, $width px', ({ language, direction, colorScheme, width, choice }) => {
  it('has no violation that axe finds, and nothing is cut off', async () => {
    const options = { locale: language, colorScheme, viewport: { width, height: 740 } };
    const maria = await visit(browser, chat, `/?lang=${language}`, options);
    await maria.page.locator('.shut .full').waitFor();
    expect(await violations(maria.page)).toEqual([]);
    expect(await overflows(maria)).toBe(false);
    const id = await maria.open();
    chat.say(id, {
      text: choice.repeat(40),
      language,
      direction,
      choices: [
        { id: 'yes', label: choice },
        { id: 'long', label: `${choice} ${choice.repeat(20)}` },
      ],
    });
    await maria.page.getByRole('button', { name: choice, exact: true }).click();
    chat.say(id, { text: choice, language, direction, from: 'staff' });
    chat.setState(id, { owner: 'staff', placeInLine: null });
    await maria.page.locator('.line.staff').waitFor();
    await maria.page.route('**/activities', (route) => route.fulfill({ status: 400, body: '{}' }));
    await maria.write(choice);
    await maria.page.locator('.failed').waitFor();
    expect(await violations(maria.page)).toEqual([]);
    expect(await overflows(maria)).toBe(false);
    await maria.close();
  });
});

it('writes from right to left in Arabic: own lines at the left, the service at the right', async () => {
  const maria = await visit(browser, chat, '/?lang=ar', { locale: 'ar', viewport: { width: 360, height: 740 } });
  const id = await maria.open();
  chat.say(id, { text: 'مرحبا', language: 'ar', direction: 'rtl' });
  await maria.write('hola');
  await maria.sees('hola');
  const box = async (selector: string) => (await maria.page.locator(selector).boundingBox()) ?? { x: NaN, width: NaN };
  const [own, service] = [await box('.person .bubble'), await box('.service .bubble')];
  expect(own.x).toBeLessThan(30);
  expect(service.x + service.width).toBeGreaterThan(330);
  await maria.close();
});

it('can be used with the keyboard alone', async () => {
  const maria = await visit(browser, chat);
  const { keyboard } = maria.page;
  await maria.page.getByRole('button', { name: 'Escríbanos' }).focus();
  const before = chat.received.length;
  await keyboard.press('Enter');
  await until(() => chat.received.length > before);
  const id = chat.received.at(-1)?.from[0]?.value ?? '';
  // The place to write has the focus.
  await keyboard.type('primera línea');
  await keyboard.press('Shift+Enter');
  await keyboard.type('segunda');
  await keyboard.press('Enter');
  await until(() => chat.received.at(-1)?.text === 'primera línea\nsegunda');
  chat.say(id, {
    text: '¿Sí?',
    choices: [
      { id: 'yes', label: 'Sí' },
      { id: 'no', label: 'No' },
    ],
  });
  await maria.page.getByRole('button', { name: 'No' }).waitFor();
  const focused = () =>
    maria.page.evaluate(() => (document.activeElement?.shadowRoot?.activeElement as HTMLElement | null)?.textContent ?? '');
  await keyboard.press('Shift+Tab');
  expect(await focused()).toContain('No');
  const ring = await maria.page.evaluate(
    () => getComputedStyle(document.activeElement?.shadowRoot?.activeElement ?? document.body).outlineWidth,
  );
  expect(ring).toBe('3px');
  await keyboard.press('Space');
  await until(() => chat.received.at(-1)?.payload === 'no');
  expect(await focused()).toContain('No');
  await keyboard.press('Escape');
  await maria.page.getByRole('button', { name: 'Escríbanos' }).waitFor();
  expect(await focused()).toBe('Escríbanos');
  await maria.close();
});

it('has the roles and names that a screen reader needs', async () => {
  const maria = await visit(browser, chat);
  const id = await maria.open();
  chat.say(id, { text: 'Hola', choices: [{ id: 'a', label: 'Salud' }] });
  const { page } = maria;
  await page.getByRole('log', { name: 'Conversación' }).waitFor();
  await page.getByRole('region', { name: 'Ventanilla' }).waitFor();
  await page.getByRole('textbox', { name: 'Su mensaje' }).waitFor();
  await page.getByRole('combobox', { name: 'Idioma' }).waitFor();
  await page.getByRole('group', { name: 'Elija una respuesta o escriba la suya' }).waitFor();
  expect(await page.locator('.line.service .who').textContent()).toBe('Respuesta automática');
  expect(await page.getByRole('status').count()).toBe(1);
  expect(await page.locator('.bubble').first().getAttribute('lang')).toBe('es');
  await maria.close();
});

it('moves nothing where the person asked for no motion', async () => {
  for (const [reducedMotion, animation] of [
    ['reduce', 'none'],
    ['no-preference', 'come'],
  ] as const) {
    const maria = await visit(browser, chat, '/', { reducedMotion });
    await maria.open();
    await maria.write('hola');
    await maria.sees('hola');
    expect(await maria.page.locator('.line').evaluate((one) => getComputedStyle(one).animationName)).toBe(animation);
    await maria.close();
  }
});

it('does not read the past out again after a reload', async () => {
  const maria = await visit(browser, chat);
  const id = await maria.open();
  chat.say(id, { text: 'antes' });
  await maria.sees('antes');
  await maria.page.addInitScript(() => {
    const notes: string[] = [];
    Object.assign(globalThis, { notes });
    new MutationObserver(() => {
      const root = [...document.querySelectorAll('div')].find((one) => one.shadowRoot !== null)?.shadowRoot;
      const log = root?.querySelector('[role=log]');
      if (log)
        new MutationObserver(() => notes.push(`${log.getAttribute('aria-live')} ${log.lastElementChild?.textContent}`)).observe(log, {
          childList: true,
        });
    }).observe(document, { childList: true, subtree: true });
  });
  await maria.page.reload();
  await maria.sees('antes');
  chat.say(id, { text: 'después' });
  await maria.sees('después');
  const notes = await maria.page.evaluate(() => (globalThis as never as { notes: string[] }).notes);
  expect(notes.find((note) => note.includes('antes'))).toMatch(/^off/);
  expect(notes.find((note) => note.includes('después'))).toMatch(/^polite/);
  await maria.close();
});

// The web chat in a real browser: a conversation, bad networks, reloads, and leaving quickly.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { until, visit } from '../support/visitor.ts';
import { startWebChat, type WebChat } from '../support/web-chat.ts';
import { buildWidget, webPages } from '../support/web-pages.ts';

let chat: WebChat;
let browser: Browser;
const textsOf = (id: string): string[] => chat.received.filter((one) => one.from[0]?.value === id && !one.opened).map((one) => one.text);

beforeAll(async () => {
  chat = await startWebChat({ pages: webPages(await buildWidget()) });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await chat.close();
});

describe('a conversation', () => {
  it('begins when the person opens it and not before, in the language of the page', async () => {
    const before = chat.received.length;
    const maria = await visit(browser, chat, '/?lang=fr');
    await maria.page.getByRole('button', { name: 'Écrivez-nous' }).waitFor();
    expect(chat.received).toHaveLength(before);
    expect(maria.requests.some((url) => url.includes('/v3/'))).toBe(false);
    const id = await maria.open();
    await expect.poll(() => chat.received.at(-1)).toMatchObject({ opened: true, languageHint: 'fr' });
    chat.say(id, { text: 'Bonjour' });
    await maria.sees('Bonjour');
    await maria.write('santé');
    await maria.sees('eco: santé');
    expect(await maria.bubbles()).toEqual(['Bonjour', 'santé', 'eco: santé']);
    await expect.poll(() => maria.page.getByRole('log').getAttribute('aria-live')).toBe('polite');
    expect(maria.complaints).toEqual([]);
    await maria.close();
  });

  it('shows choices as buttons that stay readable after use and answer once', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    chat.say(id, {
      text: '¿Qué necesita?',
      choices: [
        { id: 'health', label: 'Salud' },
        { id: 'school', label: 'Escuela' },
      ],
    });
    const school = maria.page.getByRole('button', { name: 'Escuela' });
    await school.waitFor();
    expect((await school.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await school.click();
    await maria.sees('eco: Escuela');
    expect(chat.received.at(-1)).toMatchObject({ text: 'Escuela', payload: 'school' });
    expect(await school.getAttribute('aria-disabled')).toBe('true');
    expect(await school.textContent()).toContain('elegido');
    expect(await maria.page.getByRole('button', { name: 'Salud' }).isVisible()).toBe(true);
    await maria.page.getByRole('button', { name: 'Salud' }).click({ force: true });
    await maria.write('otra cosa');
    await maria.sees('eco: otra cosa');
    expect(textsOf(id)).toEqual(['Escuela', 'otra cosa']);
    await maria.close();
  });

  it('shows what does not fit from its beginning, and stays there', async () => {
    const maria = await visit(browser, chat, '/', { viewport: { width: 360, height: 500 } });
    const id = await maria.open();
    const top = (text: string): Promise<number> =>
      maria.page
        .locator('.bubble', { hasText: text })
        .evaluate((one) => Math.round(one.getBoundingClientRect().top - (one.closest('.log')?.getBoundingClientRect().top ?? 0)));
    chat.say(id, { text: 'antes '.repeat(200) });
    await maria.sees('antes');
    expect(await top('antes')).toBe(12);
    // Whoever wrote wants to see the answer; until then nothing moves.
    await maria.write('otra');
    await maria.sees('eco: otra');
    chat.say(id, { text: `respuesta ${'larga '.repeat(200)}` });
    await maria.sees('respuesta');
    expect(await top('respuesta')).toBe(12);
    chat.setState(id, { owner: 'queue', placeInLine: 1 });
    await maria.sees('Su lugar en la fila: 1');
    expect(await top('respuesta')).toBe(12);
    await maria.close();
  });

  it('shows text as text, and only web addresses and phone numbers as links', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    const text = '<img src=x onerror=alert(1)> Llame al \u2066+34 900 123 456\u2069 o vea https://example.org/a?b=1. javascript:alert(1)';
    chat.say(id, { text });
    await maria.sees('Llame al');
    expect(await maria.bubbles()).toEqual([text]);
    const links = await maria.page.locator('.bubble a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(links).toEqual(['tel:+34900123456', 'https://example.org/a?b=1']);
    expect(maria.complaints).toEqual([]);
    await maria.close();
  });

  it('keeps French punctuation with its word', async () => {
    const maria = await visit(browser, chat, '/?lang=fr');
    const id = await maria.open();
    chat.say(id, { text: 'Vous écrivez « menu » ? https://example.org/?a=1 : oui', language: 'fr' });
    await maria.sees('Vous écrivez');
    expect(await maria.bubbles()).toEqual(['Vous écrivez «\u00a0menu\u00a0»\u00a0? https://example.org/?a=1\u00a0: oui']);
    await maria.close();
  });

  it('follows the conversation into another language, and tells the service when the person chooses one', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    chat.say(id, { text: 'مرحبا', language: 'ar', direction: 'rtl' });
    await maria.page.getByRole('button', { name: 'إرسال' }).waitFor();
    expect(await maria.page.locator('.root').getAttribute('dir')).toBe('rtl');
    await maria.page.getByRole('combobox').selectOption('fr');
    await maria.page.getByRole('button', { name: 'Envoyer' }).waitFor();
    await until(() => chat.received.at(-1)?.payload === 'language:fr');
    expect(chat.received.at(-1)).toMatchObject({ text: 'Français', languageHint: 'fr' });
    await maria.close();
  });

  it('names a person as a person, and says who is awaited and when it is closed', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    await until(async () => (await maria.status()) === '');
    chat.setState(id, { owner: 'queue', placeInLine: 3 });
    await maria.sees('Su lugar en la fila: 3');
    chat.say(id, { from: 'staff', text: 'Soy Ana.' });
    chat.setState(id, { owner: 'staff', placeInLine: null });
    await maria.sees('Ahora le responde una persona.');
    expect(await maria.page.locator('.line.staff .who').textContent()).toBe('Una persona');
    chat.setState(id, { owner: 'closed', placeInLine: null });
    await maria.sees('Esta conversación se cerró');
    await maria.close();
  });

  it('forgets what it shows when the service erased it', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    await maria.write('mi secreto');
    await maria.sees('eco: mi secreto');
    chat.erase(id);
    await maria.sees('Lo que escribió aquí fue borrado.');
    expect(await maria.bubbles()).toEqual([]);
    await maria.write('de nuevo');
    await maria.sees('eco: de nuevo');
    expect(await maria.bubbles()).toEqual(['de nuevo', 'eco: de nuevo']);
    await maria.close();
  });
});

describe('bad networks', () => {
  it('keeps what is written while offline and sends it once, in order, when back', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    await until(async () => (await maria.status()) === '');
    await maria.page.context().setOffline(true);
    await maria.sees('No hay conexión');
    for (const text of ['uno', 'dos', 'tres']) await maria.write(text);
    expect(await maria.page.locator('.sent').allTextContents()).toEqual(Array.from({ length: 3 }, () => 'En espera de envío'));
    expect(textsOf(id)).toEqual([]);
    await maria.page.context().setOffline(false);
    await maria.sees('eco: tres');
    await until(async () => (await maria.bubbles()).length === 6);
    expect(textsOf(id)).toEqual(['uno', 'dos', 'tres']);
    await expect.poll(() => maria.storage()).not.toMatch(/"(uno|dos|tres)\\*"/);
    expect(await maria.page.locator('.sent').allTextContents()).toEqual(Array.from({ length: 3 }, () => 'Enviado'));
    await maria.close();
  });

  it('sends a message once when the answer to it got lost', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    await until(async () => (await maria.status()) === '');
    let lost = 0;
    await maria.page.route('**/activities', async (route) => {
      if (lost >= 2) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });
    const before = chat.duplicates();
    await maria.write('una vez');
    await until(() => chat.duplicates() === before + 2);
    await maria.sees('eco: una vez');
    await until(async () => (await maria.storage()).includes('"outbox":[]') || !(await maria.storage()).includes('una vez'));
    expect(textsOf(id)).toEqual(['una vez']);
    expect(await maria.bubbles()).toEqual(['una vez', 'eco: una vez']);
    await maria.close();
  });

  it('loses and repeats nothing over many cut streams', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    const expected: string[] = [];
    for (let drop = 0; drop < 6; drop += 1) {
      chat.say(id, { text: `antes ${drop}` });
      chat.cut();
      chat.say(id, { text: `durante ${drop}` });
      expected.push(`antes ${drop}`, `durante ${drop}`);
      await maria.page.evaluate(() => dispatchEvent(new Event('online')));
      await maria.sees(`durante ${drop}`);
    }
    expect(await maria.bubbles()).toEqual(expected);
    await maria.close();
  });

  it('asks every few seconds where streams do not pass', async () => {
    const maria = await visit(browser, chat, '/neutral');
    await maria.page.addInitScript(() => {
      class Refused extends EventTarget {
        readyState = 3;
        constructor() {
          super();
          setTimeout(() => this.dispatchEvent(Object.assign(new Event('close'), { code: 1006 })));
        }
        close(): void {}
      }
      Object.assign(globalThis, { WebSocket: Refused });
    });
    await maria.page.goto(chat.url);
    const id = await maria.open();
    await maria.write('hola');
    await maria.sees('eco: hola');
    chat.say(id, { text: 'y más' });
    await maria.sees('y más');
    expect(await maria.bubbles()).toEqual(['hola', 'eco: hola', 'y más']);
    await maria.close();
  });

  it('says what was not sent, and tries again when asked', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    await until(async () => (await maria.status()) === '');
    await maria.page.route('**/activities', (route) => route.fulfill({ status: 400, body: '{}' }));
    await maria.write('hola');
    await maria.sees('No enviado');
    await maria.page.unroute('**/activities');
    await maria.page.getByRole('button', { name: 'Intentar otra vez' }).click();
    await maria.sees('eco: hola');
    expect(textsOf(id)).toEqual(['hola']);
    await maria.close();
  });

  it('waits for a service that is busy, and loses nothing', async () => {
    const maria = await visit(browser, chat);
    await maria.page.getByRole('button', { name: 'Escríbanos' }).waitFor();
    chat.setDown(true);
    await maria.page.locator('.shut .full').click();
    await maria.sees('La línea está ocupada');
    await maria.write('hola');
    chat.setDown(false);
    await maria.sees('eco: hola');
    expect(await maria.bubbles()).toEqual(['hola', 'eco: hola']);
    await maria.close();
  });
});

describe('a reload', () => {
  it('brings the conversation back, with what was not yet sent', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    await maria.write('hola');
    await maria.sees('eco: hola');
    await expect.poll(() => maria.storage()).not.toMatch(/"hola\\*"/);
    await maria.page.context().setOffline(true);
    await maria.write('sin enviar');
    // Nothing may get out between coming back and the reload.
    await maria.page.route('**/activities', (route) => route.abort());
    await maria.page.context().setOffline(false);
    await maria.page.reload();
    await maria.sees('eco: hola');
    await maria.sees('sin enviar');
    await maria.page.unroute('**/activities');
    await maria.sees('eco: sin enviar');
    expect(await maria.bubbles()).toEqual(['hola', 'eco: hola', 'sin enviar', 'eco: sin enviar']);
    expect(textsOf(id)).toEqual(['hola', 'sin enviar']);
    expect(chat.received.filter((one) => one.opened && one.from[0]?.value === id)).toHaveLength(1);
    await maria.close();
  });

  it('goes on after the device slept longer than a token lives', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    await maria.write('hola');
    await maria.sees('eco: hola');
    await maria.page.evaluate(() => {
      const saved = JSON.parse(sessionStorage.getItem('ventanilla') ?? '{}') as Record<string, unknown>;
      sessionStorage.setItem('ventanilla', JSON.stringify({ ...saved, expiresAt: Date.now() - 1, token: 'gone' }));
    });
    await maria.page.reload();
    await maria.sees('eco: hola');
    await maria.write('sigo');
    await maria.sees('eco: sigo');
    expect(textsOf(id)).toEqual(['hola', 'sigo']);
    await maria.close();
  });

  it('starts anew when the conversation is over, and takes along what was not sent', async () => {
    const maria = await visit(browser, chat);
    const id = await maria.open();
    await maria.write('hola');
    await maria.sees('eco: hola');
    await maria.page.evaluate(() => {
      const saved = JSON.parse(sessionStorage.getItem('ventanilla') ?? '{}') as Record<string, unknown>;
      const outbox = [{ clientId: 'left-over', text: 'pendiente' }];
      sessionStorage.setItem('ventanilla', JSON.stringify({ ...saved, expiresAt: 0, resumeToken: 'gone', token: 'gone', outbox }));
    });
    await maria.page.reload();
    await maria.sees('eco: pendiente');
    expect(textsOf(id)).toEqual(['hola']);
    expect(await maria.bubbles()).toEqual(['pendiente', 'eco: pendiente']);
    await maria.close();
  });

  it('in a copied tab continues there, and says so in the first', async () => {
    const maria = await visit(browser, chat);
    await maria.open();
    await maria.write('hola');
    await maria.sees('eco: hola');
    const storage = await maria.page.evaluate(() => sessionStorage.getItem('ventanilla') ?? '');
    const copy = await maria.page.context().newPage();
    await copy.addInitScript((saved) => sessionStorage.setItem('ventanilla', saved), storage);
    await copy.goto(chat.url);
    await copy.locator('.bubble', { hasText: 'eco: hola' }).waitFor();
    await maria.sees('Este chat está abierto en otra ventana.');
    await maria.page.getByRole('button', { name: 'Continuar aquí' }).click();
    await until(async () => (await maria.status()) === '');
    await maria.write('aquí');
    await maria.sees('eco: aquí');
    await maria.close();
  });
});

describe('leaving quickly', () => {
  it('replaces the page and forgets everything, and says before that the history stays', async () => {
    const maria = await visit(browser, chat, '/website');
    await maria.open();
    await maria.write('mi secreto');
    await maria.sees('eco: mi secreto');
    const leave = maria.page.locator('.head').getByRole('button', { name: 'Salir rápido' });
    const help = await leave.evaluate(
      (one) => (one.getRootNode() as ShadowRoot).getElementById(one.getAttribute('aria-describedby') ?? '')?.textContent,
    );
    expect(help).toContain('No borra el historial');
    const entries = await maria.page.evaluate(() => history.length);
    await leave.click();
    await maria.page.getByRole('heading', { name: 'Weather' }).waitFor();
    expect(await maria.storage()).toBe('{}{}');
    expect(await maria.page.evaluate(() => history.length)).toBe(entries);
    await maria.page.goto(`${chat.url}/website`);
    await maria.page.getByRole('button', { name: 'Escríbanos' }).waitFor();
    expect(await maria.bubbles()).toEqual([]);
    await maria.close();
  });

  it('is there on the page itself, and hides the page before the next one has come', async () => {
    const maria = await visit(browser, chat);
    await maria.open();
    await maria.write('mi secreto');
    await maria.sees('eco: mi secreto');
    // The neutral page is outside; here it has nothing to show, so that the browser stays where it is.
    await maria.page.route('https://www.wikipedia.org/**', (route) => route.fulfill({ status: 204 }));
    await maria.page.getByRole('link', { name: 'Salir rápido' }).click();
    await until(async () => (await maria.page.evaluate(() => document.documentElement.textContent)) === '');
    expect(await maria.page.title()).toBe('');
    expect(await maria.storage()).toBe('{}{}');
    expect(maria.requests).toContain('https://www.wikipedia.org/');
    await maria.close();
  });
});

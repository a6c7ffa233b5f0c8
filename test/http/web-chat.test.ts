// The web chat from end to end: real browser, real pages, the whole hotline with its own content.
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directLine } from '../../src/channels/direct-line/direct-line.ts';
import { listWaiting } from '../../src/store/cases.ts';
import { openHotline, type TestHotline } from '../support/app.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openCuttableProxy } from '../support/cuttable-proxy.ts';
import { newToken, startDirectLine, type DirectLinePage, type Got } from '../support/direct-line-page.ts';
import { freePort } from '../support/process.ts';
import { until, visit, type Visitor } from '../support/visitor.ts';
import { freshProject } from '../support/web-pages.ts';

let folder: string;
let hotline: TestHotline;
let browser: Browser;
let port: number;
let url: string;

beforeAll(async () => {
  folder = await freshProject();
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  hotline = await openHotline({ folder, environment: { PORT: String(port) }, modules: [directLine] });
  await hotline.app.listen();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await hotline.close();
  rmSync(folder, { recursive: true, force: true });
});

const sequenceOf = ({ id }: Got): number => Number(id.split('|')[1]);

describe('the Direct Line client of others', () => {
  /** Says something and returns what is answered. */
  async function say(client: DirectLinePage, text: string, value?: string): Promise<Got> {
    const before = (await client.received()).length;
    expect(await client.post({ text, ...(value === undefined ? {} : { value }) })).toMatch(/\|\d+$/);
    return (await client.gets(before + 2)).at(-1)!;
  }
  /** The same person, in another window. */
  const writeElsewhere = (conversation: string, text: string, clientId: string) =>
    hotline.app.service.context.receive({
      channel: 'web',
      externalId: `${conversation}:${clientId}`,
      from: [{ kind: 'user', value: conversation }],
      text,
      media: [],
      opened: false,
      receivedAt: hotline.now(),
    });
  const labels = (got: Got | undefined): string[] => got?.suggestedActions?.actions.map(({ title }) => title) ?? [];

  it('holds a conversation in Arabic, and twenty forced disconnects lose and repeat nothing', async () => {
    const network = await openCuttableProxy(port);
    const page = await browser.newPage({ bypassCSP: true });
    const frames: number[] = [];
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (payload.length > 0) frames.push(...(JSON.parse(payload.toString()) as { activities: Got[] }).activities.map(sequenceOf));
      }),
    );
    await page.goto(`${network.url}/livez`);
    const client = await startDirectLine(page, { webSocket: true, token: await newToken(url) });

    // Nothing is known of the person: the list of languages, again for a word of no language.
    expect(labels((await client.gets(1))[0])).toContain('العربية');
    const list = await say(client, 'xyzzy');
    expect(labels(list)).toEqual(['Español', 'English', 'Français', 'العربية']);
    const welcome = await say(client, 'العربية', 'ar');
    expect(welcome).toMatchObject({ locale: 'ar' });
    expect(welcome.text).toMatch(/أوراق/);
    const caller = await say(client, labels(welcome)[0]!, 'ok');
    const menu = await say(client, labels(caller).at(-1)!, 'skip');
    expect(labels(menu)).toHaveLength(10);
    const answer = await say(client, 'هل يمكنني زيارة الطبيب بدون أوراق؟');
    expect(answer.text).toMatch(/طبيب|مستشفى|صحي/);
    // Nobody is on duty in this hotline: no time is promised, and the line goes on answering.
    expect((await say(client, 'أريد التحدث إلى شخص')).text).toMatch(/سجلنا طلبك/);
    expect(await hotline.app.store.read((reader) => listWaiting(reader))).toMatchObject([{ language: 'ar', reason: 'asked' }]);

    const conversation = answer.id.split('|')[0] ?? '';
    for (let drop = 0; drop < 20; drop += 1) {
      const before = (await client.received()).length;
      // One message is on its way when the line is cut, another arrives while it is down.
      const posting = client.postAtLast('قائمة', `own-${drop}`);
      network.cut();
      await writeElsewhere(conversation, 'رجوع', `other-${drop}`);
      network.cut();
      await posting;
      await client.gets(before + 4);
    }
    const got = await client.received();
    const all = await hotline.app.service.context.history('web', { kind: 'user', value: conversation }, 0);
    const expected = all.map(({ sequence }) => sequence);
    expect(all).toHaveLength(13 + 20 * 4);
    // On the wire every line once and in order; the client hands the lines of two frames on side by side.
    expect(frames).toEqual(expected);
    expect(got.map(sequenceOf).sort((a, b) => a - b)).toEqual(expected);
    expect(new Set(all.flatMap(({ clientId }) => clientId ?? [])).size).toBe(6 + 20 * 2);
    await page.close();
    await network.close();
  });
});

describe('the widget on the demo page', () => {
  const press = (maria: Visitor, name: string | RegExp) => maria.page.getByRole('button', { name, exact: true }).last().click();
  const history = (conversation: string) => hotline.app.service.context.history('web', { kind: 'user', value: conversation }, 0);

  it('converses in Spanish, brings everything back after a reload, and erases for good', async () => {
    const maria = await visit(browser, { url });
    const conversation = await maria.open();
    await press(maria, 'De acuerdo');
    await press(maria, 'Saltar la pregunta');
    await press(maria, 'Escuela y cursos');
    await maria.sees('¿Quién va a estudiar?');
    await maria.write('¿puedo ir al médico sin papeles?');
    await maria.sees('Fuente:');
    const said = await maria.bubbles();
    expect(said[0]).toMatch(/No preguntamos por sus papeles[^]*Guardamos sus mensajes/);
    expect(said).toHaveLength(9);
    await maria.page.reload();
    await maria.sees('Fuente:');
    expect(await maria.bubbles()).toEqual(said);

    await maria.write('borrar');
    await maria.page.getByRole('button', { name: 'Sí, borrar' }).waitFor();
    const question = (await history(conversation)).at(-1)?.sequence ?? 0;
    await press(maria, 'Sí, borrar');
    await until(async () => (await maria.bubbles()).length === 1);
    await maria.sees('Borramos sus mensajes');
    await maria.write('hola');
    await press(maria, 'De acuerdo');
    await press(maria, 'Saltar la pregunta');
    await maria.sees('¿Qué necesita?');
    const after = await history(conversation);
    expect(await maria.bubbles()).toEqual(after.map(({ text }) => text));
    expect(after).toHaveLength(7);
    // Above the old numbers, of which the confirmation was the last.
    expect(after[0]?.sequence).toBeGreaterThan(question + 1);
    expect(maria.complaints).toEqual([]);
    expect(maria.requests.filter((request) => !request.startsWith(url))).toEqual([]);
    await maria.close();
  });

  it('begins again in the language that is chosen in its header, or that the first words are in', async () => {
    const maria = await visit(browser, { url }, '/?lang=es');
    await maria.open();
    await maria.sees('No preguntamos por sus papeles');
    await maria.page.getByRole('combobox').selectOption('fr');
    await maria.sees('Nous ne posons pas de questions sur vos papiers');
    await maria.page.getByRole('button', { name: 'Envoyer' }).waitFor();
    await maria.close();
    const amal = await visit(browser, { url }, '/?lang=es');
    await amal.open();
    await amal.sees('No preguntamos por sus papeles');
    await amal.write('هل يمكنني زيارة الطبيب بدون أوراق؟');
    await amal.sees('لا نسأل عن أوراقك');
    await amal.sees('المصدر');
    expect(await amal.page.locator('.root').getAttribute('dir')).toBe('rtl');
    await amal.close();
  });

  it.each([
    ['es', 1280, 'light', 'socorro'],
    ['ar', 360, 'dark', 'النجدة'],
  ] as const)('has no violation that axe finds in %s at %i px', async (language, width, colorScheme, cry) => {
    const maria = await visit(browser, { url }, `/?lang=${language}`, { locale: language, colorScheme, viewport: { width, height: 740 } });
    await maria.page.locator('.shut .full').waitFor();
    expect(await violations(maria.page)).toEqual([]);
    await maria.open();
    const buttons = maria.page.locator('.choices').last().locator('button');
    await buttons.first().click();
    await until(async () => (await buttons.count()) === 6);
    await buttons.last().click();
    await until(async () => (await buttons.count()) === 10);
    await maria.write(cry);
    await until(async () => (await buttons.count()) === 2);
    expect(await violations(maria.page)).toEqual([]);
    expect(await maria.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await maria.close();
  });
});

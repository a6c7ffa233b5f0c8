// Pictures and voice notes from the web chat to a caseworker: real browser, the whole hotline, its API. When a file can be sent, what
// becomes of it on a bad network, what the person is told when it is not taken, and that the browser keeps nothing of it.
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directLine } from '../../src/channels/direct-line/direct-line.ts';
import { latestCase } from '../../src/store/cases.ts';
import { findConversation } from '../../src/store/conversations.ts';
import { listMedia } from '../../src/store/message-media.ts';
import { openApiDesk, type ApiDesk } from '../support/api-desk.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openCuttableProxy, type CutAt } from '../support/cuttable-proxy.ts';
import { secretsIn, withSecrets } from '../support/media-files.ts';
import { makePlace, type Place } from '../support/places.ts';
import { freePort } from '../support/process.ts';
import { until, visit, type Visitor } from '../support/visitor.ts';
import { freshProject } from '../support/web-pages.ts';

let folder: string;
let place: Place;
let desk: ApiDesk;
let browser: Browser;
let port: number;
let url: string;

beforeAll(async () => {
  folder = await freshProject();
  port = await freePort();
  place = await makePlace('sqlite');
  desk = await openApiDesk(place, { folder, clock: Date.now, environment: { PORT: String(port) }, modules: [directLine] });
  url = `http://127.0.0.1:${port}`;
  await desk.join({ alias: 'Nur', languages: ['en', 'fr', 'ar'] });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await desk.close();
  await place.drop();
  rmSync(folder, { recursive: true, force: true });
});

interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
const file = (kind: string): Given => {
  const { type, bytes } = withSecrets[kind] ?? { type: '', bytes: Buffer.alloc(0) };
  return { name: 'my passport.jpg', mimeType: type, buffer: Buffer.from(bytes) };
};
const clip = (maria: Visitor, name = 'Enviar una foto o un audio') => maria.page.getByRole('button', { name, exact: true });

/** Chooses a file as a person does, with the keyboard. */
async function choose(maria: Visitor, given: Given): Promise<void> {
  await clip(maria).focus();
  const asked = maria.page.waitForEvent('filechooser');
  await maria.page.keyboard.press('Enter');
  const chooser = await asked;
  expect(chooser.isMultiple()).toBe(false);
  await chooser.setFiles(given);
}

/** Somebody who has asked for a person. `keeping`: their answer to how long we keep what they write. */
async function waiting(
  address = url,
  keeping: 'De acuerdo' | 'No guardar' = 'De acuerdo',
): Promise<{ maria: Visitor; conversation: string }> {
  const maria = await visit(browser, { url: address });
  const conversation = await maria.open();
  await maria.page.getByRole('button', { name: keeping }).last().click();
  await maria.page.getByRole('button', { name: 'Saltar la pregunta' }).last().click();
  await maria.page.getByRole('button', { name: 'Escuela y cursos' }).waitFor();
  expect(await clip(maria).count()).toBe(0);
  await maria.write('persona');
  await clip(maria).waitFor();
  // From now on the browser hands choosers over; asking for one at the last moment may come too late.
  maria.page.on('filechooser', () => undefined);
  await maria.page.evaluate(() => undefined);
  return { maria, conversation };
}

function kept(conversation: string) {
  return desk.hotline.app.store.read(async (reader) => {
    const found = await findConversation(reader, 'web', { kind: 'user', value: conversation });
    const record = found && (await latestCase(reader, found.id));
    return { caseId: record?.id ?? '', media: found ? [...(await listMedia(reader, found.id)).values()].flat() : [] };
  });
}

const stateOf = (maria: Visitor, bubble: string): Promise<string | null> =>
  maria.page.locator('.line.person', { hasText: bubble }).last().locator('.sent').textContent();

describe('a picture and a voice note', () => {
  it('reach the caseworker without what they tell of the person, and leave nothing in the browser', async () => {
    const { maria, conversation } = await waiting();
    expect((await clip(maria).boundingBox())?.height).toBeGreaterThanOrEqual(44);
    expect((await clip(maria).boundingBox())?.width).toBeGreaterThanOrEqual(44);
    await choose(maria, file('jpeg'));
    await expect.poll(() => stateOf(maria, 'Foto')).toBe('Enviado');
    await choose(maria, file('opus'));
    await expect.poll(() => stateOf(maria, 'Audio')).toBe('Enviado');
    const { caseId, media } = await kept(conversation);
    expect(media.map(({ contentType }) => contentType)).toEqual(['image/jpeg', 'audio/ogg']);
    const cookie = [...desk.ana.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const { id, contentType } of media) {
      const answer = await fetch(`${url}/api/v1/cases/${caseId}/media/${id}`, { headers: { cookie } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, contentType]);
      expect(secretsIn(Buffer.from(await answer.arrayBuffer()))).toEqual([]);
    }
    expect(await maria.storage()).not.toMatch(/passport|image|Foto/);
    expect(maria.complaints).toEqual([]);
    const said = await maria.bubbles();
    await maria.page.reload();
    await until(async () => (await maria.bubbles()).length === said.length);
    expect(await maria.bubbles()).toEqual(said);
    await maria.close();
  });

  it('are sent once where the connection breaks on the way there and on the way back', async () => {
    const cuts: CutAt[] = ['within', 'after'];
    let tries = 0;
    const network = await openCuttableProxy(port, (line) => {
      if (!/^POST \S+\/upload/.test(line)) return null;
      tries += 1;
      return cuts.shift() ?? null;
    });
    const { maria, conversation } = await waiting(network.url);
    await choose(maria, file('jpeg'));
    await expect.poll(() => stateOf(maria, 'Foto')).toBe('Enviado');
    await until(() => tries === 3);
    expect((await kept(conversation)).media).toHaveLength(1);
    expect((await maria.bubbles()).filter((text) => text === 'Foto')).toHaveLength(1);
    await maria.close();
    await network.close();
  });

  it('wait while there is no connection, and go with the page when the person leaves quickly', async () => {
    const { maria, conversation } = await waiting();
    await maria.page.context().setOffline(true);
    await maria.sees('No hay conexión');
    await choose(maria, file('jpeg'));
    await expect.poll(() => stateOf(maria, 'Foto')).toBe('En espera de envío');
    await maria.page.context().setOffline(false);
    await expect.poll(() => stateOf(maria, 'Foto')).toBe('Enviado');
    await maria.page.route('**/upload', (route) => route.abort());
    await choose(maria, file('jpeg'));
    await expect.poll(() => stateOf(maria, 'Foto')).toBe('En espera de envío');
    await maria.page.route('https://www.wikipedia.org/**', (route) => route.fulfill({ status: 204 }));
    await maria.page.locator('.head').getByRole('button', { name: 'Salir rápido' }).click();
    await until(async () => (await maria.page.evaluate(() => document.documentElement.textContent)) === '');
    await maria.page.unroute('**/upload');
    expect(await maria.storage()).toBe('{}{}');
    await maria.close();
    expect((await kept(conversation)).media).toHaveLength(1);
  });
});

describe('what is not taken', () => {
  it('is too large: said before a byte of it is sent', async () => {
    const { maria, conversation } = await waiting();
    await choose(maria, { ...file('jpeg'), buffer: Buffer.alloc(5_000_001) });
    await maria.sees('Este archivo pesa más de 5 MB y no se envió.');
    expect(maria.requests.some((request) => request.endsWith('/upload'))).toBe(false);
    await choose(maria, { ...file('jpeg'), buffer: Buffer.alloc(0) });
    await maria.sees('No se pudo abrir este archivo');
    await maria.write('gracias');
    await until(async () => !(await maria.status()).includes('archivo'));
    expect((await kept(conversation)).media).toEqual([]);
    await maria.close();
  });

  it.each([
    ['of a kind that is not shown', 'De acuerdo', 'Archivo', 'No pudimos recibir su archivo'],
    ['from somebody who asked us to keep nothing', 'No guardar', 'Foto', 'No guardamos fotos'],
  ] as const)('is %s: the conversation says why, after it', async (_, keeping, bubble, answer) => {
    const { maria, conversation } = await waiting(url, keeping);
    await choose(maria, bubble === 'Foto' ? file('jpeg') : { name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
    await maria.sees(answer);
    await expect.poll(() => stateOf(maria, bubble)).toBe('No recibido');
    const said = await maria.bubbles();
    expect(said.slice(-2)).toEqual([bubble, expect.stringContaining(answer)]);
    expect(await maria.page.locator('.failed .button:visible').count()).toBe(0);
    expect((await kept(conversation)).media).toEqual([]);
    await maria.close();
  });

  it('is tried again when the person says so, after the service was too busy', async () => {
    const { maria, conversation } = await waiting();
    await maria.page.clock.install();
    await maria.page.route('**/upload', (route) => route.fulfill({ status: 503, body: '{}' }));
    await choose(maria, file('jpeg'));
    await until(async () => {
      await maria.page.clock.fastForward(2100);
      return (await stateOf(maria, 'Foto')) === 'No enviado';
    });
    await maria.page.unroute('**/upload');
    await maria.page.getByRole('button', { name: 'Intentar otra vez' }).click();
    await expect.poll(() => stateOf(maria, 'Foto')).toBe('Enviado');
    expect((await kept(conversation)).media).toHaveLength(1);
    await maria.close();
  });
});

it.each([
  ['en', 1280, 'light', 'Send a picture or voice note', 'talk to a person'],
  ['fr', 360, 'light', 'Envoyer une photo ou un message vocal', 'personne'],
  ['ar', 360, 'dark', 'إرسال صورة أو رسالة صوتية', 'أريد التحدث إلى شخص'],
] as const)('has no violation that axe finds in %s at %i px, and nothing is cut off', async (language, width, colorScheme, name, ask) => {
  const maria = await visit(browser, { url }, `/?lang=${language}`, { locale: language, colorScheme, viewport: { width, height: 740 } });
  await maria.open();
  const buttons = maria.page.locator('.choices').last().locator('button');
  await buttons.first().click();
  await until(async () => (await buttons.count()) === 6);
  await buttons.last().click();
  await until(async () => (await buttons.count()) === 10);
  await maria.write(ask);
  await clip(maria, name).waitFor();
  await maria.page.locator('input[type=file]').setInputFiles(file('jpeg'));
  await until(async () => (await maria.page.locator('.line.person .sent').last().getAttribute('class'))?.includes('unseen') === true);
  await maria.page.locator('input[type=file]').setInputFiles({ ...file('jpeg'), buffer: Buffer.alloc(5_000_001) });
  await maria.page.locator('.status.alert').waitFor();
  expect(await violations(maria.page)).toEqual([]);
  expect(await maria.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  const [first, last] = [await clip(maria, name).boundingBox(), await maria.page.locator('.write .full').boundingBox()];
  expect((first?.x ?? 0) < (last?.x ?? 0)).toBe(language !== 'ar');
  for (const box of [first, last]) expect([(box?.x ?? -1) >= 0, (box?.x ?? 0) + (box?.width ?? 0) <= width]).toEqual([true, true]);
  await maria.close();
});

// Files of other programs in a real browser: out to an agency and back as XLIFF, places of a directory, flows of RapidPro, a file that is
// none; and a draft that a newer release has overtaken. Each is looked at first, and only then taken in.
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flow, node, send, wait } from '../content/rapidpro/small-flows.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { entryValue } from '../support/drafts.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';

const DAYS = 'flows/settings/hotline.yaml#complaint_answer_days';
/** The first place of the directory has it. */
const URL_BEFORE = 'https://familylinks.icrc.org';
const PLACE = 'locales/es/school.json#place';

let service: ConsoleService;
let browser: Browser;
let ana: StaffPerson;
let bea: StaffPerson;

beforeAll(async () => {
  service = await serveConsole();
  browser = await launchBrowser();
  ana = await joinStaff(service, { alias: 'Ana', roles: ['editor'], languages: ['es', 'ar'] });
  bea = await joinStaff(service, { alias: 'Bea', roles: ['reviewer'], languages: ['es', 'ar'] });
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

const beginDraft = async (title: string): Promise<string> => (await ana.call('createDraft', { body: { title } })).id;
const press = (place: Page | Locator, name: string | RegExp): Promise<void> => place.getByRole('button', { name }).first().click();
const edit = (id: string, address: string, value: unknown): Promise<unknown> =>
  ana.call('editDraft', { params: { id }, body: { edits: [{ address, value: value as never, expects: 0 }] } });

const valueOf = (id: string, address: string): Promise<unknown> => entryValue(ana, id, address);

async function open(id: string, part: string): Promise<{ page: Page; complaints: readonly string[] }> {
  return openConsole(browser, service, { as: ana, path: `/content/${id}/${part}` });
}

/** The words beside a round button choose it. */
const choose = (page: Page, name: string): Promise<void> => page.locator('label').filter({ hasText: name }).click();

async function download(page: Page, format: string): Promise<string> {
  await choose(page, format);
  const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')]);
  return readFileSync(await file.path(), 'utf8');
}

async function upload(page: Page, format: string, name: string, content: string | Buffer): Promise<void> {
  await page.locator('.upload').getByLabel('Format', { exact: true }).selectOption({ label: format });
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
  await press(page, 'See what it would change');
}

async function take(page: Page): Promise<void> {
  await press(page, /^Take \d+ changes? into the draft/);
  await page.getByRole('link', { name: 'See the changes' }).click();
  await page.waitForURL(/\/changes$/);
}

it('XLIFF comes back from an agency with its changes only', async () => {
  const id = await beginDraft('From the agency');
  const { page, complaints } = await open(id, 'exchange');
  await page.getByLabel('Language', { exact: true }).selectOption('es');
  const file = await download(page, 'XLIFF');
  const old = String(await valueOf('current', PLACE));
  expect(file).toContain(`<target>${old}</target>`);
  await upload(page, 'XLIFF', 'es.xlf', file.replaceAll(`<target>${old}</target>`, '<target>¿En qué barrio?</target>'));
  await page.getByText(/entries would change\. Nothing is changed yet\./).waitFor();
  expect(await valueOf(id, PLACE)).toBe(old);
  await take(page);
  await page.locator('ins', { hasText: 'barrio' }).first().waitFor();
  expect(await valueOf(id, PLACE)).toBe('¿En qué barrio?');
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('places go out as HSDS and come back', async () => {
  const id = await beginDraft('From the directory');
  const { page, complaints } = await open(id, 'exchange');
  const file = await download(page, 'Places as HSDS JSON');
  expect(file).toContain(`"url": "${URL_BEFORE}"`);
  await upload(page, 'Places (HSDS)', 'places.json', file.replaceAll(URL_BEFORE, 'https://example.org/links'));
  await page.getByText(/entr(y|ies) would change\. Nothing is changed yet\./).waitFor();
  await take(page);
  await page.getByText('example.org/links').first().waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('flows of RapidPro come in with a report', async () => {
  const id = await beginDraft('From RapidPro');
  const { page, complaints } = await open(id, 'exchange');
  const asking = flow(
    'Vaccines',
    [
      node('ask', [send('¿Busca una vacuna?', { uuid: 'q', buttons: ['Sí, busco', 'Otra cosa'] })], 'hear'),
      wait('hear', [['has_any_word', ['busco'], 'Busco', 'a']], 'b'),
      node('a', [send('En el centro de salud.')]),
      node('b', [send('Escriba MENU.')]),
    ],
    {},
  );
  await upload(page, 'Flows of RapidPro', 'flows.json', JSON.stringify({ version: '13', flows: [asking] }));
  await page.getByText(/entries would change\. Nothing is changed yet\./).waitFor();
  await take(page);
  await page.getByText('¿Busca una vacuna?').first().waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('what is no such file is told, and nothing changes', async () => {
  const id = await beginDraft('Not a file');
  const { page } = await open(id, 'exchange');
  for (const [format, name] of [
    ['XLIFF', 'es.xlf'],
    ['Places (HSDS)', 'places.json'],
    ['Flows of RapidPro', 'flows.json'],
  ] as const) {
    await upload(page, format, name, Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x7b]));
    await page.getByText('They would change nothing.').or(page.getByRole('alert')).first().waitFor();
    expect(
      await page
        .getByRole('button', { name: /^Take / })
        .isEnabled()
        .catch(() => false),
    ).toBe(false);
  }
  expect((await ana.call('readDraft', { params: { id } })).differences).toEqual([]);
  await page.context().close();
});

it('a draft that a newer release has overtaken says what both changed, and moves on when it is decided', async () => {
  const [sooner, later] = [await beginDraft('Sooner'), await beginDraft('Later')];
  await edit(sooner, DAYS, 20);
  await edit(later, DAYS, 12);
  await edit(later, PLACE, '¿En qué pueblo?');
  const { revision } = await ana.call('readDraft', { params: { id: sooner } });
  await bea.call('approveDraft', { params: { id: sooner }, body: { revision, language: null } });
  const { number } = await ana.call('publishDraft', { params: { id: sooner }, body: { revision } });
  expect(number).toBeGreaterThan(1);
  const { page, complaints } = await open(later, 'changes');
  await page.getByText('A newer release changed 1 thing that this draft changes too').waitFor();
  const newer = page.getByRole('region', { name: 'In the newer release' });
  await newer.getByText('20').waitFor();
  const move = page.getByRole('button', { name: 'Put my changes on top of it' });
  expect(await move.isDisabled()).toBe(true);
  await page.getByText('1 is still to be decided.').waitFor();
  await choose(page, 'The one of this draft');
  await move.click();
  await page
    .locator('.toasts')
    .getByText(`The draft stands on release ${number ?? 0} now.`)
    .waitFor();
  await expect.poll(() => page.getByText('A newer release changed').count()).toBe(0);
  expect(await valueOf(later, DAYS)).toBe(12);
  expect(await valueOf(later, PLACE)).toBe('¿En qué pueblo?');
  expect(await ana.call('readDraft', { params: { id: later } })).toMatchObject({ behind: false, conflicts: [] });
  expect(complaints).toEqual([]);
  await page.context().close();
}, 180_000);

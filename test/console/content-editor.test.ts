// The content editor in a real browser against the real service: drafts, texts beside their translations, values that stay whole,
// two people on one text, review, publishing, putting back, files out and in.
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { entryValue } from '../support/drafts.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';

let service: ConsoleService;
let browser: Browser;
let ana: StaffPerson;
let bea: StaffPerson;

beforeAll(async () => {
  service = await serveConsole();
  browser = await launchBrowser();
  ana = await joinStaff(service, { alias: 'Ana', roles: ['editor'], languages: ['es', 'ar'] });
  bea = await joinStaff(service, { alias: 'Bea', roles: ['editor', 'reviewer'], languages: ['es', 'ar'] });
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

async function open(path: string, as: StaffPerson = ana): Promise<Page> {
  const { page } = await openConsole(browser, service, { as, path });
  return page;
}
const beginDraft = async (title: string, by: StaffPerson = ana): Promise<string> => (await by.call('createDraft', { body: { title } })).id;
const press = (place: Page | Locator, name: string | RegExp): Promise<void> => place.getByRole('button', { name }).first().click();
const told = (page: Page, text: string | RegExp): Locator => page.locator('.toasts').getByText(text);
/** A text of the grid. */
const cell = (page: Page, key: string, language: string): Locator => page.getByLabel(new RegExp(`^\\W?${key}\\W?, ${language}`));
const row = (page: Page, key: string): Locator => page.locator('.text-row').filter({ has: page.getByText(key, { exact: true }) });

const valueOf = (id: string, address: string): Promise<unknown> => entryValue(ana, id, address);
const edit = (by: StaffPerson, id: string, address: string, value: string): Promise<unknown> =>
  by.call('editDraft', { params: { id }, body: { edits: [{ address, value, expects: 0 }] } });

describe('a draft', () => {
  it('is begun where one only looks, and takes what is written when its field is left', async () => {
    const page = await open('/content/current/texts?namespace=school');
    await page.getByText('Only to read').waitFor();
    expect(await page.locator('.texts-grid textarea').count()).toBe(0);
    await press(page, 'Begin a draft');
    await page.getByRole('dialog').getByLabel('Title').fill('Words for schools');
    await page.getByRole('dialog').getByRole('button', { name: 'Begin' }).click();
    await page.waitForURL(/\/content\/[\w-]{10,}\/texts/);
    const id = /content\/([\w-]+)\/texts/.exec(page.url())?.[1] ?? '';
    await page.getByLabel('Part', { exact: true }).selectOption('school');
    await cell(page, 'school:place', 'Spanish').fill('¿En qué lugar?');
    await cell(page, 'school:place', 'Arabic').focus();
    await expect.poll(() => valueOf(id, 'locales/es/school.json#place')).toBe('¿En qué lugar?');
    await row(page, 'place').getByText('Drafted').waitFor();
    await page.getByRole('link', { name: /^Changes/ }).click();
    await page.getByRole('link', { name: /Text .*school:place.*Spanish/ }).waitFor();
    await page.locator('ins', { hasText: 'lugar' }).waitFor();
    await press(page, /^Put back: Text/);
    await page.getByText('Nothing is changed yet').waitFor();
    expect(await valueOf(id, 'locales/es/school.json#place')).not.toBe('¿En qué lugar?');
    await page.context().close();
  });

  it('gives up the last edit, gets another title, and can be given up', async () => {
    const id = await beginDraft('Old title');
    await edit(ana, id, 'locales/es/school.json#place', '¿Dónde?');
    const page = await open(`/content/${id}/changes`);
    await page.locator('ins', { hasText: 'Dónde' }).waitFor();
    await press(page, 'Undo my last edit');
    await told(page, /Taken back: Text .*school:place/).waitFor();
    await page.getByText('Nothing is changed yet').waitFor();
    await press(page, 'More about this draft');
    await page.getByRole('menuitem', { name: 'Give it another title' }).click();
    await page.getByRole('dialog').getByLabel('Title').fill('New title');
    await press(page.getByRole('dialog'), 'Save');
    await page.getByRole('heading', { level: 1, name: 'New title' }).waitFor();
    await press(page, 'More about this draft');
    await page.getByRole('menuitem', { name: 'Give it up' }).click();
    await press(page.getByRole('dialog'), 'Give it up');
    await page.getByText('This draft was given up.').first().waitFor();
    await page.getByRole('link', { name: 'All drafts and releases' }).click();
    await page.getByText(/drafts? that ended/).click();
    await page.getByRole('link', { name: 'New title' }).waitFor();
    await page.context().close();
  });

  it('holds what colleagues say about a change', async () => {
    const id = await beginDraft('To talk about');
    await edit(ana, id, 'locales/es/school.json#place', '¿Dónde?');
    const page = await open(`/content/${id}/changes`, bea);
    await press(page, /^Comment on Text/);
    await page.getByLabel('Your comment').first().fill('Too short?');
    await page.getByRole('button', { name: 'Say it' }).first().click();
    await page.locator('.difference').getByText('Too short?').waitFor();
    const { comments } = await ana.call('readDraft', { params: { id } });
    expect(comments).toMatchObject([{ by: 'Bea', address: 'locales/es/school.json#place', text: 'Too short?' }]);
    await page.context().close();
  });
});

describe('a text', () => {
  it('keeps its values whole, and says which are missing', async () => {
    const id = await beginDraft('Values');
    const page = await open(`/content/${id}/texts?namespace=system&q=handoff_open`);
    const field = cell(page, 'system:handoff_open', 'Spanish');
    await field.fill('Espere {{minutes}}');
    await field.press('End');
    await field.press('Backspace');
    expect(await field.inputValue()).toBe('Espere ');
    await page.getByText(/The value .*minutes.* is missing/).waitFor();
    await press(page, 'Put in the value minutes');
    expect(await field.inputValue()).toBe('Espere {{minutes}}');
    await field.press('Control+Enter');
    await expect.poll(() => valueOf(id, 'locales/es/system.json#handoff_open')).toBe('Espere {{minutes}}');
    await page.context().close();
  });

  it('stays in its place when it is filled in where only missing ones are wanted', async () => {
    const id = await beginDraft('Missing');
    await ana.call('editDraft', { params: { id }, body: { edits: [{ address: 'locales/es/school.json#place', expects: 0 }] } });
    const page = await open(`/content/${id}/texts?namespace=school&state=missing&languages=es`);
    const field = cell(page, 'school:place', 'Spanish');
    await field.fill('¿En qué ciudad?');
    await field.press('Control+Enter');
    await row(page, 'place').getByText('Drafted').waitFor();
    await expect.poll(() => valueOf(id, 'locales/es/school.json#place')).toBe('¿En qué ciudad?');
    expect(await field.inputValue()).toBe('¿En qué ciudad?');
    await field.fill('¿En qué país?');
    await field.press('Control+Enter');
    await expect.poll(() => valueOf(id, 'locales/es/school.json#place')).toBe('¿En qué país?');
    await page.context().close();
  });

  it('is not lost where the service cannot be reached', async () => {
    const id = await beginDraft('Offline');
    const page = await open(`/content/${id}/texts?namespace=school&languages=es`);
    const field = cell(page, 'school:place', 'Spanish');
    await page.route('**/edits', (route) => route.abort());
    await field.fill('¿Y dónde?');
    await field.press('Control+Enter');
    await page.getByText('Not saved yet.').waitFor();
    await page.getByText('The server does not answer.').waitFor();
    expect(await field.inputValue()).toBe('¿Y dónde?');
    await page.unroute('**/edits');
    await press(page, 'Save it');
    await expect.poll(() => valueOf(id, 'locales/es/school.json#place')).toBe('¿Y dónde?');
    await page.getByText('Not saved yet.').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('that two people change at once is shown to the second, who decides', async () => {
    const id = await beginDraft('Two of us');
    const page = await open(`/content/${id}/texts?namespace=school&languages=es`);
    const field = cell(page, 'school:place', 'Spanish');
    await field.waitFor();
    await edit(bea, id, 'locales/es/school.json#place', 'De Bea');
    await field.fill('De Ana');
    await field.press('Control+Enter');
    const dialog = page.getByRole('dialog', { name: 'Somebody changed the same thing' });
    await dialog
      .getByRole('region', { name: /By .*Bea/ })
      .getByText('De Bea')
      .waitFor();
    await dialog.getByRole('region', { name: 'Mine' }).getByText('De Ana').waitFor();
    await press(dialog, 'Mine stands');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => valueOf(id, 'locales/es/school.json#place')).toBe('De Ana');
    const address = 'locales/es/school.json#place';
    const { entries } = await bea.call('readEntries', { params: { source: id }, query: { changed: 'true' } });
    const expects = entries.find((entry) => entry.address === address)?.revision;
    const written = await bea.call('editDraft', { params: { id }, body: { edits: [{ address, value: 'Otra vez Bea', expects }] } });
    expect(written.applied).toBe(true);
    await field.fill('Otra vez Ana');
    await field.press('Control+Enter');
    await press(dialog, 'Theirs stands');
    await expect.poll(() => field.inputValue()).toBe('Otra vez Bea');
    await page.context().close();
  });

  it('of the source language outdates its translations, unless it still means the same', async () => {
    const id = await beginDraft('Source');
    const page = await open(`/content/${id}/texts?namespace=school&languages=es`);
    const [place, need] = [cell(page, 'school:place', 'English'), cell(page, 'school:need', 'English')];
    await place.fill('In which town?');
    await place.press('Control+Enter');
    await row(page, 'place').getByText('Outdated').waitFor();
    await need.fill('What do you want to know?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await need.focus();
    await need.press('Control+Enter');
    await row(page, 'need').getByText('Drafted').waitFor();
    expect(await row(page, 'need').getByText('Outdated').count()).toBe(0);
    await page.getByRole('button', { name: /1 Outdated/ }).click();
    await expect.poll(() => page.locator('.text-row').count()).toBe(1);
    await page.context().close();
  });

  it('that is a list has one word a line', async () => {
    const id = await beginDraft('List');
    const page = await open(`/content/${id}/texts?namespace=school&q=age.early.synonyms&languages=es`);
    const field = cell(page, 'school:age.early.synonyms', 'Spanish');
    await field.fill('bebé\n\n  guardería  ');
    await field.press('Control+Enter');
    await expect.poll(() => valueOf(id, 'locales/es/school.json#age.early.synonyms')).toEqual(['bebé', 'guardería']);
    await page.context().close();
  });

  it('is reached by the keyboard from the one above', async () => {
    const id = await beginDraft('Keys');
    const page = await open(`/content/${id}/texts?namespace=school&languages=es`);
    await cell(page, 'school:age', 'Spanish').focus();
    await page.keyboard.press('Control+Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('lang'))).toBe('es');
    expect(await cell(page, 'school:age.early', 'Spanish').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.context().close();
  });
});

describe('a reviewer', () => {
  it('signs the texts that are selected, in a language of their own', async () => {
    const id = await beginDraft('To sign');
    await edit(ana, id, 'locales/es/school.json#place', '¿Dónde está?');
    const page = await open(`/content/${id}/texts?namespace=school&languages=es`, bea);
    await row(page, 'place').getByText('Select to sign').click();
    await press(page, 'I reviewed 1 text in Spanish');
    await told(page, 'signed as reviewed by you').waitFor();
    await row(page, 'place').getByText('Reviewed').waitFor();
    await row(page, 'place').getByText('Select to sign').click();
    await press(page, 'Take back 1 review in Spanish');
    await expect.poll(() => row(page, 'place').getByText('Reviewed').count()).toBe(0);
    await page.context().close();
  });
});

describe('publishing', () => {
  it('says what is missing, wants a second person, and can be taken back', async () => {
    const id = await beginDraft('Better question');
    const before = (await ana.call('listReleases')).releases[0]?.number ?? 0;
    await edit(ana, id, 'locales/es/school.json#place', '¿En qué ciudad o pueblo?');
    const page = await open(`/content/${id}/changes`);
    const publish = page.getByRole('button', { name: 'Publish' });
    await page.locator('#publish-reasons').getByText('the approval of somebody who did not write it').waitFor();
    expect(await publish.isDisabled()).toBe(true);
    await press(page, 'Check now');
    await page.getByText('Nothing stands in the way.').waitFor({ timeout: 60_000 });
    await press(page, 'Ask for a review');
    await page.getByText('A review was asked for').waitFor();
    const reviewer = await open('/content', bea);
    await reviewer.getByRole('link', { name: 'Better question' }).click();
    await press(reviewer, 'Approve it as it is now');
    await reviewer.getByText(/Approved by .*Bea/).waitFor();
    await reviewer.context().close();
    await page.reload();
    await publish.click();
    await page
      .getByText(`Published as release ${before + 1}.`)
      .first()
      .waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'All drafts and releases' }).click();
    await page.getByRole('row', { name: new RegExp(`${before + 1}.*People read it now`) }).waitFor();
    await press(page, `Put this back (Release ${before})`);
    await page.getByRole('dialog').getByText('Conversations that are under way end on the release in which they began.').waitFor();
    await press(page.getByRole('dialog'), 'Put it back');
    await told(page, `It is release ${before + 2} now.`).waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: `What it changed (Release ${before + 2})` }).click();
    await page.locator('del', { hasText: 'pueblo' }).waitFor();
    await page.context().close();
  }, 180_000);
});

describe('files', () => {
  it('go out for a translator and come back in, first only to look at', async () => {
    const id = await beginDraft('From the translator');
    const page = await open(`/content/${id}/exchange`);
    await page.getByText('Language', { exact: true }).waitFor();
    await page.getByLabel('Language', { exact: true }).selectOption('es');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')]);
    const file = readFileSync(await download.path(), 'utf8');
    const old = await valueOf('current', 'locales/es/school.json#place');
    expect(file).toContain(`msgstr ${JSON.stringify(old)}`);
    const changed = file.replace(`msgstr ${JSON.stringify(old)}`, 'msgstr "¿Dónde vive?"');
    await page.locator('input[type=file]').setInputFiles({ name: 'es.po', mimeType: 'text/plain', buffer: Buffer.from(changed) });
    await press(page, 'See what it would change');
    await page.getByText('Nothing is changed yet.').waitFor();
    expect(await valueOf(id, 'locales/es/school.json#place')).toBe(old);
    await press(page, /^Take \d+ changes? into the draft/);
    await page.getByRole('link', { name: 'See the changes' }).click();
    await page.locator('ins', { hasText: 'Dónde vive' }).waitFor();
    await page.context().close();
  });

  it('that are too large are told so, and nothing is sent', async () => {
    const id = await beginDraft('Too large');
    const page = await open(`/content/${id}/exchange`);
    await page.locator('input[type=file]').setInputFiles({ name: 'es.po', mimeType: 'text/plain', buffer: Buffer.alloc(10_000_001) });
    await page.getByText('These files are larger than 10 MB').waitFor();
    expect(await page.getByRole('button', { name: 'See what it would change' }).isDisabled()).toBe(true);
    await page.context().close();
  });
});

const LOOKS = [
  { language: 'en', colorScheme: 'dark', width: 1280 },
  { language: 'ar', colorScheme: 'light', width: 360 },
] as const;

describe.each(LOOKS)('in $language, $colorScheme, $width px', ({ language, colorScheme, width }) => {
  it('no page has a fault', async () => {
    const id = await beginDraft('To look at');
    await edit(ana, id, 'locales/es/school.json#place', '¿Dónde?');
    const { page, complaints } = await openConsole(browser, service, {
      language,
      colorScheme,
      viewport: { width, height: 740 },
      as: bea,
      path: '/content',
    });
    const places = [
      '/content',
      `/content/${id}/changes`,
      `/content/${id}/texts?namespace=school&q=need`,
      '/content/current/texts?namespace=system&q=handoff',
      `/content/${id}/exchange`,
    ];
    for (const place of places) {
      await page.goto(`${service.url}/console${place}`);
      await page.locator('h1').waitFor();
      await page.locator('.loading').first().waitFor({ state: 'detached' });
      expect([place, ...(await violations(page))]).toEqual([place]);
      expect([place, await page.evaluate(() => (document.querySelector('#page')?.scrollWidth ?? 0) > innerWidth)]).toEqual([place, false]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 120_000);
});

// The glossary in a real browser against the real service: agreed words under a source text, a term that is added, changed and removed in
// a draft, what a translator may change of it, and where a change of it leads.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';

let service: ConsoleService;
let browser: Browser;
let ana: StaffPerson;

beforeAll(async () => {
  service = await serveConsole();
  browser = await launchBrowser();
  ana = await joinStaff(service, { alias: 'Ana', roles: ['editor'], languages: ['es', 'ar'] });
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

const FILE = 'locales/glossary.yaml';
/** A text that says asylum, in French and Arabic beside English. */
const TEXTS = 'texts?namespace=answers&q=Q24.title&languages=fr,ar';

const beginDraft = async (title: string): Promise<string> => (await ana.call('createDraft', { body: { title } })).id;
const change = (id: string, address: string, value: unknown): Promise<unknown> =>
  ana.call('editDraft', { params: { id }, body: { edits: [{ address, value, expects: 0 }] } });
const row = (page: Page): Locator => page.locator('.text-row').filter({ has: page.getByText('Q24.title', { exact: true }) });
const terms = (page: Page): Locator => page.locator('.glossary > li');

async function termsOf(source: string): Promise<unknown[]> {
  const { entries } = await ana.call('readEntries', { params: { source }, query: { kinds: 'term' } });
  return entries.flatMap(({ value }) => (value === undefined ? [] : [value]));
}

async function openGlossary(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Glossary' }).click();
  const dialog = page.getByRole('dialog', { name: 'Glossary' });
  await terms(page).first().waitFor();
  return dialog;
}

describe('the agreed words', () => {
  it('stand under a source text that has the term, and a translation that says another word is marked', async () => {
    const id = await beginDraft('Other words');
    await change(id, 'locales/fr/answers.json#Q24.title', "J'ai peur de rentrer. Puis-je demander la protection ?");
    const { page, complaints } = await openConsole(browser, service, { as: ana, path: `/content/${id}/${TEXTS}` });
    const agreed = row(page).locator('.row-terms > dl > div').filter({ hasText: 'asylum' });
    await agreed.getByText('(not said)').waitFor();
    expect(await agreed.locator('dd').allInnerTexts()).toEqual([
      expect.stringContaining('asile (not said)'),
      expect.stringContaining('اللجوء'),
    ]);
    expect(await agreed.locator('.not-said').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('the glossary', () => {
  it('is only read in a release, and found by any of its words', async () => {
    const { page } = await openConsole(browser, service, { as: ana, path: `/content/current/${TEXTS}` });
    const dialog = await openGlossary(page);
    expect(await dialog.getByRole('button', { name: /^(Add|Change)/ }).count()).toBe(0);
    expect(await terms(page).count()).toBe((await termsOf('current')).length);
    await dialog.getByLabel('Word', { exact: true }).fill('القنصلية');
    await expect.poll(() => terms(page).count()).toBe(1);
    await terms(page).getByRole('heading', { name: 'consulate' }).waitFor();
    await page.context().close();
  });

  it('gets a term, which then stands under the texts, is changed and is removed', async () => {
    const id = await beginDraft('A term');
    const { page, complaints } = await openConsole(browser, service, { as: ana, path: `/content/${id}/${TEXTS}` });
    const dialog = await openGlossary(page);
    await dialog.getByRole('button', { name: 'Add a term' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Write the word in this language').waitFor();
    await dialog.getByLabel('Words in English').fill('going back\nfear');
    await dialog.getByLabel('Words in French').fill('rentrer');
    await dialog.getByLabel('Why it matters').fill('Never: be sent back.');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await terms(page).getByRole('heading', { name: 'going back' }).waitFor();
    expect((await termsOf(id)).at(-1)).toEqual({
      id: 'going_back',
      en: ['going back', 'fear'],
      fr: ['rentrer'],
      note: 'Never: be sent back.',
    });

    await dialog.getByRole('button', { name: /^Change .*going back/ }).click();
    await dialog.getByLabel('Words in Arabic').fill('العودة');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await termsOf(id)).at(-1)).toMatchObject({ ar: ['العودة'], fr: ['rentrer'] });
    await page.keyboard.press('Escape');
    const agreed = row(page).locator('.row-terms > dl > div').filter({ hasText: 'going back' });
    await agreed.getByText('rentrer').waitFor();

    await openGlossary(page);
    await dialog.getByLabel('Word', { exact: true }).fill('going back');
    await dialog.getByRole('button', { name: /^Change .*going back/ }).click();
    await dialog.getByRole('button', { name: 'Remove this term' }).click();
    await expect.poll(() => termsOf(id)).toEqual(await termsOf('current'));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows a change with the name of its language, which leads back to the term', async () => {
    const id = await beginDraft('A changed term');
    await change(id, `${FILE}#visa`, { id: 'visa', en: ['visa'], fr: ['visa'] });
    const { page } = await openConsole(browser, service, { as: ana, path: `/content/${id}/changes` });
    await page.getByText('French', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: /^Term .*visa/ }).click();
    await page.getByRole('dialog', { name: 'Glossary' }).waitFor();
    await terms(page).getByRole('heading', { name: 'visa' }).waitFor();
    expect(await terms(page).count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('term=');
    await page.context().close();
  });
});

it('a translator changes the words of their languages and nothing else', async () => {
  const tom = await joinStaff(service, { alias: 'Tom', roles: ['translator'], languages: ['fr'] });
  const { id } = await tom.call('createDraft', { body: { title: 'French words' } });
  const { page } = await openConsole(browser, service, { as: tom, path: `/content/${id}/${TEXTS}` });
  const dialog = await openGlossary(page);
  expect(await dialog.getByRole('button', { name: 'Add a term' }).count()).toBe(0);
  await dialog.getByLabel('Word', { exact: true }).fill('asylum seeker');
  await dialog.getByRole('button', { name: /^Change .*asylum seeker/ }).click();
  expect(await dialog.getByRole('textbox').count()).toBe(1);
  expect(await dialog.getByRole('button', { name: 'Remove this term' }).count()).toBe(0);
  await dialog.getByLabel('Words in French').fill("personne qui demande l'asile");
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => (await termsOf(id)).find((term) => (term as { id: string }).id === 'asylum_seeker'))
    .toMatchObject({ fr: ["personne qui demande l'asile"], en: ['asylum seeker', 'asylum seekers'] });
  await page.context().close();
});

it.each([
  ['en', 1280],
  ['ar', 360],
] as const)('has nothing that hinders people, in %s at %i pixels', async (language, width) => {
  const id = await beginDraft(`Look ${language}`);
  const { page, complaints } = await openConsole(browser, service, {
    as: ana,
    language,
    path: `/content/${id}/texts?namespace=answers&q=Q24&languages=fr,ar`,
    viewport: { width, height: 800 },
  });
  await page.locator('.row-terms').first().waitFor();
  const shots = process.env.SHOTS;
  if (shots !== undefined) await page.screenshot({ path: `${shots}/texts-${language}-${width}.png`, fullPage: true });
  await page.goto(`${page.url()}&term=asylum`);
  await terms(page).first().waitFor();
  expect(await violations(page)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
  if (shots !== undefined) await page.screenshot({ path: `${shots}/glossary-${language}-${width}.png` });
  await terms(page).getByRole('button').first().click();
  await page.locator('.term-fields').waitFor();
  expect(await violations(page)).toEqual([]);
  if (shots !== undefined) await page.screenshot({ path: `${shots}/term-${language}-${width}.png` });
  expect(complaints).toEqual([]);
  await page.context().close();
});

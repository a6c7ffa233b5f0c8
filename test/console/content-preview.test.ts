// The live preview in a real browser: talking to a draft on each channel, what stands behind, taking steps back, recording a test and
// seeing it fail; and what is shown of a release, or of a draft that cannot be played.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleOptions, type ConsoleService } from '../support/console.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';

let service: ConsoleService;
let browser: Browser;
let ana: StaffPerson;

beforeAll(async () => {
  service = await serveConsole();
  browser = await launchBrowser();
  ana = await joinStaff(service, { alias: 'Ana', roles: ['editor'] });
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

const newDraft = async (): Promise<string> => (await ana.call('createDraft', { body: { title: 'A test draft' } })).id;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const log = (page: Page) => page.getByRole('log', { name: 'Conversation' });
const behind = (page: Page) => page.getByRole('region', { name: 'Behind the conversation' });

async function open(source: string, query = '', options: ConsoleOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  return openConsole(browser, service, { as: ana, path: `/content/${source}/preview${query}`, ...options });
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Write as the person').fill(text);
  await press(page, 'Send');
}

async function edit(draft: string, address: string, value: unknown): Promise<void> {
  const { entries } = await ana.call('readEntries', { params: { source: draft }, query: { file: address.split('#')[0] ?? '' } });
  const expects = entries.find((entry) => entry.address === address)?.revision ?? 0;
  const { applied } = await ana.call('editDraft', {
    params: { id: draft },
    body: { edits: [{ address, value, expects }], sameMeaning: true },
  });
  expect(applied).toBe(true);
}

describe('a conversation', () => {
  it('goes on by buttons and words, and shows where it stands and what is known', async () => {
    const { page, complaints } = await open(await newDraft(), '?language=en&flow=menu');
    await log(page).getByRole('button', { name: 'School' }).click();
    await log(page).getByText('Who will study?').waitFor();
    await log(page).getByRole('button').first().click();
    await write(page, 'Barcelona');
    await behind(page).getByText('answers.place').waitFor();
    await behind(page)
      .getByText(/^Barcelona \(.?ES-CT-BCN.?\)$/)
      .first()
      .waitFor();
    await behind(page)
      .getByText(/Noted for the statistics: .*Barcelona/)
      .first()
      .waitFor();
    const link = behind(page).getByRole('link', { name: /school.*step/ });
    expect(await link.getAttribute('href')).toMatch(/\/content\/[^/]+\/flows\/school\?step=/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('goes a step back, and starts again', async () => {
    const { page } = await open(await newDraft(), '?language=en&flow=school');
    await log(page).getByText('Who will study?').waitFor();
    await write(page, '2');
    await log(page).getByText('In which city or country?').waitFor();
    await press(page, 'Step back');
    await log(page).getByText('In which city or country?').waitFor({ state: 'detached' });
    await write(page, '1');
    await log(page).getByText('In which city or country?').waitFor();
    await press(page, 'Start again');
    await log(page).getByText('In which city or country?').waitFor({ state: 'detached' });
    await log(page).getByText('Who will study?').waitFor();
    await page.context().close();
  });

  it('is played again as a text message where the channel is changed, with its measure', async () => {
    const { page } = await open(await newDraft(), '?language=en&flow=menu');
    await log(page).getByRole('button', { name: 'School' }).click();
    await page.getByLabel('Channel').selectOption('sms');
    await log(page)
      .getByRole('button', { name: /^Answer 1: / })
      .waitFor();
    await log(page)
      .getByText(/text messages? · .* characters · plain letters \(GSM.7\)/)
      .first()
      .waitFor();
    await behind(page)
      .getByText(/^\d+ text messages$/)
      .waitFor();
    await log(page)
      .getByRole('button', { name: /^Answer 2: / })
      .click();
    await log(page).getByText('In which city or country?').waitFor();
    expect(page.url()).toContain('channel=sms');
    await page.context().close();
  });

  it('of somebody new by SMS waits for their first words; pictures and time can be sent', async () => {
    const { page } = await open(await newDraft(), '?channel=sms');
    await log(page).getByText('Nobody has written yet.').waitFor();
    await write(page, 'bonjour');
    await behind(page).getByText('French', { exact: true }).waitFor();
    expect(await log(page).locator('.said.hotline .words').first().getAttribute('lang')).toBe('fr');
    await press(page, 'Send a picture');
    await log(page).getByText('A picture').waitFor();
    await press(page, 'Let two hours pass');
    await log(page)
      .getByText(/2 hr? pass/)
      .waitFor();
    await page.context().close();
  });

  it('at night nobody is there', async () => {
    const { page } = await open(await newDraft(), '?language=en&flow=menu');
    await page.getByLabel('Day and time').fill('2026-11-24T03:00');
    await write(page, 'person');
    await log(page).getByText('Nobody is here now.').waitFor();
    await page.context().close();
  });
});

describe('what is changed', () => {
  it('shows in the preview of the draft, and not in that of the release', async () => {
    const draft = await newDraft();
    await edit(draft, 'locales/en/school.json#age', 'Who wants to learn?');
    const own = await open(draft, '?language=en&flow=school');
    await log(own.page).getByText('Who wants to learn?').waitFor();
    await own.page.context().close();
    const released = await open('current', '?language=en&flow=school');
    await log(released.page).getByText('Who will study?').waitFor();
    await behind(released.page).getByText('Recording changes the content').waitFor();
    expect(await released.page.getByRole('button', { name: 'Record as a test' }).count()).toBe(0);
    await released.page.context().close();
  });

  it('is told as a problem where the draft cannot be played', async () => {
    const draft = await newDraft();
    await edit(draft, 'flows/school.yaml#steps/age', { ask: 'age', choices: ['early'], next: 'nowhere' });
    const { page } = await open(draft, '?language=en&flow=school');
    await page.getByText('This content cannot be played yet.').waitFor();
    expect(await page.getByRole('link', { name: /school/ }).count()).toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('is told where a step is gone', async () => {
    const { page } = await open(await newDraft(), '?language=en&flow=school&step=gone');
    await page.getByText('has no step "gone"').waitFor();
    await page.context().close();
  });
});

describe('a test', () => {
  const SCHOOL = 'test/flows/school.en.yaml#transcript';
  const ASKED = [{ channel: 'web', language: 'en', flow: 'school' }, { user: '[opened]' }, { bot: 'Who will study?' }];

  it('is recorded under a free name, holds, fails when the words change, and takes the new ones', async () => {
    const draft = await newDraft();
    await edit(draft, SCHOOL, ASKED);
    const { page, complaints } = await open(draft, '?language=en&flow=school');
    await write(page, '2');
    await log(page).getByText('In which city or country?').waitFor();
    await press(page, 'Record as a test');
    const dialog = page.getByRole('dialog', { name: 'Record as a test' });
    await dialog.getByLabel('Name of the test').fill('School test');
    await dialog.getByRole('button', { name: 'Record', exact: true }).click();
    await dialog.getByText('Write a name that begins with a letter').waitFor();
    await dialog.getByLabel('Name of the test').fill('school');
    await dialog.getByText('There is already a test named school.en.').waitFor();
    await dialog.getByLabel('Name of the test').fill('school_age');
    await dialog.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText('The hotline says everything that the test expects.').waitFor();
    expect(page.url()).toContain('transcript=school_age.en');
    expect(await log(page).getByText('As expected').count()).toBe(2);
    const { entries } = await ana.call('readEntries', { params: { source: draft }, query: { kinds: 'transcript', changed: 'true' } });
    expect(entries.map(({ address, change }) => [address, change])).toContainEqual(['test/flows/school_age.en.yaml#transcript', 'added']);
    await edit(draft, 'locales/en/school.json#place', 'Where do you live?');
    await page.reload();
    await page.getByText('1 answer is not what the test expects.').waitFor();
    await press(page, 'Expect what is said now');
    await page.getByText('The hotline says everything that the test expects.').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is opened, played as it was recorded, gone on with, and taken away', async () => {
    const draft = await newDraft();
    await edit(draft, SCHOOL, ASKED);
    const { page } = await open(draft);
    await page.getByLabel('Recorded test').selectOption('school.en');
    await page.getByText('The hotline says everything that the test expects.').waitFor();
    expect(await page.getByLabel('Begin in the flow').isDisabled()).toBe(true);
    await write(page, '2');
    await log(page).getByText('In which city or country?').waitFor();
    await press(page, 'Save the test as it is now');
    await page.locator('.toast', { hasText: 'Test school.en is saved.' }).waitFor();
    await expect.poll(() => log(page).getByText('As expected').count()).toBe(2);
    await press(page, 'Remove the test');
    await page.locator('.toast', { hasText: 'Test school.en is removed from the draft.' }).waitFor();
    expect(
      await page
        .getByLabel('Recorded test')
        .locator('option', { hasText: /^school\.en$/ })
        .count(),
    ).toBe(0);
    await page.context().close();
  });
});

describe('for everybody', () => {
  it('works by keyboard alone', async () => {
    const { page } = await open(await newDraft(), '?language=en&flow=school');
    await log(page).getByText('Who will study?').waitFor();
    await page.getByLabel('Write as the person').focus();
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await log(page).getByText('In which city or country?').waitFor();
    await page.getByRole('heading', { name: 'Live preview' }).click();
    await page.keyboard.press('b');
    await log(page).getByText('In which city or country?').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it.each([
    ['en', 1280],
    ['ar', 360],
  ])('has no fault that axe finds, in %s at %s pixels, and nothing sticks out', async (language, width) => {
    const { page, complaints } = await open(await newDraft(), '?language=ar&flow=school&channel=sms', {
      language,
      viewport: { width, height: 800 },
    });
    await page.locator('.said.hotline').first().waitFor();
    await page.locator('.phone-write input').fill('2');
    await page.keyboard.press('Enter');
    await page.locator('.phone-turn').nth(1).locator('.said.hotline').waitFor();
    expect(await violations(page)).toEqual([]);
    const tooWide = await page.evaluate(() => document.querySelector('#page')!.scrollWidth > document.querySelector('#page')!.clientWidth);
    expect(tooWide).toBe(false);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

// The flow editor in a real browser against the real service: lists, both views, the form of a step, adding, renaming, taking back, two people
// on one step, and what those see who may only read.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsolePage, type ConsoleService } from '../support/console.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';

let service: ConsoleService;
let browser: Browser;
let ana: StaffPerson;
let bea: StaffPerson;

beforeAll(async () => {
  service = await serveConsole();
  browser = await launchBrowser();
  ana = await joinStaff(service, { alias: 'Ana', roles: ['editor'] });
  bea = await joinStaff(service, { alias: 'Bea', roles: ['editor'] });
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

const beginDraft = async (title = 'Flows'): Promise<string> => (await ana.call('createDraft', { body: { title } })).id;
const open = (path: string, options: object = {}): Promise<ConsolePage> => openConsole(browser, service, { as: ana, path, ...options });
const openPage = async (path: string): Promise<Page> => (await open(path)).page;
const press = (place: Page | Locator, name: string | RegExp): Promise<void> =>
  place.getByRole('button', { name, exact: true }).first().click();
const form = (page: Page): Locator => page.getByRole('complementary', { name: 'The step that is open' });
const step = (page: Page, text: string | RegExp): Locator => page.getByRole('row').filter({ hasText: text }).first();
/** A mark at the edge of a row; `none` where it has none. */
const edge = (row: Locator): Promise<string> => row.evaluate((element) => getComputedStyle(element).boxShadow);
const told = (page: Page, text: string | RegExp): Promise<void> => page.locator('.toasts').getByText(text).first().waitFor();

async function fromMenu(page: Page, row: Locator, item: string): Promise<void> {
  await row.getByRole('button', { name: /What to do with step/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

interface Seen {
  value?: unknown;
  revision: number;
}
async function seen(draft: string, address: string): Promise<Seen> {
  const { entries } = await ana.call('readEntries', { params: { source: draft }, query: { file: address.slice(0, address.indexOf('#')) } });
  return entries.find((entry) => entry.address === address) ?? { revision: 0 };
}
const valueOf = async (draft: string, address: string): Promise<unknown> => (await seen(draft, address)).value;

describe('the list of flows', () => {
  it('tells what each flow begins with and says first, and finds where something is said', async () => {
    const page = await openPage('/content/current/flows');
    await page.getByRole('row', { name: /school.*Who will study.*Words.*Menu/ }).waitFor();
    await page.getByRole('row', { name: /child_safety.*Private lane/ }).waitFor();
    await page.getByLabel('Where is this said?').fill('Who will study');
    await page.getByRole('link', { name: 'Flow school, step age' }).first().click();
    await form(page).getByRole('heading', { name: 'Asks' }).waitFor();
    await page.context().close();
  });

  it('gets a flow from a ready beginning, in the source language, and loses it again with everything', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows`);
    await press(page, 'Add a flow');
    const dialog = page.getByRole('dialog');
    await press(dialog, 'Add the flow');
    await dialog.getByText('Small letters, digits and _ only').waitFor();
    await dialog.getByLabel('Short name').fill('Bus pass');
    await press(dialog, 'Add the flow');
    await page.waitForURL(/flows\/bus_pass/);
    await step(page, 'What would you like to know?').waitFor();
    expect(await valueOf(draft, 'flows/bus_pass.yaml#order')).toEqual(['question', 'answer_one', 'answer_two', 'helped']);
    expect(await valueOf(draft, 'locales/en/bus_pass.json#question.one')).toBe('First thing');
    await page.getByRole('link', { name: 'All flows' }).click();
    await press(page, 'What to do with bus_pass');
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await press(page.getByRole('dialog'), 'Remove the flow');
    await told(page, 'bus_pass is removed');
    expect(await valueOf(draft, 'locales/en/bus_pass.json#question.one')).toBeUndefined();
    await press(page.locator('.toasts'), 'Undo');
    await page.getByRole('row', { name: /bus_pass.*What would you like to know/ }).waitFor();
    await page.context().close();
  });

  it('copies a flow with its texts in all languages, and says who leads to one before it goes', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows`);
    await press(page, 'Add a flow');
    await page.getByRole('dialog').getByLabel('Short name').fill('course');
    await page.getByRole('tab', { name: 'A copy of a flow' }).click();
    await page.getByRole('dialog').getByLabel('Which flow').selectOption('school');
    await press(page.getByRole('dialog'), 'Copy the flow');
    await page.waitForURL(/flows\/course/);
    expect(await valueOf(draft, 'locales/ar/course.json#age')).toBe(await valueOf(draft, 'locales/ar/school.json#age'));
    expect(await valueOf(draft, 'flows/course.yaml#head/triggers')).toBeUndefined();
    const transcript = { address: 'test/flows/school.en.yaml#transcript', value: [{ user: 'hello' }, { bot: 'program' }], expects: 0 };
    await ana.call('editDraft', { params: { id: draft }, body: { edits: [transcript] } });
    await page.goto(`${service.url}/console/content/${draft}/flows`);
    await press(page, 'What to do with school');
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByText('Another flow leads to it').waitFor();
    await page.getByRole('dialog').getByText('Its rehearsed conversation goes away').waitFor();
    await page.context().close();
  });
});

describe('a step', () => {
  it('is changed with its texts and choices in one save; what was typed outlives a look at another step', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/school`);
    await step(page, 'Who will study?').click();
    await form(page).getByLabel('Question', { exact: true }).fill('Who wants to study?');
    await form(page).getByLabel('New choice').fill('A friend');
    await press(form(page), 'Add the choice');
    await step(page, 'In which city').click();
    await step(page, 'Who will study?').getByText('Not saved').waitFor();
    // The row whose form is open is marked, and only that one.
    expect(await edge(step(page, 'In which city'))).not.toBe(await edge(step(page, 'Who will study?')));
    expect(await valueOf(draft, 'locales/en/school.json#age')).toBe('Who will study? You can choose a group.');
    await step(page, 'Who will study?').click();
    await expect.poll(() => form(page).getByLabel('Question', { exact: true }).inputValue()).toBe('Who wants to study?');
    await press(form(page), 'Save');
    await step(page, 'Who wants to study?').waitFor();
    expect(await valueOf(draft, 'flows/school.yaml#steps/age')).toMatchObject({
      choices: ['early', 'primary', 'secondary', 'adult', 'a_friend'],
    });
    expect(await valueOf(draft, 'locales/en/school.json#age.a_friend')).toBe('A friend');
    await press(page, 'Undo my last edit');
    await step(page, 'Who will study?').waitFor();
    expect(await valueOf(draft, 'locales/en/school.json#age.a_friend')).toBeUndefined();
    expect(await valueOf(draft, 'flows/school.yaml#steps/age')).toMatchObject({ choices: ['early', 'primary', 'secondary', 'adult'] });
    await page.context().close();
  });

  it('loses the texts of a choice in every language when the choice goes', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/school?step=age`);
    await press(form(page), 'Remove choice 4');
    await press(form(page), 'Save');
    await expect.poll(() => valueOf(draft, 'locales/fr/school.json#age.adult.synonyms')).toBeUndefined();
    expect(await valueOf(draft, 'locales/es/school.json#age.adult')).toBeUndefined();
    expect(await valueOf(draft, 'locales/es/school.json#age.primary')).toBeDefined();
    await page.context().close();
  });

  it('tells what is wrong with a condition while it is typed, and offers what may come next', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/school?step=need`);
    const condition = form(page).getByRole('combobox', { name: 'Only if' });
    await condition.fill('answers.a');
    await form(page)
      .getByRole('option', { name: /age.*Who will study/ })
      .waitFor();
    await condition.press('Enter');
    await condition.pressSequentially(' == "midd');
    await form(page).getByText('This condition cannot be used').waitFor();
    await condition.fill('answers.age == "');
    await condition.press('ArrowDown');
    await condition.press('Enter');
    expect(await condition.inputValue()).toBe('answers.age == "primary"');
    await form(page).getByText('This condition cannot be used').waitFor({ state: 'detached' });
    await press(form(page), 'Save');
    await expect.poll(() => valueOf(draft, 'flows/school.yaml#steps/need')).toMatchObject({ when: 'answers.age == "primary"' });
    await page.context().close();
  });

  it('is not saved while its schema does not take it', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/school?step=directory_6`);
    await form(page).getByLabel('How many places').fill('40');
    await press(form(page), 'Save');
    await form(page).getByText('At most 10.').waitFor();
    expect(await valueOf(draft, 'flows/school.yaml#steps/directory_6')).toMatchObject({ directory: { limit: 3 } });
    await form(page).getByLabel('How many places').fill('4');
    await page.keyboard.press('Control+s');
    await expect.poll(() => valueOf(draft, 'flows/school.yaml#steps/directory_6')).toMatchObject({ directory: { limit: 4 } });
    await page.context().close();
  });

  it('is added behind another with its text, named after its words, taken back and done again', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/school`);
    await fromMenu(page, step(page, 'Who will study?'), 'Add a step after it');
    await press(page.getByRole('dialog'), /^Says/);
    await press(form(page), 'Add the step');
    await form(page).getByText('Fill this in.').waitFor();
    await form(page).getByLabel('What it says').fill('Courses are free.');
    await press(form(page), 'Add the step');
    await step(page, 'Courses are free.').waitFor();
    expect(((await valueOf(draft, 'flows/school.yaml#order')) as string[]).slice(0, 2)).toEqual(['age', 'courses_are_free']);
    expect(await valueOf(draft, 'flows/school.yaml#steps/courses_are_free')).toEqual({ say: 'courses_are_free' });
    await press(page, 'Undo my last edit');
    await step(page, 'Courses are free.').waitFor({ state: 'detached' });
    expect(await valueOf(draft, 'locales/en/school.json#courses_are_free')).toBeUndefined();
    await press(page, 'Do it again');
    await step(page, 'Courses are free.').waitFor();
    expect(await valueOf(draft, 'locales/en/school.json#courses_are_free')).toBe('Courses are free.');
    await page.context().close();
  });

  it('is renamed wherever it is named, moved by keys, and removed with a way back', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/school?step=enrol`);
    await form(page).getByRole('button', { name: 'What to do with this step' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByLabel('New name').fill('enrolment');
    await press(page.getByRole('dialog'), 'Rename');
    await told(page, 'Renamed');
    expect(await valueOf(draft, 'flows/school.yaml#steps/need')).toMatchObject({ next: { default: 'enrolment' } });
    expect(await valueOf(draft, 'flows/school.yaml#steps/enrol')).toBeUndefined();
    await page.getByRole('row').nth(0).focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(async () => ((await valueOf(draft, 'flows/school.yaml#order')) as string[]).slice(0, 2)).toEqual(['place', 'age']);
    await fromMenu(page, step(page, 'Can my child go to school'), 'Remove');
    await told(page, /Removed: .*The step that led to it now leads on/);
    expect(await valueOf(draft, 'flows/school.yaml#steps/need')).toMatchObject({ next: { default: 'steps_to_take' } });
    await press(page.locator('.toasts'), 'Undo');
    await step(page, 'Can my child go to school').waitFor();
    await page.context().close();
  });

  it('that somebody else changed meanwhile is shown in both versions, and one decides', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/school?step=steps_to_take`);
    await form(page).getByRole('combobox', { name: 'Only if' }).fill('hour > 8');
    const theirs = { id: 'steps_to_take', say: 'steps_to_take', when: 'hour > 9' };
    const edits = [{ address: 'flows/school.yaml#steps/steps_to_take', value: theirs, expects: 0 }];
    await bea.call('editDraft', { params: { id: draft }, body: { edits } });
    await press(form(page), 'Save');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('hour > 9').first().waitFor();
    await dialog.getByText('hour > 8').first().waitFor();
    await dialog.getByRole('button', { name: /theirs/i }).click();
    expect(await form(page).getByRole('combobox', { name: 'Only if' }).inputValue()).toBe('hour > 9');
    await press(page.locator('.toasts'), 'Undo');
    expect(await form(page).getByRole('combobox', { name: 'Only if' }).inputValue()).toBe('hour > 8');
    await press(form(page), 'Save');
    await dialog.getByRole('button', { name: /mine/i }).click();
    await expect.poll(() => valueOf(draft, 'flows/school.yaml#steps/steps_to_take')).toMatchObject({ when: 'hour > 8' });
    await page.context().close();
  });

  it('can be written as its file has it', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/school?step=early`);
    await form(page).getByRole('button', { name: 'What to do with this step' }).click();
    await page.getByRole('menuitem', { name: 'Write it as in the file' }).click();
    await form(page).getByRole('textbox').fill('id: early\nlog: { topic: EDU.EAR, helpful: maybe }');
    await press(form(page), 'Take it over');
    await form(page)
      .getByText(/cannot be taken over/)
      .waitFor();
    await form(page).getByRole('textbox').fill('id: early\nlog: { topic: EDU.EAR, helpful: true }');
    await press(form(page), 'Take it over');
    await press(form(page), 'Save');
    await expect
      .poll(() => valueOf(draft, 'flows/school.yaml#steps/early'))
      .toEqual({ id: 'early', log: { topic: 'EDU.EAR', helpful: true } });
    await page.context().close();
  });
});

describe('several steps', () => {
  it('come from a ready piece and from another flow, with their texts', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/school`);
    await fromMenu(page, step(page, 'Who will study?'), 'Add a step after it');
    await page.getByRole('tab', { name: 'A ready piece' }).click();
    await page.getByRole('dialog').getByText('A person', { exact: true }).click();
    await press(page.getByRole('dialog'), 'Add these steps');
    await told(page, '3 steps added');
    await step(page, 'A person of this service can help you with this.').waitFor();
    await press(page, 'Close the step');
    await press(page, 'Add a step');
    await page.getByRole('tab', { name: 'From another flow' }).click();
    await page.getByRole('dialog').getByLabel('From which flow').selectOption('refused');
    await page
      .getByRole('dialog')
      .getByText(/What reason did they give/)
      .click();
    await press(page.getByRole('dialog'), 'Copy 1 step');
    await step(page, 'What reason did they give?').waitFor();
    expect(await valueOf(draft, 'locales/ar/school.json#reason')).toBe(await valueOf(draft, 'locales/ar/refused.json#reason'));
    expect(await valueOf(draft, 'flows/school.yaml#steps/reason')).not.toHaveProperty('next');
    await page.context().close();
  });
});

describe('the flow as a whole', () => {
  it('is drawn, walked by keys, and opens a step with Enter', async () => {
    const page = await openPage('/content/current/flows/school?view=graph');
    await page.locator('.step-node[data-step="age"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('.step-node[data-step="place"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await form(page).getByText('In which city or country?').first().waitFor();
    expect(await form(page).getByRole('button', { name: 'Save' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.locator('.step-node[data-step="place"]:focus').waitFor();
    await page.context().close();
  });

  it('has a head with words that begin it, and problems that lead to their steps', async () => {
    const draft = await beginDraft();
    const page = await openPage(`/content/${draft}/flows/refused?view=head`);
    await page.getByText('Words begin it').click();
    await page.getByLabel('Words in English').fill('said no to me\nrefusal');
    await press(page, 'Save');
    await told(page, 'Saved');
    expect(await valueOf(draft, 'flows/refused.yaml#head/triggers')).toEqual({ keywords: true });
    expect(await valueOf(draft, 'locales/en/refused.json#keywords')).toEqual(['said no to me', 'refusal']);
    const broken = { id: 'to_person', handoff: { priority: 'urgent', reason: 'flow' }, next: 'nowhere' };
    await ana.call('editDraft', {
      params: { id: draft },
      body: { edits: [{ address: 'flows/refused.yaml#steps/to_person', value: broken, expects: 0 }] },
    });
    await page.reload();
    await page.getByRole('tab', { name: /Problems/ }).click();
    await page.getByText('Leads to a step that is not there').waitFor();
    await press(page, /Calls a person/);
    await form(page).getByText('Leads to a step that is not there').waitFor();
    await page.context().close();
  });

  it.each([
    ['en', 1280],
    ['ar', 1280],
    ['en', 360],
    ['ar', 360],
  ])('has nothing that axe or the policy complains of, and fits (%s, %i px)', async (language, width) => {
    const { page, complaints } = await open('/content/current/flows', { language, viewport: { width, height: 800 } });
    for (const path of ['', '/school', '/school?view=graph', '/school?view=head', '/school?step=age', '/child_safety?step=which']) {
      await page.goto(`${service.url}/console/content/current/flows${path}`);
      await page.waitForFunction(() => document.querySelector('h1') !== null && document.querySelector('.loading, .starting') === null);
      expect(await violations(page), path).toEqual([]);
      const place = page.locator('.page-place');
      expect(await place.evaluate((element) => element.scrollWidth - element.clientWidth), path).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

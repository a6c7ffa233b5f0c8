// Editing answers, places and settings, and working on questions without an answer, in a real browser against the real service.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETTINGS_PARTS } from '../../src/console/content/settings/settings-parts.ts';
import { HotlineSettings } from '../../src/domain/content.ts';
import { saveOrganisation } from '../../src/store/organisations.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';

const LANGUAGES = ['en', 'es', 'fr', 'ar'];
const COMMUNITY = 'flows/answers/community.yaml';
const HOTLINE = 'flows/settings/hotline.yaml';

let service: ConsoleService;
let browser: Browser;
let eva: StaffPerson;
let rosa: StaffPerson;
let draft: string;

beforeAll(async () => {
  service = await serveConsole();
  browser = await launchBrowser();
  eva = await joinStaff(service, { alias: 'Eva', roles: ['administrator', 'editor'], languages: LANGUAGES });
  rosa = await joinStaff(service, { alias: 'Rosa', roles: ['reviewer'], languages: LANGUAGES });
  draft = (await eva.call('createDraft', { body: { title: 'Answers for the winter' } })).id;
}, 120_000);
afterAll(async () => {
  await browser.close();
  await service.close();
});

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const told = (page: Page, text: string) => page.locator('.toast', { hasText: text });
const open = async (place: string, as: StaffPerson = eva, language = 'en'): Promise<Page> =>
  (await openConsole(browser, service, { as, language, path: `/content/${draft}/${place}` })).page;
const entry = async (address: string, source = draft) =>
  (await eva.call('readEntries', { params: { source }, query: { file: address.split('#')[0] ?? '' } })).entries.find(
    (one) => one.address === address,
  );
const edit = async (address: string, value: unknown, as = eva) =>
  as.call('editDraft', {
    params: { id: draft },
    body: { edits: [{ address, value, expects: (await entry(address))?.revision ?? 0 }] },
  });
/** What reaches over the side of the page. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const whole = document.querySelector('#page');
    if (whole === null || whole.scrollWidth <= window.innerWidth) return [];
    const reachesOver = (one: Element): boolean =>
      one.getBoundingClientRect().left < -1 || one.getBoundingClientRect().right > window.innerWidth + 1;
    return [`${whole.scrollWidth}`, ...[...whole.querySelectorAll('*')].filter(reachesOver).map((one) => one.outerHTML.slice(0, 120))];
  });
/** Once what was typed is kept, or the time for it is over. */
const kept = (page: Page) => page.getByText('Kept in the draft.').waitFor();

describe('answers', () => {
  it('are added with a source and their words, and get an id of their topic', async () => {
    const page = await open('answers');
    await press(page, 'Add an answer');
    const dialog = page.getByRole('dialog', { name: 'Add an answer' });
    await field(page, 'Topic').last().selectOption('COM.VOT');
    await press(page, 'Add it');
    await dialog.getByText('Say where this comes from.').waitFor();
    expect(await dialog.getByText('Write something here.').count()).toBe(2);
    await field(page, 'Source').fill('Electoral law, article 3');
    await field(page, 'Question, as people would ask it').fill('Who may vote in the city council?');
    await page.keyboard.press('Escape');
    await press(page, 'Add an answer');
    expect(await field(page, 'Source').inputValue()).toBe('Electoral law, article 3');
    await field(page, 'Answer').fill('Whoever is on the list of voters.');
    await field(page, 'Ways in which people ask this').fill('can i vote here\nvoting for foreigners');
    await press(page, 'Add it');
    await page.getByRole('heading', { level: 1, name: 'Who may vote in the city council?' }).waitFor();
    expect(page.url()).toMatch(/answers\/COMVOT1$/);
    expect((await entry(`${COMMUNITY}#COMVOT1`))?.value).toMatchObject({
      source: 'Electoral law, article 3',
      reviewed_by: null,
      locality: '*',
    });
    expect((await entry('locales/en/answers.json#COMVOT1.phrasings'))?.value).toEqual(['can i vote here', 'voting for foreigners']);
    await page.getByText('2 ways of asking. At least 10 are needed').waitFor();
    await page.context().close();
  });

  it('keep what is changed in their facts and words, and are translated', async () => {
    const page = await open('answers/Q42');
    await field(page, 'Source').fill('GFMD 2017, as told in Dublin');
    await field(page, 'Kind').selectOption('historic');
    await kept(page);
    await expect
      .poll(async () => (await entry(`${COMMUNITY}#Q42`))?.value)
      .toMatchObject({ source: 'GFMD 2017, as told in Dublin', kind: 'historic' });
    await page.getByRole('tab', { name: /French/ }).click();
    const words = field(page, 'Question, as people would ask it');
    await words.fill('Qui peut voter ici ?');
    await words.press('Control+Enter');
    await expect.poll(async () => (await entry('locales/fr/answers.json#Q42.title'))?.value).toBe('Qui peut voter ici ?');
    await page.reload();
    expect(await field(page, 'Question, as people would ask it').inputValue()).toBe('Qui peut voter ici ?');
    await press(page, 'Add what the source is called in this language');
    await field(page, 'Source, as people read it').fill('Forum mondial sur la migration, 2017');
    await field(page, 'Source, as people read it').press('Control+Enter');
    await expect
      .poll(async () => (await entry('locales/fr/sources.json#GFMD 2017, as told in Dublin'))?.value)
      .toBe('Forum mondial sur la migration, 2017');
    await page.context().close();
  });

  it('get a version for a place, and the tree says who gets which', async () => {
    const page = await open('answers/Q42');
    await press(page, 'Add a version for a place');
    const dialog = page.getByRole('dialog', { name: 'Add a version for a place' });
    await dialog.getByLabel('Place', { exact: true }).selectOption('ES-CT-BCN');
    await dialog.getByText(/This place has a version already/).waitFor();
    await dialog.getByLabel('Place', { exact: true }).selectOption('ES');
    await dialog.getByLabel('Source', { exact: true }).fill('Interior ministry');
    await dialog.getByLabel('Question, as people would ask it', { exact: true }).fill('Spain: who may vote?');
    await dialog.getByLabel('Answer', { exact: true }).fill('In Spain some people may vote in the city.');
    await press(page, 'Add it');
    await page.getByRole('heading', { level: 1, name: 'Spain: who may vote?' }).waitFor();
    expect((await entry(`${COMMUNITY}#Q42ES`))?.value).toMatchObject({ replaces: 'Q42', locality: 'ES' });
    const spain = page.locator('.place-tree li li').first();
    await spain.getByText('Spain: who may vote? (this one)').waitFor();
    await spain.locator('li').getByText('Barcelona', { exact: true }).waitFor();
    await page.context().close();
  });

  it('that are overdue stand first, and say since when nobody gets them', async () => {
    const before = (await entry(`${COMMUNITY}#Q43`))?.value as Record<string, unknown>;
    await edit(`${COMMUNITY}#Q43`, { ...before, review_by: '2024-05-31' });
    const page = await open('answers');
    const first = page.getByRole('row').nth(1);
    await first.getByText('Overdue. Is not given to anybody since Jun 1, 2024.').waitFor();
    await field(page, 'State').selectOption('overdue');
    await page.getByText('1 answer · 1 is overdue').waitFor();
    await first.getByRole('link').click();
    await page.getByText('Nobody gets this answer. Its day was May 31, 2024').waitFor();
    await page.getByRole('link', { name: 'All answers' }).click();
    expect(await field(page, 'State').inputValue()).toBe('overdue');
    await page.goto(`${service.url}/console/content/${draft}/answers?view=here&here=MD`);
    await page.getByText('Nothing: overdue since May 31, 2024').waitFor();
    await page.context().close();
  });

  it('are signed as checked by a reviewer, never by whoever wrote them', async () => {
    const page = await open('answers/Q74', rosa);
    await press(page, 'Sign as checked');
    const dialog = page.getByRole('dialog', { name: 'Sign this answer as checked' });
    await dialog.getByLabel('To be checked again by').fill('2020-01-01');
    await dialog.getByText('Choose a day after today.').waitFor();
    await dialog.getByLabel('To be checked again by').fill('2031-01-31');
    await press(page, 'I have checked it');
    await told(page, 'The answer is signed.').waitFor();
    await page.getByText(/Checked by .Rosa./).waitFor();
    expect((await entry(`${COMMUNITY}#Q74`))?.value).toMatchObject({ reviewed_by: 'Rosa', review_by: '2031-01-31' });
    await page.context().close();
    const own = await open('answers/Q42ES');
    await press(own, 'Sign as checked');
    await press(own, 'I have checked it');
    await own.getByText('You wrote this yourself in this draft').waitFor();
    await own.context().close();
  });

  it('are removed with all their words, after saying what stands in for them', async () => {
    const page = await open('answers/Q42');
    await press(page, 'Remove');
    const dialog = page.getByRole('dialog', { name: 'Remove this answer?' });
    await dialog.getByText('2 local versions stand in for it').waitFor();
    await press(page, 'Cancel');
    await page.goto(`${service.url}/console/content/${draft}/answers/COMVOT1`);
    await press(page, 'Remove');
    await press(page, 'Remove the answer');
    await told(page, 'is removed from the draft').waitFor();
    expect((await entry(`${COMMUNITY}#COMVOT1`))?.value).toBeUndefined();
    expect((await entry('locales/en/answers.json#COMVOT1.phrasings'))?.value).toBeUndefined();
    await page.context().close();
  });

  it('can be tried with a question: what is found, why, and how sure', async () => {
    // What is published: a draft that lacks words cannot be tried yet.
    const { page } = await openConsole(browser, service, { as: eva, path: '/content/current/answers?view=try' });
    await field(page, 'Question').fill('my baby was born here how do i get a birth certificate');
    await press(page, 'See what is found');
    await page.getByText(/The person gets this answer/).waitFor({ timeout: 60_000 });
    const best = page
      .getByRole('list', { name: /What the search found/ })
      .getByRole('listitem')
      .first();
    await best.getByText(/of 100: sure enough to be given/).waitFor();
    await best.getByText('my baby was born here how do i get a birth certificate').waitFor();
    await best.getByRole('button', { name: /Open the answer/ }).click();
    await page.waitForURL(/answers\/Q03/);
    await page.context().close();
  }, 90_000);
});

describe('two editors', () => {
  it('see both versions of what they changed at the same time, and one decides', async () => {
    const kim = await joinStaff(service, { alias: 'Kim', roles: ['editor'], languages: LANGUAGES });
    const page = await open('answers/Q41');
    await field(page, 'Source').waitFor();
    const before = (await entry(`${COMMUNITY}#Q41`))?.value as Record<string, unknown>;
    await edit(`${COMMUNITY}#Q41`, { ...before, source: 'What Kim found' }, kim);
    await field(page, 'Source').fill('What Eva found');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('What Kim found').waitFor();
    await dialog.getByRole('button').last().click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => (await entry(`${COMMUNITY}#Q41`))?.value).toMatchObject({ source: 'What Eva found' });
    expect(await field(page, 'Source').inputValue()).toBe('What Eva found');
    await page.context().close();
  });
});

describe('places', () => {
  const PLACE = 'flows/directory/places.yaml#casa_segura';

  it('are added with little and filled in: hours, numbers, what is known of safety', async () => {
    const page = await open('places');
    await press(page, 'Add a place');
    await field(page, 'Name').fill('Casa Segura');
    await field(page, 'Add a topic').selectOption('HOU.SHL');
    await field(page, 'Place').last().selectOption('ES-CT-BCN');
    await field(page, 'How do we know?').fill('A call on 30 November');
    await press(page, 'Add it');
    await page.getByRole('heading', { level: 1, name: 'Casa Segura' }).waitFor();
    await page.getByText('Nobody can reach this place').waitFor();
    await field(page, 'Telephone numbers').fill('soon');
    await page.getByText(/is no number that can be called/).waitFor();
    await field(page, 'Telephone numbers').fill('+34931234567\n112');
    await press(page, 'Add hours');
    await field(page, 'To').fill('20:30');
    await page.getByText('Saturday', { exact: true }).click();
    await field(page, 'Address').fill('Calle Mayor 1');
    await page.getByText('Protected address', { exact: true }).click();
    await page.getByText('This address never leaves the server').waitFor();
    await page.getByText('Yes, it shares').click();
    await page.getByText('This place may put people in danger').last().waitFor();
    await page.getByText('Only for women').click();
    await kept(page);
    await expect
      .poll(async () => (await entry(PLACE))?.value)
      .toEqual({
        id: 'casa_segura',
        name: 'Casa Segura',
        topics: ['HOU.SHL'],
        locality: 'ES-CT-BCN',
        address: 'Calle Mayor 1',
        phones: ['+34931234567', '112'],
        hours: [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA'], opens_at: '09:00', closes_at: '20:30' }],
        asks_for_papers: 'unknown',
        shares_with_authorities: 'yes',
        women_only: true,
        protected_address: true,
        confirm_locally: true,
        source: 'A call on 30 November',
        verify_by: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
      });
    await page.context().close();
  });

  it('of a partner are theirs to change, others are not shown to them', async () => {
    await service.store.transaction((tx) => saveOrganisation(tx, { id: 'clinic', name: 'Clinic', partner: true, active: true }));
    const lia = await joinStaff(service, { alias: 'Lia', roles: ['partner'], organisationId: 'clinic' });
    const page = await open('places', lia);
    await page.getByText('There are no places of your organisation yet').waitFor();
    await press(page, 'Add a place');
    expect(await field(page, 'Organisation').inputValue()).toBe('Clinic');
    await field(page, 'Name').fill('Clinic on the hill');
    await field(page, 'Add a topic').selectOption('HEA.PRI');
    await field(page, 'How do we know?').fill('We work there');
    await press(page, 'Add it');
    await page.getByRole('heading', { level: 1, name: 'Clinic on the hill' }).waitFor();
    await field(page, 'Address').fill('Hill 2');
    await kept(page);
    await expect
      .poll(async () => (await entry('flows/directory/places.yaml#clinic_on_the_hill'))?.value)
      .toMatchObject({ address: 'Hill 2' });
    await field(page, 'Organisation').fill('Another');
    await page.getByText('This place belongs to another organisation').waitFor();
    await page.getByText('Not kept. What you typed is still here.').waitFor();
    await page.context().close();
  });
});

describe('settings', () => {
  it('a crisis message is switched on for at most 14 days, and off at once', async () => {
    const page = await open('settings?part=alert');
    await page.getByText('There is no crisis message').waitFor();
    await field(page, 'Ends on').fill('2040-01-01T10:00');
    await press(page, 'Switch the message on');
    await page.getByText('A crisis message lasts at most 14 days').waitFor();
    await press(page, '14 days');
    await press(page, 'Switch the message on');
    await page.getByText(/The crisis message is on until/).waitFor();
    const alert = HotlineSettings.shape.alert.parse((await entry(`${HOTLINE}#alert`))?.value);
    const days = (Date.parse(alert?.until ?? '') - Date.now()) / 86_400_000;
    expect(days > 13 && days <= 14).toBe(true);
    await field(page, 'Message in Spanish').fill('Hay una tormenta. Quédese en casa.');
    await field(page, 'Message in Spanish').press('Control+Enter');
    await expect.poll(async () => (await entry('locales/es/system.json#alert'))?.value).toBe('Hay una tormenta. Quédese en casa.');
    await press(page, 'Switch it off');
    await told(page, 'The message is off in this draft').waitFor();
    await page.getByText('There is no crisis message').waitFor();
    expect((await entry(`${HOTLINE}#alert`))?.value).toBeUndefined();
    await page.context().close();
  });

  it('an emergency number is told only with the name of whoever signed it', async () => {
    const page = await open('settings?part=emergency', rosa);
    await press(page, 'Sign a number for Spain');
    await field(page, 'Number').fill('one one two');
    await press(page, 'Sign it');
    await page.getByText('This is no number that can be called').waitFor();
    await page.getByText('Tick the box above').waitFor();
    await field(page, 'Number').fill('112');
    await page.getByText(/I, .Rosa., have checked/).click();
    await press(page, 'Sign it');
    await page.getByRole('row', { name: /^Spain 112 Signed by .Rosa./ }).waitFor();
    await page.getByRole('row', { name: /Barcelona.*112 \(from Spain\)/ }).waitFor();
    await press(page, 'Remove the number for Spain');
    await told(page, 'The number is removed').waitFor();
    await page.context().close();
  });

  it('hours, holidays, languages, retention, prices and rules are kept as they are changed', async () => {
    const page = await open('settings?part=desk');
    await field(page, 'To').fill('19:00');
    await field(page, 'Day').fill('2026-12-25');
    await press(page, 'Add the day');
    await field(page, 'Answers within how many minutes').fill('0');
    await page.getByText('Write a number from 1 to 10080.').waitFor();
    await field(page, 'Answers within how many minutes').fill('30');
    await expect
      .poll(async () => (await entry(`${HOTLINE}#desk`))?.value)
      .toEqual({
        hours: [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR'], opens_at: '09:00', closes_at: '19:00' }],
        holidays: ['2026-12-25'],
        minutes_to_answer: 30,
      });
    await page.getByRole('link', { name: 'Languages' }).click();
    await field(page, 'Add a language').selectOption('pt');
    await expect.poll(async () => (await entry(`${HOTLINE}#languages`))?.value).toEqual(['es', 'en', 'fr', 'ar', 'pt']);
    await page.getByRole('link', { name: 'How long things are kept' }).click();
    await field(page, 'Messages, in days').fill('20');
    await page.getByText('Now change the text as well').waitFor();
    await expect.poll(async () => (await entry(`${HOTLINE}#retention`))?.value).toMatchObject({ messages_days: 20, case_months: 12 });
    await page.getByRole('link', { name: 'Prices' }).click();
    await field(page, 'Price of one text message part').fill('0,075');
    await expect.poll(async () => (await entry(`${HOTLINE}#prices`))?.value).toEqual({ currency: 'EUR', sms_segment: 0.075 });
    await page.getByRole('link', { name: 'Rules for publishing' }).click();
    await field(page, 'Add a language').selectOption('ar');
    await expect.poll(async () => (await entry(`${HOTLINE}#publishing`))?.value).toEqual({ sign_off_languages: ['ar'] });
    await page.context().close();
  });

  it('topics and places get new ones and new names', async () => {
    const page = await open('settings?part=topics');
    await press(page, 'Add a topic');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Area').selectOption('HEA');
    await dialog.getByLabel('Code').fill('pri');
    await dialog.getByLabel('Name in English').fill('Dentist');
    await dialog.getByRole('button', { name: 'Add a topic' }).click();
    await dialog.getByText('This code is taken.').waitFor();
    await dialog.getByLabel('Code').fill('den t');
    await dialog.getByLabel('Code').fill('dnt');
    await dialog.getByRole('button', { name: 'Add a topic' }).click();
    await page.getByRole('row', { name: /Dentist HEA\.DNT/ }).waitFor();
    expect((await entry('flows/settings/topics.yaml#HEA.DNT'))?.value).toEqual({ code: 'HEA.DNT', gcm: [15], r4v: ['HEA', 'NUT'] });
    await press(page, 'Rename Dentist');
    await field(page, 'Name in French').fill('Dentiste');
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await entry('locales/fr/topics.json#HEA.DNT'))?.value).toBe('Dentiste');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('link', { name: 'Places people name' }).click();
    await press(page, 'Add a place');
    await page.getByLabel('Lies in').selectOption('ES-CT');
    await page.getByLabel('Code').fill('GI');
    await page.getByLabel('Name in English').fill('Girona');
    await page.getByRole('dialog').getByRole('button', { name: 'Add a place' }).click();
    await page.getByRole('row', { name: /Spain · Catalonia · Girona ES-CT-GI/ }).waitFor();
    await page.context().close();
  });
});

describe('questions without an answer', () => {
  const QUESTION = 'quizás ornitorrinco violonchelo zanahoria telescopio murciélago';

  it('are read beside the answer, and only a phrasing that is typed anew is kept', async () => {
    const maria = service.hotline.person();
    for (const text of ['hola', '1', '1', QUESTION]) await maria.send(text);
    const { page } = await openConsole(browser, service, { as: eva, path: '/content/questions' });
    await page.getByText('Private conversations are never here').waitFor();
    await page.getByRole('link', { name: new RegExp(QUESTION) }).click();
    expect(page.url()).not.toContain('ornitorrinco');
    await page.getByText('These words belong to the person who wrote them').waitFor();
    await field(page, 'Answer').selectOption('Q03');
    const typed = field(page, 'New way of asking');
    expect(await typed.inputValue()).toBe('');
    await typed.fill(QUESTION);
    await press(page, 'Add it');
    await page.getByText('These are the person’s own words').waitFor();
    await typed.fill('cómo apunto a mi hijo recién nacido en el registro');
    await press(page, 'Add it');
    await told(page, 'The search learns it when the draft is published').waitFor();
    const value = (await entry('locales/es/answers.json#Q03.phrasings'))?.value as string[];
    expect(value.at(-1)).toBe('cómo apunto a mi hijo recién nacido en el registro');
    expect(JSON.stringify(value)).not.toContain('ornitorrinco');
    await page.context().close();
  }, 60_000);
});

describe('every page', () => {
  it.each(['draft', 'current'])(
    'of a %s is without fault on a phone, read from right to left',
    async (which) => {
      const source = which === 'draft' ? draft : which;
      const { page, complaints } = await openConsole(browser, service, { as: eva, language: 'ar', viewport: { width: 360, height: 740 } });
      const parts = SETTINGS_PARTS.filter((part) => which === 'draft' || part === 'desk' || part === 'topics').map(
        (part) => `settings?part=${part}`,
      );
      for (const place of ['answers', 'answers/Q42BCN', 'answers?view=here', 'answers?view=try', 'places', 'places/unhcr', ...parts]) {
        await page.goto(`${service.url}/console/content/${source}/${place}`);
        await page.locator('h1').waitFor();
        await page.locator('.loading').first().waitFor({ state: 'detached' });
        expect([place, await violations(page)]).toEqual([place, []]);
        expect([place, await tooWide(page)]).toEqual([place, []]);
      }
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    180_000,
  );
});

// An administrator's whole way in a real browser: an opening text is changed, its translations turn stale and keep it from being published,
// they are mended, it is heard as a text message in Arabic and recorded as a test, somebody else approves, it is published while somebody
// is in the middle of the flow, and taken back.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';

const LANGUAGES = ['es', 'en', 'fr', 'ar'];
const OPENING = {
  es: { name: 'Spanish', text: '¿Quién va a la escuela? Elija un grupo.' },
  en: { name: 'English', text: 'Who goes to school? Choose a group.' },
  fr: { name: 'French', text: 'Qui va à l’école ? Choisissez un groupe.' },
  ar: { name: 'Arabic', text: 'من سيذهب إلى المدرسة؟ اختر مجموعة.' },
} as const;
const SCHOOL = ['de acuerdo', 'saltar', '2'];

let service: ConsoleService;
let browser: Browser;
let ana: StaffPerson;
let rosa: StaffPerson;

beforeAll(async () => {
  service = await serveConsole();
  browser = await launchBrowser();
  ana = await joinStaff(service, { alias: 'Ana', roles: ['administrator'], languages: LANGUAGES });
  rosa = await joinStaff(service, { alias: 'Rosa', roles: ['reviewer'], languages: LANGUAGES });
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

const press = (place: Page | Locator, name: string | RegExp): Promise<void> => place.getByRole('button', { name }).first().click();
const cell = (page: Page, language: string): Locator => page.getByLabel(new RegExp(`^\\W?school:age\\W?, ${language}`));
const row = (page: Page): Locator => page.locator('.text-row').filter({ has: page.getByText('age', { exact: true }) });

async function write(page: Page, language: keyof typeof OPENING): Promise<void> {
  const field = cell(page, OPENING[language].name);
  await field.fill(OPENING[language].text);
  await field.press('Control+Enter');
}

it('goes from a changed sentence to everybody who writes, and back', async () => {
  const { id } = await ana.call('createDraft', { body: { title: 'Who goes to school' } });
  const source = { address: 'flows/settings/hotline.yaml#source_language', value: 'es', expects: 0 };
  await ana.call('editDraft', { params: { id }, body: { edits: [source] } });
  const { page } = await openConsole(browser, service, {
    as: ana,
    path: `/content/${id}/texts?namespace=school&q=school:age&languages=en,fr`,
  });

  await write(page, 'es');
  await expect.poll(() => row(page).getByText('Outdated').count()).toBe(2);
  const states = async (): Promise<unknown[]> => {
    const { rows } = await ana.call('readTexts', { params: { source: id }, query: { namespace: 'school', languages: 'en,fr,ar' } });
    const cells = rows.find(({ key }) => key === 'school:age')?.cells;
    return LANGUAGES.map((tag) => cells?.[tag]?.state);
  };
  expect(await states()).toEqual(['drafted', 'stale', 'stale', 'stale']);

  await page.getByRole('link', { name: /^Changes/ }).click();
  await press(page, 'Check now');
  await page
    .getByText(/is older than its source/)
    .first()
    .waitFor({ timeout: 60_000 });
  expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);

  await page.goto(`${service.url}/console/content/${id}/texts?namespace=school&q=school:age&languages=en,fr`);
  await write(page, 'en');
  await write(page, 'fr');
  await page.goto(`${service.url}/console/content/${id}/texts?namespace=school&q=school:age&languages=ar`);
  await write(page, 'ar');
  await expect.poll(states).toEqual(['drafted', 'drafted', 'drafted', 'drafted']);

  await page.goto(`${service.url}/console/content/${id}/preview?language=ar&channel=sms&flow=school`);
  const log = page.getByRole('log', { name: 'Conversation' });
  await log.getByText(OPENING.ar.text).waitFor({ timeout: 60_000 });
  await log.getByText(/UCS.2/).first().waitFor();
  await page.getByLabel('Write as the person').fill('2');
  await press(page, 'Send');
  await press(page, 'Record as a test');
  const dialog = page.getByRole('dialog', { name: 'Record as a test' });
  await dialog.getByLabel('Name of the test').fill('school_group');
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('The hotline says everything that the test expects.').waitFor({ timeout: 60_000 });

  const inTheMiddle = service.hotline.person();
  await inTheMiddle.send('hola');
  for (const words of SCHOOL) await inTheMiddle.send(words);
  inTheMiddle.expect('¿Quién va a estudiar?');

  const reviewer = await openConsole(browser, service, { as: rosa, path: `/content/${id}/changes` });
  await press(reviewer.page, 'Approve it as it is now');
  await reviewer.page.getByText(/Approved by .*Rosa/).waitFor();
  await reviewer.page.context().close();

  await page.goto(`${service.url}/console/content/${id}/changes`);
  await press(page, 'Publish');
  await page
    .getByText(/Published as release 2\./)
    .first()
    .waitFor({ timeout: 60_000 });

  expect((await inTheMiddle.send('?')).join('\n')).toContain('¿Quién va a estudiar?');
  const next = service.hotline.person();
  await next.send('hola');
  for (const words of SCHOOL) await next.send(words);
  next.expect(OPENING.es.text);

  await page.getByRole('link', { name: 'All drafts and releases' }).click();
  await press(page, 'Put this back (Release 1)');
  await press(page.getByRole('dialog'), 'Put it back');
  await page.locator('.toasts').getByText('It is release 3 now.').waitFor({ timeout: 60_000 });
  const after = service.hotline.person();
  await after.send('hola');
  for (const words of SCHOOL) await after.send(words);
  after.expect('¿Quién va a estudiar?');
  await page.context().close();
}, 300_000);

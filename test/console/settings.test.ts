// My settings in a real browser: being on duty, the language kept with the person, password, recovery codes, and ending sessions elsewhere.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { joinStaff, openClient, PASSWORD, totpCode, type StaffClient, type StaffPerson } from '../support/staff.ts';

let service: ConsoleService;
let browser: Browser;
beforeAll(async () => {
  service = await serveConsole();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const open = async (as: StaffPerson): Promise<Page> => (await openConsole(browser, service, { as, path: '/settings' })).page;

/** Somebody's session on another device. */
async function elsewhere(person: StaffPerson, password = PASSWORD): Promise<StaffClient> {
  const phone = openClient(service.url);
  await phone.call('signIn', { body: { email: person.email, password } });
  await phone.call('confirmSecondFactor', { body: { code: totpCode(person.totp) } });
  return phone;
}

it('somebody goes on duty for some hours, and off again', async () => {
  const ana = await joinStaff(service, { roles: ['caseworker'] });
  const page = await open(ana);
  await page.getByText('No new cases come to you.').waitFor();
  await field(page, 'When you switch it on, until').selectOption('4');
  await page.getByText('On duty now').click();
  await page.getByText(/Cases come to you until .+\d{2}:\d{2}/).waitFor();
  const { onShift, shiftEndsAt } = await ana.call('readMe');
  expect(onShift).toBe(true);
  expect((shiftEndsAt ?? 0) - Date.now()).toBeGreaterThan(3.9 * 3_600_000);
  await page.getByText('On duty now').click();
  await page.getByText('No new cases come to you.').waitFor();
  expect((await ana.call('readMe')).onShift).toBe(false);
  await page.context().close();
});

it('the language of the console goes with the person to another browser', async () => {
  const eva = await joinStaff(service, { roles: ['caseworker'] });
  const page = await open(eva);
  await field(page, 'Language of this console').selectOption('fr');
  await page.getByRole('heading', { name: 'Mes réglages' }).waitFor();
  await expect.poll(async () => (await eva.call('readMe')).uiLanguage).toBe('fr');
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await page.getByRole('heading', { name: 'Mes réglages' }).waitFor();
  await page.context().close();
});

it('a session elsewhere is seen and ended', async () => {
  const lea = await joinStaff(service, { roles: ['caseworker'] });
  const phone = await elsewhere(lea);
  const page = await open(lea);
  await page.getByText('This one').waitFor();
  await page.getByRole('button', { name: /^End the session on/ }).click();
  await page.locator('.toast', { hasText: 'The session has ended.' }).waitFor();
  expect((await phone.ask('readMe')).status).toBe(401);
  expect((await lea.ask('readMe')).status).toBe(200);
  await page.context().close();
});

it('another password ends the sessions elsewhere, and a wrong one changes nothing', async () => {
  const mia = await joinStaff(service, { roles: ['caseworker'] });
  const phone = await elsewhere(mia);
  const page = await open(mia);
  const next = 'four other words here';
  await field(page, 'Password now').fill('not the password');
  await field(page, 'New password').fill(next);
  await press(page, 'Change the password');
  await page.getByRole('alert').getByText('That did not work.').waitFor();
  expect((await phone.ask('readMe')).status).toBe(200);
  await field(page, 'Password now').fill(PASSWORD);
  await press(page, 'Change the password');
  await page.locator('.toast', { hasText: 'The password is changed.' }).waitFor();
  expect((await phone.ask('readMe')).status).toBe(401);
  expect((await openClient(service.url).ask('signIn', { body: { email: mia.email, password: next } })).status).toBe(200);
  await page.context().close();
});

it('new recovery codes are shown once, and the old ones work no more', async () => {
  const noa = await joinStaff(service, { roles: ['caseworker'] });
  const page = await open(noa);
  await press(page, 'Make new recovery codes');
  const dialog = page.getByRole('dialog', { name: 'Make new recovery codes' });
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Make new recovery codes' }).click();
  const shown = dialog.getByRole('group', { name: 'Recovery codes' }).locator('code');
  await shown.first().waitFor();
  const codes = await shown.allTextContents();
  expect(codes).toHaveLength(10);
  expect(codes).not.toContain(noa.recoveryCodes[0]);
  await press(page, 'I have kept them');
  const works = async (code = ''): Promise<number> => {
    const phone = openClient(service.url);
    await phone.call('signIn', { body: { email: noa.email, password: PASSWORD } });
    return (await phone.ask('confirmSecondFactor', { body: { code, kind: 'recovery' } })).status;
  };
  expect(await works(noa.recoveryCodes[0])).toBe(403);
  expect(await works(codes[0])).toBe(200);
  await page.context().close();
});

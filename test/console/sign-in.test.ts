// The way into the console in a real browser: invitation, second factor, signing in by each way, and a session that ends meanwhile.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blankFields, inviteStaff } from '../../src/store/manage-staff.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { joinStaff, PASSWORD, totpCode } from '../support/staff.ts';

const STEP_MS = 30_000;
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
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

async function givePassword(page: Page, email: string, password = PASSWORD): Promise<void> {
  await field(page, 'E-mail address').fill(email);
  await field(page, 'Password').fill(password);
  await page.keyboard.press('Enter');
}

describe('an invitation', () => {
  it('leads to a password, a second factor, kept recovery codes, and the pages of the role', async () => {
    const { secret } = await service.store.transaction((tx) =>
      inviteStaff(tx, blankFields(['administrator']), null, { by: 'operator', now: Date.now() }),
    );
    const { page, complaints } = await openConsole(browser, service, { path: `/invitation#${secret}` });
    await page.getByText('Manages people, desks, shifts').waitFor();
    expect(page.url()).not.toContain(secret);
    await field(page, 'Name that others see').fill('Ana');
    await field(page, 'E-mail address').fill('ana@example.org');
    await field(page, 'Choose a password').fill('short');
    await page.getByText('7 more characters are needed.').waitFor();
    await field(page, 'Choose a password').fill(PASSWORD);
    await press(page, 'Begin');
    await heading(page, 'Second step when signing in').waitFor();
    await field(page, 'Password').fill(PASSWORD);
    await press(page, 'Begin');
    const secretCode = ((await page.locator('.steps p code').textContent()) ?? '').replaceAll(' ', '');
    expect(await page.getByRole('group', { name: 'Recovery codes' }).locator('code').count()).toBe(10);
    await field(page, 'Six digits from your authenticator').fill(totpCode(secretCode, Date.now() - STEP_MS));
    expect(await page.getByRole('button', { name: 'Finish' }).isDisabled()).toBe(true);
    await page.getByText('I have kept them').click();
    await press(page, 'Finish');
    await heading(page, 'People').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('that is over says so, and what to do', async () => {
    const { page } = await openConsole(browser, service, { path: '/invitation#nothing-of-the-kind' });
    await page.getByText('This invitation does not work any more').waitFor();
    await page.context().close();
  });
});

describe('signing in', () => {
  it('takes password and code, keeps the address that was asked for, and ends by signing out', async () => {
    const eva = await joinStaff(service, { alias: 'Eva' });
    const { page } = await openConsole(browser, service, { path: '/audit' });
    await givePassword(page, eva.email, 'not the password');
    await page.getByRole('alert').getByText('That did not work.').waitFor();
    await givePassword(page, eva.email);
    await field(page, 'Six digits from your authenticator').fill(totpCode(eva.totp));
    await page.keyboard.press('Enter');
    await heading(page, 'Audit log').waitFor();
    await press(page, 'Sign out');
    await heading(page, 'Sign in').waitFor();
    await page.reload();
    await heading(page, 'Sign in').waitFor();
    await page.context().close();
  });

  it('takes a recovery code once', async () => {
    const lea = await joinStaff(service, { alias: 'Lea' });
    const [code = ''] = lea.recoveryCodes;
    for (const works of [true, false]) {
      const { page } = await openConsole(browser, service);
      await givePassword(page, lea.email);
      await press(page, 'Use a recovery code instead');
      await field(page, 'Recovery code').fill(code);
      await press(page, 'Continue');
      await (works ? heading(page, 'People') : page.getByText('That did not work.')).waitFor();
      await page.context().close();
    }
  });

  it('takes a passkey that was added in the settings', async () => {
    const noa = await joinStaff(service, { alias: 'Noa' });
    const { page } = await openConsole(browser, service, { as: noa, path: '/settings' });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    } as const;
    await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } });
    await field(page, 'Name of the passkey').fill('Work phone');
    await press(page, 'Add a passkey on this device');
    await page.getByRole('cell', { name: 'Work phone', exact: true }).waitFor();
    await press(page, 'Sign out');
    await press(page, 'Sign in with a passkey');
    await page.getByRole('link', { name: 'People' }).waitFor();
    await page.context().close();
  });

  it('can be done in another language, from right to left', async () => {
    const { page } = await openConsole(browser, service);
    await field(page, 'Language').selectOption('ar');
    await heading(page, 'تسجيل الدخول').waitFor();
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl']);
    await page.context().close();
  });
});

describe('a session that ends while somebody works', () => {
  it('asks to sign in over the page, and what was written stays', async () => {
    const ida = await joinStaff(service, { alias: 'Ida' });
    const { page } = await openConsole(browser, service, { as: ida, path: '/settings' });
    await field(page, 'Name that others see').fill('Ida Maria');
    await ida.call('signOut');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.waitFor();
    await givePassword(page, ida.email);
    await field(page, 'Six digits from your authenticator').fill(totpCode(ida.totp));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await field(page, 'Name that others see').inputValue()).toBe('Ida Maria');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('status').getByText('Saved.').waitFor();
    expect(await ida.ask('readMe')).toMatchObject({ status: 401 });
    await page.context().close();
  });
});

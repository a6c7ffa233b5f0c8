// Every page of the frame for everybody: axe in two languages, light and dark, wide and on a phone; nothing cut off, no complaint of the
// browser (so the policy holds); and by the keyboard alone.
import type { Browser, Page } from 'playwright-core';
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
  ana = await joinStaff(service, { alias: 'Ana', roles: ['administrator', 'duty_officer'], languages: ['es', 'ar'] });
  await fill(ana);
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

const PAGES = ['/people', '/shifts', '/desks', '/tokens', '/audit', '/settings', '/nothing-here'];
const LOOKS = [
  { language: 'en', direction: 'ltr', colorScheme: 'light', width: 1280 },
  { language: 'en', direction: 'ltr', colorScheme: 'dark', width: 360 },
  { language: 'ar', direction: 'rtl', colorScheme: 'dark', width: 1280 },
  { language: 'ar', direction: 'rtl', colorScheme: 'light', width: 360 },
] as const;

describe.each(LOOKS)('in $language, $colorScheme, $width px', ({ language, direction, colorScheme, width }) => {
  const options = { language, colorScheme, viewport: { width, height: 740 } };

  it('no page of somebody signed in has a fault', async () => {
    const { page, complaints } = await openConsole(browser, service, { ...options, as: ana, path: '/people' });
    for (const place of PAGES) {
      await page.goto(`${service.url}/console${place}`);
      await loaded(page);
      expect([place, ...(await violations(page))]).toEqual([place]);
      expect([place, await cutOff(page)]).toEqual([place, false]);
    }
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([language, direction]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('the way in has no fault', async () => {
    const { page, complaints } = await openConsole(browser, service, options);
    await page.locator('input[type=password]').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await cutOff(page)).toBe(false);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe.each(LOOKS.slice(1, 3))('in $language, $colorScheme, $width px', ({ language, colorScheme, width }) => {
  it('no dialog has a fault', async () => {
    const { page, complaints } = await openConsole(browser, service, {
      language,
      colorScheme,
      viewport: { width, height: 740 },
      as: ana,
      path: '/people',
    });
    for (const place of ['/people', '/shifts', '/desks', '/tokens']) {
      await page.goto(`${service.url}/console${place}`);
      await loaded(page);
      await page.locator('.page-head .button.primary').click();
      await page.getByRole('dialog').waitFor();
      expect([place, ...(await violations(page))]).toEqual([place]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe('by the keyboard alone', () => {
  it('every page is reached, and `?` says how', async () => {
    const { page } = await openConsole(browser, service, { as: ana, path: '/people' });
    await loaded(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('My settings').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const [keys, title] of Object.entries({ s: 'Shifts', d: 'Desks and organisations', a: 'Audit log', m: 'My settings' })) {
      await page.keyboard.press('g');
      await page.keyboard.press(keys);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
    }
    await page.context().close();
  });

  it('letters stay letters while somebody types', async () => {
    const { page } = await openConsole(browser, service, { as: ana, path: '/settings' });
    const alias = page.getByLabel('Name that others see');
    await alias.fill('');
    await alias.pressSequentially('g s?');
    expect(await alias.inputValue()).toBe('g s?');
    expect(page.url()).toContain('/settings');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.context().close();
  });

  it('the first stop leads past the navigation, and a week is walked by arrows', async () => {
    const { page } = await openConsole(browser, service, { as: ana, path: '/shifts' });
    await loaded(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => location.hash)).toBe('#page');
    await page.getByRole('button', { name: 'Add a shift on Monday' }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toContain('Ana');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toContain('Tuesday');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Shift' }).waitFor();
    await page.context().close();
  });
});

describe('a page whose code cannot be fetched', () => {
  it('says what to do, and the others still open', async () => {
    const { page } = await openConsole(browser, service, { as: ana, path: '/people' });
    await loaded(page);
    await page.route('**/assets/audit-page-*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor();
    await page.getByRole('link', { name: 'My settings' }).click();
    await page.getByRole('heading', { level: 1, name: 'My settings' }).waitFor();
    await page.unroute('**/assets/audit-page-*.js');
    await page.goto(`${service.url}/console/audit`);
    await page.getByText('The log is whole').waitFor();
    await page.context().close();
  });
});

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => `${document.activeElement?.textContent ?? ''} ${document.activeElement?.getAttribute('aria-label') ?? ''}`);
const cutOff = (page: Page): Promise<boolean> =>
  page.evaluate(
    () => document.documentElement.scrollWidth > innerWidth || (document.querySelector('#page')?.scrollWidth ?? 0) > innerWidth,
  );

async function loaded(page: Page): Promise<void> {
  await page.locator('#page').locator('h1, h2').first().waitFor();
  await page.locator('.loading').waitFor({ state: 'detached' });
}

/** A desk with hours and a shift, a partner with a token, somebody invited. */
async function fill(administrator: StaffPerson): Promise<void> {
  const [desk, partner] = [crypto.randomUUID(), crypto.randomUUID()];
  const { organisationId } = await administrator.call('readMe');
  const hours = [{ byday: ['MO', 'TU', 'FR'], opensAt: '09:00', closesAt: '17:00' }];
  const settings = {
    timezone: 'Europe/Madrid',
    hours,
    holidays: ['2026-12-25'],
    minutesToAnswer: 20,
    topics: [],
    localities: [],
    autoAssign: true,
  };
  await administrator.call('saveDesk', { params: { id: desk }, body: { name: 'Madrid', organisationId, ...settings } });
  await administrator.call('saveOrganisation', { params: { id: partner }, body: { name: 'Puente', partner: true, active: true } });
  await administrator.call('makeToken', { body: { name: 'Puente', organisationId: partner, scopes: ['referral.read'], expiresAt: null } });
  const shift = {
    staffId: administrator.id,
    deskId: desk,
    byday: ['MO'],
    startsAt: '09:00',
    endsAt: '13:00',
    validFrom: null,
    validTo: null,
  };
  await administrator.call('changeStaff', { params: { id: administrator.id }, body: { deskIds: [desk] } });
  await administrator.call('saveShift', { params: { id: crypto.randomUUID() }, body: shift });
}

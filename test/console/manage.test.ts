// What an administrator does in the console, in a real browser: inviting, changing, disabling and undoing; shifts; desks and partners;
// tokens; the audit log. And what those see who may not.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';

let service: ConsoleService;
let browser: Browser;
let ana: StaffPerson;
const DESK = crypto.randomUUID();
const SETTINGS = { timezone: 'Europe/Madrid', hours: [], holidays: [], minutesToAnswer: 20, topics: [], localities: [], autoAssign: false };

beforeAll(async () => {
  service = await serveConsole();
  browser = await launchBrowser();
  ana = await joinStaff(service, { alias: 'Ana' });
  const { organisationId } = await ana.call('readMe');
  await ana.call('saveDesk', { params: { id: DESK }, body: { name: 'Madrid', organisationId, ...SETTINGS } });
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const open = async (place: string, as: StaffPerson = ana): Promise<Page> => (await openConsole(browser, service, { as, path: place })).page;
const told = (page: Page, text: string) => page.locator('.toast', { hasText: text });

describe('people', () => {
  it('are invited with roles in plain words, by a link that is shown once and works', async () => {
    const page = await open('/people');
    await press(page, 'Invite somebody');
    await field(page, 'Name that others see').fill('Bea');
    await press(page, 'Make the invitation link');
    await page.getByText('Choose at least one role.').waitFor();
    await page.getByText('Caseworker', { exact: true }).click();
    await field(page, 'Add a language').selectOption('ti');
    await page.getByText('Madrid', { exact: true }).click();
    await press(page, 'Make the invitation link');
    const link = (await page.getByRole('group', { name: 'Invitation link' }).locator('code').textContent()) ?? '';
    expect(link).toMatch(/\/console\/invitation#.{20,}/);
    await press(page, 'Close');
    await page.getByRole('row', { name: /Bea.*Invited.*Caseworker.*Tigrinya.*Madrid/ }).waitFor();
    expect(await page.content()).not.toContain(link.split('#')[1]);
    await page.goto(`${service.url}${new URL(link).pathname}${new URL(link).hash}`);
    await page.getByText('Reads and answers cases of their own desks').waitFor();
    expect(await field(page, 'Name that others see').inputValue()).toBe('Bea');
    await page.context().close();
  });

  it('are disabled at once, with a way back', async () => {
    const leo = await joinStaff(service, { alias: 'Leo', roles: ['caseworker'] });
    const page = await open('/people');
    await press(page, 'What to do with Leo');
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await told(page, 'Leo is disabled').waitFor();
    await page.getByRole('row', { name: /Leo.*Disabled/ }).waitFor();
    expect(await leo.ask('readMe')).toMatchObject({ status: 401 });
    await press(page, 'Undo');
    await told(page, 'Leo can sign in again').waitFor();
    await page.getByRole('row', { name: /Leo.*Disabled/ }).waitFor({ state: 'detached' });
    await page.context().close();
  });
});

describe('somebody who lost the second factor', () => {
  it('gets a new link, and their sessions end', async () => {
    const kim = await joinStaff(service, { alias: 'Kim', roles: ['caseworker'] });
    const page = await open('/people');
    await press(page, 'What to do with Kim');
    await page.getByRole('menuitem', { name: 'New invitation link' }).click();
    await page
      .getByRole('dialog', { name: 'Hand over this link' })
      .getByText(/\/console\/invitation#/)
      .waitFor();
    expect((await kim.ask('readMe')).status).toBe(401);
    await page.context().close();
  });
});

describe('shifts', () => {
  it('are made in the week, seen in the list, removed with a way back', async () => {
    await joinStaff(service, { alias: 'Mia', roles: ['caseworker'], deskIds: [DESK] });
    const page = await open('/shifts');
    await press(page, 'Add a shift on Tuesday');
    await field(page, 'Who').selectOption({ label: 'Mia' });
    await field(page, 'Begins').fill('22:00');
    await field(page, 'Ends').fill('06:00');
    await page.getByText('On the next day.').waitFor();
    await press(page, 'Save');
    const tuesday = page.getByRole('region', { name: 'Tuesday' });
    await tuesday.getByText('22:00–06:00').waitFor();
    await page.getByRole('tab', { name: 'List' }).click();
    await page.getByRole('row', { name: /Mia.*Tue.*22:00/ }).waitFor();
    await press(page, 'What to do with the shift of Mia');
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByText('No shifts yet').waitFor();
    await press(page, 'Undo');
    await page.getByRole('row', { name: /Mia.*Tue.*22:00/ }).waitFor();
    await page.context().close();
  });
});

describe('desks, partners and tokens', () => {
  it('a desk gets hours and a holiday', async () => {
    const page = await open('/desks');
    await press(page, 'Change Madrid');
    await press(page, 'Add hours');
    await field(page, 'Day').fill('2026-12-25');
    await press(page, 'Add the day');
    await press(page, 'Save');
    await page.getByRole('row', { name: /Madrid.*Sat.*10:00/ }).waitFor();
    const { desks } = await ana.call('listDesks');
    expect(desks.find(({ id }) => id === DESK)).toMatchObject({ holidays: ['2026-12-25'], hours: [{ byday: ['SA'], opensAt: '10:00' }] });
    await page.context().close();
  });

  it('a partner gets a token that is shown once, works, and ends when it is ended', async () => {
    const page = await open('/desks');
    await press(page, 'Add an organisation');
    await field(page, 'Name').fill('Puente');
    await press(page, 'Save');
    await page.getByRole('row', { name: /Puente.*Partner/ }).waitFor();
    await page.getByRole('link', { name: 'Tokens' }).click();
    await press(page, 'Make a token');
    await field(page, 'Name').fill('Puente server');
    await page.getByText('Read referrals to the organisation').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a token' }).click();
    const token = (await page.getByRole('group', { name: 'Token' }).locator('code').textContent()) ?? '';
    await press(page, 'Close');
    const ask = (): Promise<Response> =>
      fetch(`${service.url}/api/v1/referrals?box=received`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await press(page, 'End the token Puente server');
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('row', { name: /Puente server.*Ended/ }).waitFor();
    expect((await ask()).status).toBe(401);
    await page.context().close();
  });
});

describe('the audit log', () => {
  it('says that it is whole, and shows what somebody did', async () => {
    const page = await open('/audit');
    await page.getByText('The log is whole').waitFor();
    await field(page, 'What').fill('desk.save');
    await press(page, 'Filter');
    await expect.poll(() => page.getByRole('cell', { name: 'staff.invite' }).count()).toBe(0);
    await page
      .getByRole('row', { name: /Ana.*desk\.save/ })
      .first()
      .waitFor();
    await page.context().close();
  });
});

describe('somebody without the right', () => {
  it('sees people but not how to change them, no other pages, and at an address the permission that is missing', async () => {
    const noa = await joinStaff(service, { alias: 'Noa', roles: ['caseworker'] });
    const page = await open('/people', noa);
    await page.getByRole('row', { name: /Noa/ }).waitFor();
    expect(await page.getByRole('button', { name: 'Invite somebody' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
    await page.goto(`${service.url}/console/audit`);
    await page.getByText('audit.read').waitFor();
    await page.context().close();
  });

  it('is told so without a connection, and what is there stays', async () => {
    const page = await open('/people');
    await page.getByRole('row', { name: /Ana/ }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('No connection.').waitFor();
    expect(await page.getByRole('row', { name: /Ana/ }).count()).toBe(1);
    await page.context().close();
  });
});

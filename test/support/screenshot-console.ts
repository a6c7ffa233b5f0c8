// Pictures of the console's pages for `npm run screenshots`: a small team with desks and shifts, each page in two languages,
// wide and 360 px, light and dark, and the states before somebody is signed in. Complaints of the browser are said.
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { blankFields, inviteStaff } from '../../src/store/manage-staff.ts';
import { openConsole, type ConsoleService } from './console.ts';
import { takeCase } from './screenshot-cases.ts';
import { makeReferralScenes } from './screenshot-referrals.ts';
import { joinStaff, type StaffPerson } from './staff.ts';

const LOOKS = ['en', 'ar'].flatMap((language) =>
  [1280, 360].flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ language, width, colorScheme }))),
);

/** Pages of somebody signed in, by the name of the picture. */
const PAGES: Record<string, string> = {
  people: '/people',
  shifts: '/shifts',
  desks: '/desks',
  tokens: '/tokens',
  audit: '/audit',
  settings: '/settings',
  'not-found': '/nothing-here',
  'no-permission': '/cases',
};

/** Takes them all into the folder. */
export async function takeConsole(browser: Browser, service: ConsoleService, folder: string): Promise<void> {
  const team = await makeTeam(service);
  const scenes = await makeReferralScenes(service, team.caseworker);
  for (const { language, width, colorScheme } of LOOKS) {
    const options = { language, colorScheme, viewport: { width, height: width === 360 ? 740 : 900 } };
    const shoot = async (page: Page, name: string): Promise<void> => {
      await settle(page);
      await page.screenshot({ path: path.join(folder, `console-${language}-${width}-${colorScheme}-${name}.png`) });
    };
    const outside = await openConsole(browser, service, options);
    await shoot(outside.page, 'sign-in');
    await outside.page.goto(`${service.url}/console/invitation#${await team.invitation()}`);
    await shoot(outside.page, 'invitation');
    await outside.page.context().close();
    const { page, complaints } = await openConsole(browser, service, { ...options, as: team.administrator });
    for (const [name, place] of Object.entries(PAGES)) {
      await page.goto(`${service.url}/console${place}`);
      await shoot(page, name);
      await takeWhole(page, path.join(folder, `console-${language}-${width}-${colorScheme}-${name}-whole.png`));
    }
    await takeOverlays(page, service.url, width, shoot);
    const work = await openConsole(browser, service, { ...options, as: team.caseworker, path: '/cases' });
    for (const [name, place] of Object.entries({
      cases: '/cases',
      referrals: '/referrals',
      complaints: '/complaints',
    })) {
      await work.page.goto(`${service.url}/console${place}`);
      await shoot(work.page, name);
    }
    await work.page.goto(`${service.url}/console/cases/${team.caseId}`);
    await work.page.locator('.composer').waitFor();
    await takeCase(work.page, width, shoot);
    await work.page.context().close();
    for (const [as, pages] of [
      [team.caseworker, scenes.caseworkerPages],
      [scenes.partner, scenes.partnerPages],
      [scenes.officer, scenes.officerPages],
    ] as const) {
      const seen = await openConsole(browser, service, { ...options, as, path: '/settings' });
      for (const [name, place] of Object.entries(pages)) {
        await seen.page.goto(`${service.url}/console${place}`);
        await shoot(seen.page, name);
      }
      await seen.page.context().close();
    }
    if (complaints.length > 0) console.error(`${language} ${width} ${colorScheme}:`, complaints);
    await page.context().close();
  }
}

/** The page inside the frame scrolls: made as high as it is, it fits into one picture. */
async function takeWhole(page: Page, file: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  const height = await page.evaluate(() => document.querySelector('#page')?.scrollHeight ?? 0);
  if (height <= size.height) return;
  await page.setViewportSize({ width: size.width, height: Math.min(height + 60, 6000) });
  await page.screenshot({ path: file });
  await page.setViewportSize(size);
}

/** Dialogs and sheets, which lie over pages. */
async function takeOverlays(page: Page, url: string, width: number, shoot: (page: Page, name: string) => Promise<void>): Promise<void> {
  await page.goto(`${url}/console/people`);
  await settle(page);
  await page.keyboard.press('?');
  await shoot(page, 'help');
  await page.keyboard.press('Escape');
  await page.locator('.page-head .button.primary').click();
  await shoot(page, 'invite');
  await page.keyboard.press('Escape');
  await page.locator('.table .only-icon').first().click();
  await shoot(page, 'menu');
  await page.keyboard.press('Escape');
  if (width === 360) {
    await page.locator('.top .only-icon').first().click();
    await shoot(page, 'drawer');
    await page.keyboard.press('Escape');
  }
  await page.goto(`${url}/console/shifts`);
  await settle(page);
  await page.locator('.page-head .button.primary').click();
  await shoot(page, 'shift-form');
  await page.keyboard.press('Escape');
  await page.goto(`${url}/console/desks`);
  await settle(page);
  await page.locator('.table .button').first().click();
  await shoot(page, 'desk-form');
}

async function settle(page: Page): Promise<void> {
  await page.locator('h1, h2').first().waitFor();
  await page.locator('.loading').waitFor({ state: 'detached' });
  // Letters that the device lacks come a moment after the page.
  await page.waitForTimeout(300);
  await page.evaluate(() => document.fonts.ready);
}

interface Team {
  administrator: StaffPerson;
  caseworker: StaffPerson;
  /** A case that waits for an answer. */
  caseId: string;
  /** Secret of a new invitation. */
  invitation(): Promise<string>;
}

async function makeTeam(service: ConsoleService): Promise<Team> {
  const administrator = await joinStaff(service, { alias: 'Ana', languages: ['es', 'en', 'ar'] });
  const invite = (roles: Parameters<typeof blankFields>[0], fields: object = {}) =>
    service.store.transaction((tx) => inviteStaff(tx, { ...blankFields(roles), ...fields }, null, { by: 'operator', now: Date.now() }));
  const desk = crypto.randomUUID();
  const { organisationId } = await administrator.call('readMe');
  const hours = [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR'], opensAt: '09:00', closesAt: '17:00' }];
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
  const partner = crypto.randomUUID();
  await administrator.call('saveOrganisation', {
    params: { id: partner },
    body: { name: 'Asociación Puente', partner: true, active: true },
  });
  const yusra = await joinStaff(service, { alias: 'يسرى', roles: ['private_caseworker'], languages: ['ar', 'fr'], deskIds: [desk] });
  const bea = await joinStaff(service, { alias: 'Bea', roles: ['caseworker', 'duty_officer'], languages: ['es', 'ti'], deskIds: [desk] });
  await invite(['interpreter'], { alias: 'Samuel', languages: ['ti', 'am'] });
  await bea.call('setDuty', { body: { onDuty: true } });
  const shift = (staffId: string, byday: string[], startsAt: string, endsAt: string) =>
    administrator.call('saveShift', {
      params: { id: crypto.randomUUID() },
      body: { staffId, deskId: desk, byday, startsAt, endsAt, validFrom: null, validTo: null },
    });
  await shift(yusra.id, ['MO', 'TU', 'WE'], '09:00', '13:00');
  await shift(bea.id, ['MO', 'WE', 'TH'], '12:00', '17:00');
  await shift(bea.id, ['SA'], '22:00', '06:00');
  await administrator.call('makeToken', { body: { name: 'Puente', organisationId: partner, scopes: ['referral.read'], expiresAt: null } });
  const maria = service.hotline.person();
  for (const words of ['hola', 'ok', '¿puedo ir al médico sin papeles?', 'persona']) await maria.send(words);
  const waiting = await bea.call('listCases', { query: { queue: 'waiting' } });
  const mine = await bea.call('listCases', { query: { queue: 'mine' } });
  const caseId = [...waiting.cases, ...mine.cases][0]?.id ?? '';
  const text = 'Hola, soy Bea. Leo lo que escribió.';
  await bea.call('replyToPerson', { params: { id: caseId }, body: { id: crypto.randomUUID(), text } });
  return {
    administrator,
    caseworker: bea,
    caseId,
    invitation: async () => (await invite(['caseworker', 'duty_officer'], { alias: 'Noor' })).secret,
  };
}

// Referrals and complaints as people at the desk, partners and officers see them: in a real browser, by hand, in English and Arabic.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latestCase } from '../../src/store/cases.ts';
import { findConversation } from '../../src/store/conversations.ts';
import type { Person } from '../support/app.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { addPartner } from '../support/colleagues.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { createQuietSurface } from '../support/quiet-surface.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';

let service: ConsoleService;
let browser: Browser;
let ana: StaffPerson;
let bea: StaffPerson;
let officer: StaffPerson;
let partner: string;

beforeAll(async () => {
  service = await serveConsole({ surface: createQuietSurface(true).module });
  browser = await launchBrowser();
  partner = await addPartner(service.hotline.app, 'Casa Abierta');
  ana = await joinStaff(service, { alias: 'Ana', roles: ['caseworker'], languages: ['es', 'ar'], capacity: 20 });
  bea = await joinStaff(service, { alias: 'Bea', roles: ['partner'], organisationId: partner });
  officer = await joinStaff(service, { alias: 'Omar', roles: ['sensitive_feedback_officer'] });
});
afterAll(async () => {
  await browser.close();
  await service.close();
});

/** A person who talks with Ana, and the id of their case. */
async function meet(): Promise<{ person: Person; caseId: string }> {
  const person = service.hotline.person();
  for (const text of ['hola', '1', 'persona']) await person.send(text);
  const record = await service.store.read(async (reader) => {
    const conversation = await findConversation(reader, 'test', person.address);
    return conversation && latestCase(reader, conversation.id);
  });
  const caseId = record?.id ?? '';
  await ana.call('claimCase', { params: { id: caseId } });
  return { person, caseId };
}

const DRAFT = {
  service: null,
  priority: 'urgent' as const,
  services: ['legal' as const],
  items: ['alias' as const, 'contact' as const, 'language' as const, 'summary' as const],
  values: { summary: 'A letter from the landlord, due on Friday.' },
  reason: 'Asked for a lawyer',
};

async function sentReferral(): Promise<string> {
  const { person, caseId } = await meet();
  const { id } = await ana.call('draftReferral', { params: { id: caseId }, body: { ...DRAFT, toOrganisationId: partner } });
  await ana.call('askConsent', { params: { id } });
  await service.hotline.settle();
  await person.send('1');
  await ana.call('sendReferral', { params: { id } });
  return id;
}

async function complain(about: '1' | '2'): Promise<{ person: Person; number: string }> {
  const person = service.hotline.person();
  for (const text of ['hola', '1', 'queja', about, ...(about === '1' ? ['oficina', 'Me hicieron esperar', 'sí'] : ['sí'])])
    await person.send(text);
  return { person, number: /Q-\d{6}/.exec(person.heard().join('\n'))?.[0] ?? '' };
}

describe('a referral', () => {
  it('is drafted beside the conversation, agreed to in the chat, sent, accepted and reported on', async () => {
    const { person, caseId } = await meet();
    const desk = await openConsole(browser, service, { as: ana, path: `/cases/${caseId}`, viewport: { width: 1400, height: 900 } });
    await desk.page.getByRole('button', { name: 'New referral' }).click();
    const dialog = desk.page.getByRole('dialog', { name: 'New referral' });
    await dialog.getByRole('button', { name: 'Save the draft' }).click();
    await dialog.getByText('Choose an organisation, at least one service').waitFor();
    await dialog.getByLabel('To', { exact: true }).selectOption({ label: 'Casa Abierta' });
    await dialog.getByText('Legal help').click();
    await dialog.getByText('Short note').click();
    await picture(desk.page, 'referral-form');
    expect(await violations(desk.page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Short note' }).fill('A letter from the landlord.');
    await dialog.getByRole('button', { name: 'Save the draft' }).click();
    await desk.page.getByRole('button', { name: 'Change' }).click();
    await desk.page.getByRole('dialog', { name: 'Change' }).getByText('Urgent: answer').waitFor({ state: 'attached' });
    await desk.page.getByRole('dialog', { name: 'Change' }).getByLabel('Priority').selectOption('urgent');
    await desk.page.getByRole('dialog', { name: 'Change' }).getByRole('button', { name: 'Save the draft' }).click();
    await badge(desk.page, 'Urgent').waitFor();
    await desk.page.getByRole('button', { name: 'Ask the person' }).click();
    await badge(desk.page, 'Person asked').waitFor();
    await service.hotline.settle();
    person.expect(/Para pedir ayuda a Casa Abierta/);
    await person.send('3');
    for (const answer of ['1', '1', '2']) await person.send(answer);
    // The page hears of it by itself.
    await desk.page.getByRole('button', { name: 'Send to Casa Abierta' }).click();
    await desk.page.getByText('Waiting for the partner to open it.').waitFor();

    const there = await openConsole(browser, service, { as: bea, path: '/referrals' });
    await there.page
      .getByRole('link', { name: /^R-\d{4}/ })
      .first()
      .click();
    await there.page.getByRole('button', { name: 'Accept' }).click();
    expect(await there.page.getByText('A letter from the landlord.').count()).toBe(0);
    await there.page.getByRole('button', { name: 'Service given', exact: true }).click();
    await badge(there.page, 'Service given').waitFor();
    await desk.page.getByText('Next: close it.').waitFor();
    await desk.page.getByRole('button', { name: 'Close the referral' }).click();
    await desk.page.getByText('Tell the person how it ended').click();
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Close the referral' }).click();
    await badge(desk.page, 'Closed').waitFor();
    await service.hotline.settle();
    person.expect(/recibió el servicio/);
    expect([...desk.complaints, ...there.complaints]).toEqual([]);
    await Promise.all([desk.page.context().close(), there.page.context().close()]);
  });

  it('prints as a sheet without anything of the console around it', async () => {
    const id = await sentReferral();
    for (const language of ['en', 'ar']) {
      const { page } = await openConsole(browser, service, { as: bea, path: `/referrals/${id}`, language });
      await page.getByText('A letter from the landlord').waitFor();
      await page.emulateMedia({ media: 'print' });
      await picture(page, `referral-print-${language}`);
      expect(await page.getByRole('navigation').isVisible()).toBe(false);
      expect(await page.locator('.box-list').isVisible()).toBe(false);
      expect(await page.locator('.sheet button:visible').count()).toBe(0);
      expect(await page.locator('.sheet .only-print').isVisible()).toBe(true);
      await page.context().close();
    }
  });
});

describe('a complaint', () => {
  it('is taken, answered and closed by a person who is content; about staff only officers see it', async () => {
    const { person, number } = await complain('1');
    const { number: aboutStaff } = await complain('2');
    const { page, complaints } = await openConsole(browser, service, { as: ana, path: '/complaints' });
    await page.getByRole('link', { name: new RegExp(number) }).click();
    expect(await page.getByText(aboutStaff).count()).toBe(0);
    await page.getByRole('button', { name: 'Look into it' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('Rang the office.');
    await page.getByRole('button', { name: 'Save the note' }).click();
    await page.getByText('Rang the office.').waitFor();
    await page.getByRole('textbox', { name: 'What was done' }).fill('Ahora hay más gente.');
    await page.getByRole('button', { name: 'Send the answer' }).click();
    await badge(page, 'Answered').waitFor();
    await expect.poll(() => person.heard().join()).toMatch(/Ahora hay más gente/);
    expect(person.heard().join()).not.toMatch(/Rang the office/);
    await person.send('sí');
    await page.getByText('Content with the answer').waitFor();
    await page.goto(`${service.url}/console/complaints/${aboutStaff}`);
    await page.getByRole('alert').waitFor();
    const other = await openConsole(browser, service, { as: officer, path: '/complaints' });
    await other.page.getByRole('link', { name: new RegExp(aboutStaff) }).click();
    await other.page.getByText('Details are not asked for in the chat').waitFor();
    expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
    await Promise.all([page.context().close(), other.page.context().close()]);
  });
});

describe.each([
  ['en', 1280],
  ['en', 360],
  ['ar', 1280],
  ['ar', 360],
] as const)('in %s, %i px', (language, width) => {
  const visit = async (as: StaffPerson, who: string, places: string[]): Promise<void> => {
    const options = { language, viewport: { width, height: width === 360 ? 740 : 900 } };
    const { page, complaints } = await openConsole(browser, service, { ...options, as, path: places[0] ?? '' });
    for (const [index, place] of places.entries()) {
      await page.goto(`${service.url}/console${place}`);
      await page.locator('h1, h2').filter({ visible: true }).first().waitFor();
      await page.locator('.loading').first().waitFor({ state: 'detached' });
      await picture(page, `${who}-${index}-${language}-${width}`);
      expect([place, ...(await violations(page))]).toEqual([place]);
      expect([place, await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)]).toEqual([place, false]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  };

  it('no page of referrals has a fault for the desk', async () => {
    await visit(ana, 'desk-referrals', ['/referrals', `/referrals/${await sentReferral()}`]);
  });

  it('no page of referrals has a fault for a partner', async () => {
    await visit(bea, 'partner', ['/referrals', `/referrals/${await sentReferral()}`]);
  });

  it('no page of complaints has a fault', async () => {
    const { number } = await complain('1');
    await ana.call('takeComplaint', { params: { number } });
    await visit(ana, 'complaints', ['/complaints', `/complaints/${number}`]);
  });
});

const badge = (page: Page, text: string) => page.locator('.detail .badge', { hasText: text });

/** Where somebody wants to look at what the tests see. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

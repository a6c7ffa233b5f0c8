// A desk of two caseworkers with the console in real browsers, and people at the web chat, for tests of cases.
// `const desk = await openCaseDesk(); const maria = await desk.person(); await desk.ask(maria); const ana = await desk.console(desk.ana)`.
import { expect } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { directLine } from '../../src/channels/direct-line/direct-line.ts';
import type { DeskRecord } from '../../src/domain/staff.ts';
import { saveDesk } from '../../src/store/desks.ts';
import { blankFields } from '../../src/store/manage-staff.ts';
import { setDuty } from '../../src/store/staff.ts';
import type { TestOptions } from './app.ts';
import { launchBrowser } from './browser.ts';
import { openConsole, serveConsole, type ConsoleOptions, type ConsolePage, type ConsoleService } from './console.ts';
import { joinStaff, type StaffPerson } from './staff.ts';
import { visit, type Visitor } from './visitor.ts';

const ALWAYS = [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], opensAt: '00:00', closesAt: '23:59' }] satisfies DeskRecord['hours'];

export interface CaseDesk {
  service: ConsoleService;
  browser: Browser;
  ana: StaffPerson;
  ben: StaffPerson;
  /** Somebody at the web chat, welcomed. */
  person(language?: 'es' | 'ar'): Promise<Visitor>;
  /** They ask for a person, and the console knows of it. Returns the case's id. */
  ask(person: Visitor, language?: 'es' | 'ar'): Promise<string>;
  /** The console of somebody, at a page below /cases. */
  console(as: StaffPerson, options?: ConsoleOptions & { url?: string }): Promise<ConsolePage>;
  /** Another member of the staff, on duty. */
  join(fields: Parameters<typeof joinStaff>[1]): Promise<StaffPerson>;
  close(): Promise<void>;
}

const desk = (id: string, name: string): DeskRecord => ({
  id,
  name,
  organisationId: 'own',
  timezone: 'Europe/Madrid',
  hours: ALWAYS,
  holidays: [],
  minutesToAnswer: 20,
  topics: [],
  localities: [],
  autoAssign: false,
});

/** Words to get past the welcome, and to ask for a person. */
const WORDS = { es: { hello: 'hola', person: 'persona' }, ar: { hello: 'مرحبا', person: 'شخص' } };

/** Opens the desk, with two desks and two caseworkers on duty at the first. */
export async function openCaseDesk(options: TestOptions = {}): Promise<CaseDesk> {
  const service = await serveConsole({ modules: [directLine], ...options });
  const browser = await launchBrowser();
  await service.store.transaction(async (tx) => {
    await saveDesk(tx, desk('main', 'Front desk'));
    await saveDesk(tx, desk('legal', 'Legal desk'));
  });
  const join: CaseDesk['join'] = async (fields) => {
    const member = await joinStaff(service, { ...blankFields(['caseworker']), deskIds: ['main'], ...fields });
    await service.store.transaction((tx) => setDuty(tx, member.id, { on: true, until: null }));
    return member;
  };
  const languages = ['es', 'en', 'ar'];
  const ana = await join({ alias: 'Ana', roles: ['caseworker', 'duty_officer'], languages });
  const ben = await join({ alias: 'Ben', languages });
  return {
    service,
    browser,
    ana,
    ben,
    join,
    async person(language = 'es') {
      const person = await visit(browser, service, `/?lang=${language}`, { locale: language });
      await person.open();
      await expect.poll(() => person.bubbles().then(({ length }) => length)).toBeGreaterThan(0);
      await person.page.locator('.choices').last().locator('button').first().click();
      return person;
    },
    async ask(person, language = 'es') {
      const known = new Set((await ana.call('listCases', { query: { queue: 'waiting' } })).cases.map(({ id }) => id));
      await person.write(WORDS[language].person);
      const found = async (): Promise<string | undefined> =>
        (await ana.call('listCases', { query: { queue: 'waiting' } })).cases.find(({ id }) => !known.has(id))?.id;
      await expect.poll(found).toBeDefined();
      return (await found()) ?? '';
    },
    console: (as, { path = '/cases', url, ...more } = {}) =>
      openConsole(browser, { url: url ?? service.url }, { as, path, viewport: { width: 1280, height: 800 }, ...more }),
    async close() {
      await browser.close();
      await service.close();
    },
  };
}

/** The row of a case in the list. */
export const row = (page: Page, id: string) => page.locator(`[data-case="${id}"]`);

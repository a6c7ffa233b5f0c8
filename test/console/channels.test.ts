// The channels in the settings, in a real browser against the real service and a provider that speaks Twilio's protocol: what is on and
// off, and a test message.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botFramework } from '../../src/channels/bot-framework/bot-framework.ts';
import { directLine } from '../../src/channels/direct-line/direct-line.ts';
import { twilio as twilioModule } from '../../src/channels/twilio/twilio.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleService } from '../support/console.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';
import { startTwilio, type FakeTwilio } from '../support/twilio-server.ts';

let twilio: FakeTwilio;
let service: ConsoleService;
let browser: Browser;
let eva: StaffPerson;

beforeAll(async () => {
  twilio = await startTwilio();
  service = await serveConsole({ environment: twilio.env, modules: [directLine, twilioModule, botFramework] });
  browser = await launchBrowser();
  eva = await joinStaff(service, { alias: 'Eva', roles: ['administrator'] });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await service.close();
  await twilio.close();
});

const PLACE = '/content/current/settings?part=channels';
const card = (page: Page, title: string) => page.locator('.content-card', { hasText: title });

describe('the channels in the settings', () => {
  it('say which are off and what to do, and tell in words what became of a test', async () => {
    const { page, complaints } = await openConsole(browser, service, { as: eva, path: PLACE });
    await page.getByText('This is about the running service.').waitFor();
    expect(await card(page, 'SMS and WhatsApp').innerText()).toMatch(/On.*SMS.*0 messages wait to be sent/s);
    expect(await card(page, 'Bot Framework').innerText()).toMatch(/Off.*MICROSOFT_APP_ID/s);
    expect(await card(page, 'Slack').innerText()).toMatch(/Off.*SLACK_BOT_TOKEN.*in this console only/s);
    const number = page.getByLabel('Telephone number', { exact: true });
    const send = () => page.getByRole('button', { name: 'Send the test', exact: true }).click();
    await number.fill('600 111 222');
    await send();
    await page.getByText('Write the whole number, with + and the code of the country in front.').waitFor();
    await number.fill('+34 600 111 222');
    await page.getByLabel('Language of the text').selectOption('fr');
    await send();
    await page.getByText('The provider has taken the message').waitFor();
    expect(twilio.messages.map(({ to, body }) => [to, body])).toEqual([
      ['+34600111222', expect.stringContaining('un test de cette ligne')],
    ]);
    twilio.troubles.push({ kind: 'status', status: 400, code: 21608 });
    await send();
    await page.getByText('The account is on trial').waitFor();
    await page.getByLabel('By', { exact: true }).selectOption('whatsapp');
    await send();
    await page.getByText('Write to the line from that number first').waitFor();
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
    await page.context().close();
  }, 60_000);

  it.each([
    ['en', 1280],
    ['ar', 360],
  ] as const)(
    'have no fault in %s at %i px',
    async (language, width) => {
      const { page } = await openConsole(browser, service, { as: eva, language, path: PLACE, viewport: { width, height: 740 } });
      await page.locator('.content-card').first().waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      await page.context().close();
    },
    60_000,
  );
});

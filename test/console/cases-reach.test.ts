// How people are reached, and who else is let in, in a real browser: WhatsApp's window and what is left beyond it, the cost of an SMS,
// an interpreter for one conversation, private cases, and being called without a word of anybody.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { directLine } from '../../src/channels/direct-line/direct-line.ts';
import { twilio as twilioModule } from '../../src/channels/twilio/twilio.ts';
import { noteDeskChange } from '../../src/store/desk-changes.ts';
import { openCaseDesk, row, type CaseDesk } from '../support/case-desk.ts';
import { freePort } from '../support/process.ts';
import { startTwilio, type FakeTwilio } from '../support/twilio-server.ts';

const HOUR = 3_600_000;
let twilio: FakeTwilio;
let desk: CaseDesk;
let address: string;
let opened: { close(): Promise<void> }[] = [];
let people = 0;

beforeAll(async () => {
  twilio = await startTwilio();
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  desk = await openCaseDesk({
    modules: [directLine, twilioModule],
    environment: { ...twilio.env, PORT: String(port), TWILIO_SETTLE_SECONDS: '0' },
  });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
afterAll(async () => {
  await desk.close();
  await twilio.close();
});

const log = (page: Page) => page.getByRole('log');
const field = (page: Page) => page.locator('.composer textarea');
const name = (button: string) => ({ name: button, exact: true });

async function consoleOf(...given: Parameters<CaseDesk['console']>): Promise<Page> {
  const { page } = await desk.console(...given);
  opened.push(page.context());
  return page;
}

/** Somebody who asks for a person by telephone number. */
async function caller(channel: 'sms' | 'whatsapp') {
  const number = `+3460000${String(++people).padStart(4, '0')}`;
  const prefix = channel === 'whatsapp' ? 'whatsapp:' : '';
  const to = `${prefix}${channel === 'whatsapp' ? '+15005550007' : '+15005550006'}`;
  const write = async (text: string): Promise<void> => {
    expect((await twilio.inbound(address, { from: prefix + number, to, body: text })).status).toBe(200);
    await desk.service.hotline.settle();
  };
  const waiting = async (): Promise<string[]> => (await desk.ana.call('listCases')).cases.map(({ id }) => id);
  const before = new Set(await waiting());
  for (const text of ['hola', '1', 'persona']) await write(text);
  await expect.poll(async () => (await waiting()).filter((id) => !before.has(id))).toHaveLength(1);
  const id = (await waiting()).find((one) => !before.has(one)) ?? '';
  return { id, number, write, heard: () => twilio.messages.filter((one) => one.to === prefix + number).map(({ body }) => body) };
}

describe('WhatsApp', () => {
  it('shows how long one may still write, and beyond it keeps a message until the person writes', async () => {
    const maria = await caller('whatsapp');
    await desk.ana.call('claimCase', { params: { id: maria.id } });
    const page = await consoleOf(desk.ana, { path: `/cases/${maria.id}` });
    await page.getByText(/WhatsApp: you can write freely for 23/).waitFor();
    await desk.service.store.transaction((tx) =>
      tx.db
        .updateTable('conversations')
        .set({ last_inbound_at: Date.now() - 25 * HOUR })
        .where('id', '=', tx.db.selectFrom('cases').select('conversation_id').where('id', '=', maria.id))
        .execute(),
    );
    await desk.ana.call('changeCase', { params: { id: maria.id }, body: { priority: 'urgent' } });
    await page.getByText('WhatsApp takes no free text any more').waitFor();
    await page.getByText('Nothing can go out now').waitFor();
    expect(await page.getByRole('button', name('Send to the person')).count()).toBe(0);

    await page.locator('.mode.later').click();
    await field(page).fill('Tenemos una cita para usted.');
    await page.getByRole('button', name('Keep it')).click();
    const kept = log(page).locator('.held-message');
    await kept.getByText('Kept until they write').waitFor();
    await kept.getByRole('button', name('Take it back')).click();
    await kept.waitFor({ state: 'detached' });
    await field(page).fill('La cita es el lunes.');
    await page.getByRole('button', name('Keep it')).click();
    await kept.waitFor();
    expect(maria.heard().join()).not.toContain('cita');
    await maria.write('¿hay noticias?');
    await expect.poll(() => maria.heard().filter((text) => text.includes('cita'))).toEqual(['La cita es el lunes.']);
    await kept.waitFor({ state: 'detached' });
    expect(await log(page).locator('.bubble', { hasText: 'La cita es el lunes.' }).count()).toBe(1);
  });
});

describe('SMS', () => {
  it('counts characters and messages, and the number is behind a button', async () => {
    const maria = await caller('sms');
    await desk.ana.call('claimCase', { params: { id: maria.id } });
    const page = await consoleOf(desk.ana, { path: `/cases/${maria.id}` });
    await field(page).fill('Hola “María”…');
    await page.getByText('15 characters · 1 SMS').waitFor();
    await field(page).fill('ж'.repeat(71));
    await page.getByText('71 characters · 2 SMS').waitFor();
    await page.getByText('made dearer by ж').waitFor();
    expect(await page.content()).not.toContain(maria.number);
    await page.getByRole('button', name('Show the number')).click();
    await page.getByText(maria.number).waitFor();
  });
});

describe('an interpreter', () => {
  it('is let into one conversation, writes in it, and sees nothing of it afterwards', async () => {
    const ike = await desk.join({ alias: 'Ike', roles: ['interpreter'], languages: ['es'] });
    const maria = await desk.person();
    opened.push(maria);
    const id = await desk.ask(maria);
    await desk.ana.call('claimCase', { params: { id } });
    const page = await consoleOf(desk.ana, { path: `/cases/${id}` });
    const other = await consoleOf(ike);
    await other.getByText('No conversation to interpret').waitFor();
    await page.locator('li', { hasText: 'Ike' }).getByRole('button', name('Invite')).click();
    await page.getByText('Ike is invited to interpret.').waitFor();
    await row(other, id).click();
    await field(other).fill('Soy Ike, interpreto para usted.');
    await other.getByRole('button', name('Send to the person')).click();
    await maria.sees('Soy Ike');
    await log(page).locator('.bubble', { hasText: 'Soy Ike' }).waitFor();
    await page.getByText('Ike interprets in this conversation.').waitFor();
    await page.getByRole('button', name('End the invitation')).click();
    await other.getByText('This case is not here any more').waitFor();
    expect(await other.getByText('Soy Ike').count()).toBe(0);
  });
});

describe('a private case', () => {
  it('shows no content in a list, and is gone for whoever may not read it', async () => {
    const pia = await desk.join({ alias: 'Pia', roles: ['private_caseworker'], languages: ['es'] });
    const maria = await desk.person();
    opened.push(maria);
    const id = await desk.ask(maria);
    const page = await consoleOf(desk.ben, { path: `/cases/${id}` });
    await log(page).waitFor();
    await desk.service.store.transaction(async (tx) => {
      await tx.db
        .updateTable('cases')
        .set((eb) => ({ private: 1, topic: 'SAF', version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute();
      await noteDeskChange(tx, 'case', id);
    });
    await page.getByText('This case is not here any more').waitFor();
    await row(page, id).waitFor({ state: 'detached' });
    const other = await consoleOf(pia, { path: '/cases?queue=private' });
    expect(await row(other, id).textContent()).toMatch(/Private · Web chat/);
    await row(other, id).click();
    await other.getByText('Every look at it is recorded').waitFor();
  });
});

describe('being called', () => {
  it('says that a person waits, a language at most, and only to whoever asked for it and looks elsewhere', async () => {
    const page = await consoleOf(desk.ana);
    await page.context().grantPermissions(['notifications']);
    await page.context().addInitScript(() => {
      localStorage.setItem('ventanilla.calls', 'on');
      Object.defineProperty(document, 'hidden', { get: () => true });
      const called: unknown[] = [];
      Object.assign(window, { called });
      class Called extends EventTarget {
        static permission = 'granted';
        constructor(title: string, { body }: NotificationOptions) {
          super();
          called.push([title, body]);
        }
      }
      Object.assign(window, { Notification: Called });
    });
    await page.reload();
    await page.getByRole('heading', name('Waiting')).waitFor();
    await expect.poll(() => page.getByText('Connecting').count()).toBe(0);
    const maria = await desk.person('ar');
    opened.push(maria);
    await desk.ask(maria, 'ar');
    const calls = () => page.evaluate(() => (window as unknown as { called: unknown[] }).called);
    await expect.poll(calls).toEqual([['A person is waiting', 'العربية']]);
  });
});

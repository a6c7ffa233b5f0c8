// The desk at work, in real Chromium: two caseworkers and a person at the web chat at once, from the wish for a person to the rating;
// in Arabic as well; over lost connections and ended sessions; by keyboard, on a phone, and for screen readers.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listStaffSessions, endStaffSession } from '../../src/store/staff-sessions.ts';
import { violations } from '../support/axe.ts';
import { openCaseDesk, row, type CaseDesk } from '../support/case-desk.ts';
import { openCuttableProxy, type CutAt } from '../support/cuttable-proxy.ts';
import { PASSWORD, totpCode } from '../support/staff.ts';
import { until, type Visitor } from '../support/visitor.ts';

let desk: CaseDesk;
let opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  desk = await openCaseDesk();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
afterAll(() => desk.close());

const log = (page: Page) => page.getByRole('log');
const field = (page: Page) => page.locator('.composer textarea');
const said = (page: Page, text: string) => log(page).locator('.bubble', { hasText: text });
const SAYS_PERSON = /^persona$/;
const name = (button: string) => ({ name: button, exact: true });

async function person(language: 'es' | 'ar' = 'es'): Promise<{ maria: Visitor; id: string }> {
  const maria = await desk.person(language);
  opened.push(maria);
  return { maria, id: await desk.ask(maria, language) };
}
async function consoleOf(...given: Parameters<CaseDesk['console']>): Promise<{ page: Page; complaints: string[] }> {
  const one = await desk.console(...given);
  opened.push(one.page.context());
  return one;
}
/** Case of somebody of the staff, claimed and open in their console. */
async function inHand(options: Parameters<CaseDesk['console']>[1] = {}) {
  const { maria, id } = await person();
  await desk.ana.call('claimCase', { params: { id } });
  return { maria, id, ...(await consoleOf(desk.ana, { path: `/cases/${id}`, ...options })) };
}
const bubbles = async (maria: Visitor, text: string): Promise<number> => (await maria.bubbles()).filter((one) => one.includes(text)).length;

describe('the whole life of a case', () => {
  it('goes from the wish for a person over claim, answers, a note and another pair of hands to the rating', async () => {
    const ana = await consoleOf(desk.ana);
    const ben = await consoleOf(desk.ben);
    const { maria, id } = await person();
    // It shows up by itself, for both.
    await row(ana.page, id).waitFor();
    await row(ben.page, id).waitFor();
    expect(await row(ana.page, id).textContent()).toContain('español');
    await row(ana.page, id).click();
    await row(ben.page, id).click();
    await log(ben.page).locator('.bubble', { hasText: SAYS_PERSON }).waitFor();
    await ana.page.getByText('Ben is looking').waitFor({ state: 'attached' });

    // Both take it in the same moment: one has it, the other is told who.
    const take = (page: Page) => page.getByRole('button', name('Take the case'));
    // Whoever is too slow has no button any more.
    await Promise.all(
      [ana, ben].map(({ page }) =>
        take(page)
          .click({ noWaitAfter: true, timeout: 5000 })
          .catch(() => undefined),
      ),
    );
    const one = ana.page.getByText('You have it');
    const other = ben.page.getByText('You have it');
    await one.or(ana.page.getByText('Ben has it')).first().waitFor();
    await other.or(ben.page.getByText('Ana has it')).first().waitFor();
    const anaWon = await one.isVisible();
    expect(await other.isVisible()).toBe(!anaWon);
    const [winner, loser] = anaWon ? [ana.page, ben.page] : [ben.page, ana.page];
    const [winnerName, loserName] = anaWon ? ['Ana', 'Ben'] : ['Ben', 'Ana'];
    await loser.getByText(`${winnerName} has it`).first().waitFor();

    // Words both ways, once each, and what became of them.
    await field(winner).fill('Hola, soy del equipo.');
    await winner.getByRole('button', name('Send to the person')).click();
    await maria.sees('Hola, soy del equipo.');
    await expect.poll(() => log(winner).locator('.message.staff .fate').last().textContent()).toContain('Sent');
    await maria.write('Necesito un médico');
    await said(winner, 'Necesito un médico').waitFor();
    await said(loser, 'Necesito un médico').waitFor();

    // A note is seen by colleagues and by nobody else.
    await winner.getByText('Private note').first().click();
    await field(winner).fill(`Ojo: @${loserName} habla su idioma`);
    await winner.getByRole('button', name('Save the note')).click();
    await log(loser).locator('.private-note', { hasText: 'Ojo' }).waitFor();
    expect(await winner.getByRole('button', name('Save the note')).isVisible()).toBe(true);

    // Passed on with a note, after a moment in which it could be undone.
    await winner.getByRole('button', { name: 'More to do' }).click();
    await winner.getByRole('menuitem', name('Pass it on')).click();
    await winner.getByText(loserName, { exact: true }).last().click();
    await winner.getByRole('textbox', { name: 'Private note' }).last().fill('Le falta cita');
    await winner.getByRole('button', name('Pass it on')).click();
    await winner.getByText('in a moment').waitFor();
    await loser
      .getByText('You have it')
      .or(loser.getByRole('button', name('Take the case')))
      .first()
      .waitFor();
    if (await loser.getByRole('button', name('Take the case')).isVisible()) await loser.keyboard.press('c');
    await loser.getByText('You have it').waitFor();
    await log(loser).locator('.private-note', { hasText: 'Le falta cita' }).waitFor();
    await field(loser).fill('Ahora sigo yo.');
    await field(loser).press('Control+Enter');
    await maria.sees('Ahora sigo yo.');

    // Closed: the person is asked how it was.
    await loser.getByRole('button', name('Close the case')).click();
    await loser.getByRole('dialog').getByRole('button', name('Close the case')).click();
    await maria.sees('¿Cómo fue la ayuda');
    await maria.page.getByRole('button', { name: 'Me ayudó mucho' }).click();
    await loser.getByText('This case is closed').waitFor();
    expect(await field(loser).count()).toBe(0);

    const heard = (await maria.bubbles()).join('\n');
    for (const secret of ['Ojo', 'habla su idioma', 'Le falta cita']) expect(heard).not.toContain(secret);
    expect(await bubbles(maria, 'Hola, soy del equipo.')).toBe(1);
    expect(await bubbles(maria, 'Ahora sigo yo.')).toBe(1);
    expect([...ana.complaints.filter((text) => !text.includes('409')), ...maria.complaints]).toEqual([]);
  });

  it('holds in Arabic, from right to left, with each text in its own direction', async () => {
    const { maria, id } = await person('ar');
    const { page, complaints } = await consoleOf(desk.ana, { language: 'ar', path: `/cases/${id}` });
    await page.getByRole('button', name('خذ الحالة')).click();
    expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    await page.getByText('هي لديك').waitFor();
    await field(page).fill('مرحبا، أنا آنا');
    await page.getByRole('button', name('أرسل إلى الشخص')).click();
    await maria.sees('مرحبا، أنا آنا');
    await maria.write('Gracias ✓');
    await said(page, 'Gracias').waitFor();
    expect(await said(page, 'Gracias').getAttribute('dir')).toBe('ltr');
    expect(await said(page, 'أنا آنا').last().getAttribute('dir')).toBe('rtl');
    await page.getByRole('button', name('أغلق الحالة')).click();
    await page.getByRole('dialog').getByRole('button', name('أغلق الحالة')).click();
    await page.getByText('هذه الحالة مغلقة').waitFor();
    await expect.poll(() => maria.page.locator('.choices').last().locator('button').count()).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
  });

  it('lets a decision be undone', async () => {
    const { page, id } = await inHand();
    await page.getByRole('button', name('Close the case')).click();
    await page.getByRole('dialog').getByRole('button', name('Close the case')).click();
    await page.getByRole('button', name('Undo')).click();
    await page.getByText('in a moment').waitFor({ state: 'detached' });
    expect((await desk.ana.call('readCase', { params: { id } })).item.status).toBe('claimed');
    // What is held is done at once when the page goes.
    await page.getByRole('button', name('Close the case')).click();
    await page.getByRole('dialog').getByRole('button', name('Close the case')).click();
    await page.getByText('in a moment').waitFor();
    await page.goto('about:blank');
    await expect.poll(async () => (await desk.ana.call('readCase', { params: { id } })).item.status).toBe('closed');
  });

  it('shows that a case is gone once the person has deleted their data, and refuses to send to it', async () => {
    const { maria, page } = await inHand();
    await field(page).fill('hola');
    await maria.write('borrar');
    await maria.page.locator('.choices button', { hasText: 'Sí, borrar' }).click();
    await page.getByText('This case is not here any more').or(page.getByText('has stopped the line')).first().waitFor();
    expect(await page.getByRole('button', name('Send to the person')).count()).toBe(0);
    // Nothing of theirs stays on the screen.
    await expect.poll(() => page.locator('.bubble').count()).toBe(0);
  });
});

describe('the inbox', () => {
  it('changes in place and moves nothing under a pointer', async () => {
    const { page } = await consoleOf(desk.ana);
    const { id: first } = await person();
    await row(page, first).hover();
    const { id: second } = await person();
    await page.getByRole('button', { name: /1 new case/ }).waitFor();
    expect(await row(page, second).count()).toBe(0);
    const top = (await row(page, first).boundingBox())?.y;
    await desk.ben.call('claimCase', { params: { id: first } });
    await row(page, first).getByText('No longer in this queue').waitFor();
    expect((await row(page, first).boundingBox())?.y).toBe(top);
    await page.mouse.move(900, 600);
    await row(page, second).waitFor();
    await row(page, first).waitFor({ state: 'detached' });
  });

  it('counts queues, filters by language, and teaches where there is nothing', async () => {
    const { id } = await person('ar');
    const { page } = await consoleOf(desk.ana);
    await row(page, id).waitFor();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('en');
    await page.getByText('Nobody is waiting').waitFor();
    expect(page.url()).toContain('language=en');
    await page.goBack();
    await row(page, id).waitFor();
    await desk.ana.call('claimCase', { params: { id } });
    await expect.poll(() => page.getByRole('link', { name: /^Mine/ }).textContent()).toMatch(/[1-9]/);
    await page.getByRole('link', { name: /^Mine/ }).click();
    await row(page, id).waitFor();
  });

  it('is worked by keyboard alone, and the help sheet says how', async () => {
    const { id } = await person();
    const { page } = await consoleOf(desk.ana);
    await row(page, id).waitFor();
    await page.keyboard.press('j');
    while ((await page.evaluate(() => (document.activeElement as HTMLElement).dataset['case'])) !== id) await page.keyboard.press('j');
    await page.keyboard.press('o');
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
    await page.keyboard.press('c');
    await page.getByText('You have it').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('una nota');
    await page.keyboard.press('Control+Enter');
    await log(page).locator('.private-note', { hasText: 'una nota' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog');
    for (const words of ['Write a private note', 'Next case', 'Pass it on']) await help.getByText(words, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByRole('button', name('Close the case')).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByText('Open a case').waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest('.inbox') !== null)).toBe(true);
  });
});

describe('what somebody writes', () => {
  it('stays a note when the case becomes their own while they write it', async () => {
    const { maria, id } = await person();
    const { page } = await consoleOf(desk.ana, { path: `/cases/${id}` });
    await field(page).pressSequentially('solo para');
    await desk.ana.call('claimCase', { params: { id } });
    await page.getByText('You have it').waitFor();
    await field(page).pressSequentially(' colegas');
    await field(page).press('Control+Enter');
    await log(page).locator('.private-note', { hasText: 'solo para colegas' }).waitFor();
    expect(await bubbles(maria, 'solo')).toBe(0);
    // An empty field is for the person, now that the case is one's own.
    await field(page).blur();
    await page.getByRole('button', name('Send to the person')).waitFor();
  });

  it.each(['before', 'within', 'after', 'within_answer'] as const)(
    'is sent once when the connection drops %s the request',
    async (where: CutAt) => {
      const port = Number(new URL(desk.service.url).port);
      let cuts = 0;
      const proxy = await openCuttableProxy(port, (line) =>
        /^POST \/api\/v1\/cases\/.*\/replies/.test(line) && cuts++ < 2 ? where : null,
      );
      opened.push(proxy);
      const { maria, page } = await inHand({ url: proxy.url });
      await field(page).fill(`palabras ${where}`);
      await page.getByRole('button', name('Send to the person')).click();
      await field(page).fill('y luego');
      await page.getByRole('button', name('Send to the person')).click();
      await maria.sees('y luego');
      expect((await maria.bubbles()).slice(-2)).toEqual([`palabras ${where}`, 'y luego']);
      await expect.poll(() => said(page, 'y luego').count()).toBe(1);
      await expect.poll(() => log(page).locator('.on-its-way').count()).toBe(0);
      expect(await said(page, `palabras ${where}`).count()).toBe(1);
      expect(cuts).toBeGreaterThan(2);
    },
  );

  it('goes on without a gap after the live line was lost', async () => {
    const proxy = await openCuttableProxy(Number(new URL(desk.service.url).port));
    opened.push(proxy);
    const { maria, page } = await inHand({ url: proxy.url });
    await field(page).waitFor();
    proxy.cut();
    await maria.write('durante el corte');
    await said(page, 'durante el corte').waitFor();
    proxy.cut();
    await maria.write('y otra vez');
    await said(page, 'y otra vez').waitFor();
    expect(await said(page, 'durante el corte').count()).toBe(1);
  });

  it('is kept as a draft, by case and mode, over other pages and a reload, and not readably', async () => {
    const { id } = await person();
    const eva = await desk.join({ alias: 'Eva' });
    await eva.call('claimCase', { params: { id } });
    const { page } = await consoleOf(eva, { path: `/cases/${id}` });
    await field(page).fill('un borrador secreto');
    await page.getByText('Private note').first().click();
    await field(page).fill('otra cosa');
    await page.getByRole('link', name('My settings')).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('link', name('Cases')).first().click();
    await page.goto(`${desk.service.url}/console/cases/${id}`);
    await expect.poll(() => field(page).inputValue()).toBe('un borrador secreto');
    await page.getByText('Private note').first().click();
    expect(await field(page).inputValue()).toBe('otra cosa');
    const stored = await page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]));
    expect(stored).not.toContain('secreto');
    await page.getByRole('button', name('Sign out')).click();
    await page.getByLabel('Password').waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  it('survives an expired session: the draft stays, what was sent waits, and signing in goes on', async () => {
    const { maria, id } = await person();
    const eli = await desk.join({ alias: 'Eli' });
    await eli.call('claimCase', { params: { id } });
    const { page } = await consoleOf(eli, { path: `/cases/${id}` });
    // That somebody types is told at once: a request that is still under way would hear of the end before the message is sent.
    const told = page.waitForResponse((response) => response.request().postData()?.includes('typing') === true);
    await field(page).fill('antes de entrar');
    await told;
    await desk.service.store.transaction(async (tx) => {
      for (const session of await listStaffSessions(tx, eli.id, Date.now())) await endStaffSession(tx, eli.id, session.id);
    });
    await page.getByRole('button', name('Send to the person')).click();
    const again = page.getByRole('dialog');
    await again.getByLabel('Password').waitFor();
    await again.getByLabel('E-mail address').fill(eli.email);
    await again.getByLabel('Password').fill(PASSWORD);
    await again.getByRole('button', name('Sign in')).click();
    await again.getByLabel(/Six digits/).fill(totpCode(eli.totp));
    await again.getByRole('button', name('Continue')).click();
    await maria.sees('antes de entrar');
    expect(await bubbles(maria, 'antes de entrar')).toBe(1);
  });

  it('offers canned replies after a slash and colleagues after an @', async () => {
    const { page } = await inHand();
    await field(page).waitFor();
    await page.keyboard.press('/');
    const offers = page.getByRole('listbox', { name: 'Ready replies' });
    await offers.getByRole('option').first().waitFor();
    await field(page).press('Enter');
    expect((await field(page).inputValue()).length).toBeGreaterThan(10);
    await page.getByText('Private note').first().click();
    await field(page).pressSequentially('a @be');
    await page.getByRole('option', { name: '@Ben' }).click();
    expect(await field(page).inputValue()).toBe('a @Ben ');
  });

  it('is refused with the reason where the case was closed meanwhile, and can be changed or dropped', async () => {
    const { page, id } = await inHand();
    await field(page).fill('tarde');
    await page.route('**/stream*', (route) => route.abort());
    await desk.ana.call('closeCase', { params: { id }, body: { outcome: 'answered' } });
    await page.evaluate(() => document.querySelector<HTMLFormElement>('.composer')?.requestSubmit());
    await until(
      async () => (await page.locator('[data-state="refused"]').count()) + (await page.getByText('This case is closed').count()) > 0,
    );
  });

  it('stays refused over a reload, and goes out only when somebody says so', async () => {
    const { maria, page } = await inHand();
    const refusal = { error: { code: 'desk.window', message: 'As the server says it.' } };
    await page.route('**/replies', (route) => route.fulfill({ status: 409, json: refusal }));
    await field(page).fill('todavía no');
    await field(page).press('Control+Enter');
    const refused = page.locator('[data-state="refused"]');
    await refused.waitFor();
    const sealed = (): Promise<string> => page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)));
    const before = await sealed();
    await field(page).fill('un borrador');
    await expect.poll(async () => (await sealed()) !== before).toBe(true);
    await page.unroute('**/replies');
    await page.reload();
    await refused.getByText('Use a template or an SMS').waitFor();
    expect(await bubbles(maria, 'todavía no')).toBe(0);
    await refused.getByRole('button', name('Try again')).click();
    await maria.sees('todavía no');
  });
});

describe('every state of the page', () => {
  it.each([
    ['en', 1280],
    ['ar', 1280],
    ['en', 360],
    ['ar', 360],
  ] as const)('has no violation that axe finds, nor anything beside the page, in %s at %i px', async (language, width) => {
    const { maria, id } = await person(language === 'ar' ? 'ar' : 'es');
    const { page } = await consoleOf(desk.ana, { language, viewport: { width, height: 740 } });
    const narrow = async (): Promise<void> =>
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    await row(page, id).waitFor();
    expect(await violations(page)).toEqual([]);
    await narrow();
    await row(page, id).click();
    await page.locator('.case-actions .primary').click();
    await page.locator('.case-actions .primary').waitFor({ state: 'detached' });
    await field(page).fill('hola');
    await field(page).press('Control+Enter');
    await maria.sees('hola');
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await field(page).fill('nota');
    await field(page).press('Control+Enter');
    await log(page).locator('.private-note').waitFor();
    expect(await violations(page)).toEqual([]);
    await narrow();
    if (width === 360) {
      await page.locator('.panel-link').click();
      await page.locator('.panel h3').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await narrow();
      await page.goBack();
      await field(page).waitFor();
    }
    await field(page).press('Escape');
    for (const key of ['t', 'e']) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });
});

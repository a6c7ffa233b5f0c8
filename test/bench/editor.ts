// How quickly the flow editor answers with a flow of 300 steps, in a real Chromium: keys in the outline, opening steps, typing in a form,
// walking the drawing. From the input to the next paint, as the browser itself measures it. Called by run.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole } from '../support/console.ts';
import { joinStaff, type StaffPerson } from '../support/staff.ts';
import { percentile } from './measure.ts';
import type { Figure } from './run.ts';

const STEPS = 300;
const TIMES = 30;

/** Interactions in the outline and in the drawing. */
export async function benchEditor(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-bench-editor-'));
  const service = await serveConsole({ dataDir: folder });
  const browser = await launchBrowser();
  try {
    const ana = await joinStaff(service, { alias: 'Ana', roles: ['editor'] });
    const draft = await longFlow(ana);
    const figures: Figure[] = [];
    for (const view of ['outline', 'graph'] as const) {
      const { page } = await openConsole(browser, service, { as: ana, path: `/content/${draft}/flows/long?view=${view}` });
      const first = page.locator(view === 'outline' ? '.steps [role=row]' : '.react-flow__node').first();
      await first.waitFor({ timeout: 60_000 });
      await page.waitForTimeout(1500);
      await listen(page);
      await first.click();
      for (let n = 0; n < TIMES; n++) {
        await page.keyboard.press('ArrowDown');
        if (n % 5 === 4) await page.keyboard.press('Enter');
        await page.waitForTimeout(120);
      }
      const field = page.getByRole('textbox').last();
      await field.click();
      for (let n = 0; n < TIMES; n++) await page.keyboard.type('a', { delay: 60 });
      await page.waitForTimeout(500);
      const times = await page.evaluate(() => (globalThis as unknown as { heard: number[] }).heard);
      figures.push({
        name: `editor_${view}_interaction`,
        value: percentile(times, 0.98),
        unit: 'ms',
        share: 'p98',
        longest: Math.max(...times),
        interactions: times.length,
        steps: STEPS,
      });
      await page.context().close();
    }
    return figures;
  } finally {
    await browser.close();
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function longFlow(ana: StaffPerson): Promise<string> {
  const { id } = await ana.call('createDraft', { body: { title: 'A long flow' } });
  const flow = 'flows/long.yaml';
  const ids = Array.from({ length: STEPS }, (_, n) => `step_${n}`);
  const step = (n: number): object =>
    n % 5 === 4
      ? {
          ask: `step_${n}`,
          choices: ['yes', 'no'],
          next: { yes: `step_${(n * 7) % STEPS}`, default: `step_${Math.min(n + 1, STEPS - 1)}` },
        }
      : { say: `step_${n}` };
  const write = (edits: { address: string; value: unknown }[]): Promise<unknown> =>
    ana.call('editDraft', { params: { id }, body: { edits: edits.map((edit) => ({ ...edit, expects: 0 })) } });
  await write([{ address: `${flow}#order`, value: ids }, ...ids.map((name, n) => ({ address: `${flow}#steps/${name}`, value: step(n) }))]);
  await write(ids.flatMap((name, n) => [{ address: `locales/en/long.json#${name}`, value: `This is what step ${n} says to people.` }]));
  return id;
}

/** The browser's own measure: from the input until the screen shows what it did. */
function listen(page: Page): Promise<void> {
  return page.evaluate(() => {
    const heard: number[] = [];
    (globalThis as unknown as { heard: number[] }).heard = heard;
    const options = { type: 'event', durationThreshold: 16, buffered: false };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ((entry as unknown as { interactionId: number }).interactionId > 0) heard.push(entry.duration);
    }).observe(options as PerformanceObserverInit);
  });
}

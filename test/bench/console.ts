// How soon the console shows with a cold cache, in a real Chromium: first paint, and the paint of the largest thing of the first page.
// Each look is a browser of its own: nothing is kept from the one before.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { openConsole, serveConsole, type ConsoleOptions } from '../support/console.ts';
import { joinStaff } from '../support/staff.ts';
import type { Figure } from './run.ts';

const LOOKS = 7;

/** The way in, and the page of somebody signed in: the worst of several looks. */
export async function benchConsole(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-bench-console-'));
  const service = await serveConsole({ dataDir: folder });
  const browser = await launchBrowser();
  try {
    const ana = await joinStaff(service, { roles: ['caseworker'] });
    const look = async (options: ConsoleOptions, shown: string): Promise<Paints[]> => {
      const paints: Paints[] = [];
      for (let count = 0; count < LOOKS; count++) {
        const { page } = await openConsole(browser, service, options);
        await page.locator(shown).first().waitFor();
        paints.push(await readPaints(page));
        await page.context().close();
      }
      return paints;
    };
    const outside = await look({}, 'input[type=password]');
    const inside = await look({ as: ana, path: '/cases' }, '#page h1, #page h2');
    return [...figures('console_sign_in', outside), ...figures('console_inbox', inside)];
  } finally {
    await browser.close();
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Paints {
  first: number;
  largest: number;
}

function figures(name: string, paints: readonly Paints[]): Figure[] {
  const worst = (kind: keyof Paints): number => Math.max(...paints.map((one) => one[kind]));
  return [
    { name: `${name}_first_paint`, value: worst('first'), unit: 'ms', looks: paints.length },
    { name: `${name}_largest_paint`, value: worst('largest'), unit: 'ms', looks: paints.length },
  ];
}

/** Milliseconds after the address was opened. */
function readPaints(page: Page): Promise<Paints> {
  return page.evaluate(
    () =>
      new Promise<Paints>((resolve) => {
        new PerformanceObserver((list) => {
          const first = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
          resolve({ first, largest: list.getEntries().at(-1)?.startTime ?? Number.NaN });
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
}

// `npm run screenshots`: pictures of the page, the web chat and the console as people meet them, to be looked at before they are shown.
// The whole hotline with its own content in three languages, wide and 360 px, light and dark; then the states that are seldom seen.
// Pictures go to the folder screenshots/, which git ignores, or to the folder that is named.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openApp } from '../../src/app.ts';
import { launchBrowser } from './browser.ts';
import { serveConsole } from './console.ts';
import { takeConsole } from './screenshot-console.ts';
import { takeStates } from './screenshot-states.ts';
import { freshProject } from './web-pages.ts';

const folder = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '../../screenshots'));

/** What the person writes: a free question, words of danger, the wish for a person. */
const WORDS = {
  es: { question: '¿puedo ir al médico sin papeles?', danger: 'me quieren matar', person: 'persona', erase: 'borrar' },
  en: { question: 'can I see a doctor without papers?', danger: 'they want to kill me', person: 'person', erase: 'delete' },
  ar: { question: 'هل يمكنني زيارة الطبيب بدون أوراق؟', danger: 'يريدون قتلي', person: 'شخص', erase: 'حذف' },
} as const;
type Tongue = keyof typeof WORDS;

type Shot = (name: string) => Promise<unknown>;

async function takeConversations(browser: Browser, url: string): Promise<void> {
  for (const language of Object.keys(WORDS) as Tongue[]) {
    for (const width of [1280, 360]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({
          viewport: { width, height: width === 360 ? 740 : 900 },
          colorScheme,
          locale: language,
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        const file = (name: string): string => path.join(folder, `${language}-${width}-${colorScheme}-${name}.png`);
        await page.goto(url);
        await page.locator('.shut .full').waitFor();
        // Letters that the device lacks come a moment after the page.
        await page.waitForTimeout(900);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: file('0-page'), fullPage: true });
        await converse(page, WORDS[language], (name) => page.screenshot({ path: file(name) }));
        await context.close();
      }
    }
  }
}

async function converse(page: Page, words: (typeof WORDS)[Tongue], shot: Shot): Promise<void> {
  const answers = page.locator('.line.service');
  const choices = page.locator('.choices').last().locator('button');
  /** Does something, waits for the answer, and takes the picture. */
  const turn = async (name: string, act: () => Promise<void>): Promise<void> => {
    const before = await answers.count();
    await act();
    await answers.nth(before).waitFor();
    await page.waitForTimeout(150);
    await shot(name);
  };
  const write = async (text: string): Promise<void> => {
    await page.locator('textarea').fill(text);
    await page.keyboard.press('Enter');
  };
  await turn('1-welcome', () => page.locator('.shut .full').click());
  await turn('2-caller', () => choices.first().click());
  await turn('3-menu', () => choices.last().click());
  await turn('4-answer', () => write(words.question));
  await turn('5-emergency', () => write(words.danger));
  await turn('6-safe', () => choices.first().click());
  await turn('7-person', () => write(words.person));
  await turn('8-school', () => choices.nth(1).click());
  await turn('9-delete', () => write(words.erase));
  await choices.first().click();
  await page.waitForFunction(() => document.querySelector('#chat > div')?.shadowRoot?.querySelectorAll('.bubble').length === 1);
  await shot('10-deleted');
}

mkdirSync(folder, { recursive: true });
const project = await freshProject();
const data = mkdtempSync(path.join(tmpdir(), 'ventanilla-pictures-'));
const app = await openApp({ folder: project, environment: { DATA_DIR: data, PORT: '0', LOG_LEVEL: 'warn' } });
const browser = await launchBrowser();
try {
  await app.listen();
  await takeConversations(browser, app.url());
  await takeStates(browser, folder);
  const service = await serveConsole();
  try {
    await takeConsole(browser, service, folder);
  } finally {
    await service.close();
  }
  console.log(`Pictures are in ${folder}. Look at them.`);
} finally {
  await browser.close();
  await app.close();
  for (const place of [project, data]) rmSync(place, { recursive: true, force: true });
}

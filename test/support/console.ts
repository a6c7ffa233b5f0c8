// The console in a real browser against the real service: built from its sources, opened as somebody of the staff.
// `const service = await serveConsole(); const ana = await joinStaff(service, { roles }); const page = await openConsole(browser, service, { as: ana })`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { openHotline, type TestHotline, type TestOptions } from './app.ts';
import type { Served, StaffClient } from './staff.ts';
import { buildWidget } from './web-pages.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface ConsoleService extends Served {
  hotline: TestHotline;
  close(): Promise<void>;
}

/** Opens a hotline that serves the console, on the machine's own clock. */
export async function serveConsole(options: TestOptions = {}): Promise<ConsoleService> {
  const folder = await projectWithConsole();
  const hotline = await openHotline({ clock: Date.now, folder, ...options });
  const { app } = hotline;
  await app.listen();
  return {
    hotline,
    store: app.store,
    service: app.service,
    // A passkey belongs to a name, not to an address of numbers.
    url: app.url().replace('127.0.0.1', 'localhost'),
    async close() {
      await hotline.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface ConsolePage {
  page: Page;
  /** What the browser complained of: errors of scripts, and what the policy forbade. */
  complaints: string[];
}

export interface ConsoleOptions extends BrowserContextOptions {
  /** Whose session the browser has; nobody's where absent. */
  as?: StaffClient;
  language?: string;
  /** Below /console. */
  path?: string;
}

/** Opens the console in a browser of its own. */
export async function openConsole(
  browser: Browser,
  { url }: { url: string },
  { as, language = 'en', path: place = '/', ...options }: ConsoleOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({ locale: language, reducedMotion: 'reduce', ...options });
  await context.addInitScript((tag) => localStorage.setItem('ventanilla.language', tag), language);
  if (as) {
    await as.call('changeMe', { body: { uiLanguage: language } });
    const cookies = [...as.cookies].map(([name, value]) => ({ name, value, url, httpOnly: true, sameSite: 'Lax' as const }));
    await context.addCookies(cookies);
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  // Before somebody is signed in, asking who it is gets 401: no fault.
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('401') && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${url}/console${place}`);
  return { page, complaints };
}

/** A folder with this project's flows and texts, and the console and the web chat as their sources are now. */
async function projectWithConsole(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-console-'));
  for (const name of ['flows', 'locales']) symlinkSync(path.join(root, name), path.join(folder, name));
  symlinkSync(path.dirname(await buildConsole()), path.join(folder, 'dist'));
  return folder;
}

/** Builds the console once for the state of its sources, however many tests ask at once. Returns its folder. */
async function buildConsole(): Promise<string> {
  const home = path.join(
    root,
    'node_modules/.cache',
    `console-${hashOf('src/console', 'src/widget', 'src/api', 'src/domain', 'src/engine', 'src/language', 'src/release', 'src/rendering', 'src/util', 'vite.config.ts')}`,
  );
  const built = path.join(home, 'console');
  if (existsSync(built)) return built;
  mkdirSync(path.join(root, 'node_modules/.cache'), { recursive: true });
  const own = mkdtempSync(path.join(root, 'node_modules/.cache/console-building-'));
  await build({
    configFile: path.join(root, 'vite.config.ts'),
    mode: 'console',
    logLevel: 'error',
    build: { outDir: path.join(own, 'console'), emptyOutDir: true },
  });
  await buildWidget(path.join(own, 'widget'));
  try {
    renameSync(own, home);
  } catch {
    rmSync(own, { recursive: true, force: true });
  }
  return built;
}

function hashOf(...places: string[]): string {
  const hash = createHash('sha256');
  for (const place of places) {
    const whole = path.join(root, place);
    const files = place.includes('.') ? [''] : readdirSync(whole, { recursive: true, encoding: 'utf8' }).sort();
    for (const file of files) {
      if (place.includes('.') || /\.\w+$/.test(file))
        hash
          .update(file)
          .update('\0')
          .update(readFileSync(path.join(whole, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

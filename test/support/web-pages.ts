// Pages to test the web chat on: the demo page as a visitor gets it, and a plain website of somebody else that embeds the chat.
// The widget is built afresh from its sources, so that a test never sees an old one.
import { mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Hono } from 'hono';
import { build } from 'vite';
import { DEMO_PAGE_HEADERS, renderDemoPage, type DemoPage } from '../../src/http/demo-page.ts';
import { choosePageLanguage, parseAcceptLanguage, readPageTexts, type PageTexts } from '../../src/http/page-language.ts';
import { widgetRoutes } from '../../src/http/widget-routes.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Builds the widget into a folder of its own and returns the folder. */
export async function buildWidget(outDir = mkdtempSync(path.join(tmpdir(), 'ventanilla-widget-'))): Promise<string> {
  await build({ root, configFile: path.join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}

/** A folder with this project's flows and texts and a widget built afresh, for the whole hotline. */
export async function freshProject(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-project-'));
  for (const name of ['flows', 'locales']) symlinkSync(path.join(root, name), path.join(folder, name));
  await buildWidget(path.join(folder, 'dist/widget'));
  return folder;
}

/** The words of the pages, straight from locales/. */
export const localeTexts: PageTexts = {
  languages: () => [
    { tag: 'es', name: 'Español', direction: 'ltr', fallback: ['en'] },
    { tag: 'en', name: 'English', direction: 'ltr', fallback: ['es'] },
    { tag: 'fr', name: 'Français', direction: 'ltr', fallback: ['en'] },
    { tag: 'ar', name: 'العربية', direction: 'rtl', fallback: ['en', 'fr'] },
  ],
  defaultLanguage: () => 'es',
  resource(language, namespace) {
    const file = path.join(root, 'locales', language, `${namespace}.json`);
    return readdirSync(path.dirname(file)).includes(path.basename(file))
      ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
      : null;
  },
};

/** The demo page at `/`, a foreign website at `/website`, and what the widget is made of. */
export function webPages(distDir: string, changes: Partial<DemoPage> = {}): Hono {
  const pages = new Hono();
  pages.get('/', (c) => {
    const language = choosePageLanguage(localeTexts, [c.req.query('lang') ?? '', ...parseAcceptLanguage(c.req.header('accept-language'))]);
    const html = renderDemoPage({
      name: 'Ventanilla',
      language,
      languages: localeTexts.languages(),
      texts: readPageTexts(localeTexts, language, 'site'),
      sms: '+34600000001',
      whatsapp: '+34600000002',
      warnings: [
        { kind: 'unstaffed' },
        { kind: 'channel_off', channel: 'SMS and WhatsApp (Twilio)', settings: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'] },
      ],
      alert: null,
      demonstration: true,
      ...changes,
    });
    return c.html(html, 200, DEMO_PAGE_HEADERS);
  });
  pages.get('/website', (c) => {
    const { lang = 'es', policy, service = '' } = c.req.query();
    if (policy !== undefined) c.header('content-security-policy', policy);
    return c.html(
      `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>City</title><meta name="viewport" content="width=device-width"></head>
      <body><main><h1>City</h1><p>A website.</p></main><script src="${service}/widget.js" data-leave-url="${service}/neutral" async></script></body></html>`,
    );
  });
  pages.get('/neutral', (c) => c.html('<!doctype html><html lang="en"><title>Weather</title><h1>Weather</h1></html>'));
  pages.route('/', widgetRoutes({ distDir, texts: localeTexts }));
  return pages;
}

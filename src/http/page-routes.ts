// The start page and what the web chat is made of. Words come from the release in use, so that a new one shows at once.
import path from 'node:path';
import type { CompiledRelease } from '../release/compile.ts';
import { standingAlert } from '../release/standing-alert.ts';
import { ALERT_TEXT } from '../engine/texts-used.ts';
import { DEMO_PAGE_HEADERS, renderDemoPage, type PageWarning } from './demo-page.ts';
import { choosePageLanguage, parseAcceptLanguage, readPageTexts, type PageTexts } from './page-language.ts';
import type { RoutePart } from './permissions.ts';
import { WIDGET_PERMISSIONS, widgetRoutes } from './widget-routes.ts';

export interface PageOptions {
  folder: string;
  release: () => CompiledRelease;
  /** Channels that are off, with the settings they miss. */
  off: { title: string; missing: string[] }[];
  /** Milliseconds since the epoch. */
  now(): number;
  /** Whether anybody could answer. */
  staffed(): Promise<boolean>;
  /** The service listens on this machine only: what is missing may be shown. */
  local: boolean;
}

/** Routes `/`, `/widget.js` and what they load. */
export function pageRoutes(options: PageOptions): RoutePart {
  const texts: PageTexts = {
    languages: () => {
      const { languages, settings } = options.release();
      return settings.languages.flatMap((tag) => languages.filter((language) => language.tag === tag));
    },
    defaultLanguage: () => options.release().settings.default_language,
    resource: (language, namespace) => options.release().namespace(namespace, language),
  };
  const routes = widgetRoutes({ distDir: path.join(options.folder, 'dist', 'widget'), texts });
  routes.get('/', async (context) => {
    const { settings, texts: said } = options.release();
    const wished = [context.req.query('lang') ?? '', ...parseAcceptLanguage(context.req.header('accept-language'))];
    const language = choosePageLanguage(texts, wished);
    const words = readPageTexts(texts, language, 'site');
    const html = renderDemoPage({
      name: words['name'] ?? 'Ventanilla',
      language,
      languages: texts.languages(),
      texts: words,
      sms: settings.public_numbers.sms ?? null,
      whatsapp: settings.public_numbers.whatsapp ?? null,
      warnings: await warningsOf(options),
      alert: standingAlert(settings, options.now()) === null ? null : said.render({ key: ALERT_TEXT }, language.tag, 'web'),
      demonstration: settings.demonstration,
    });
    return context.html(html, 200, DEMO_PAGE_HEADERS);
  });
  return { routes, permissions: { ...WIDGET_PERMISSIONS, 'GET /': 'public' } };
}

async function warningsOf({ off, staffed, local }: PageOptions): Promise<PageWarning[]> {
  const unstaffed: PageWarning[] = (await staffed()) ? [] : [{ kind: 'unstaffed' }];
  return local
    ? [...unstaffed, ...off.map(({ title, missing }): PageWarning => ({ kind: 'channel_off', channel: title, settings: missing }))]
    : unstaffed;
}

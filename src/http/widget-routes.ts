// Serves what the web chat is made of: the script, its words, its letters, and the demo page's style sheet. Mounted by the server.
// All of it is public and the same for everybody, so any website may load it.
import path from 'node:path';
import { Hono, type Context } from 'hono';
import type { RoutePermissions } from '../domain/permission.ts';
import { choosePageLanguage, readPageTexts, type PageTexts } from './page-language.ts';
import { createStaticFiles } from './static-files.ts';

export interface WidgetRoutesOptions {
  /** Where the build put the widget: dist/widget. */
  distDir: string;
  texts: PageTexts;
}

const SITE_CSS = path.join(import.meta.dirname, 'site.css');
const FONT_FILE = /^[a-z0-9-]+\.woff2$/;
/** A website that embeds the chat should get a new version soon; letters never change. */
const SCRIPT_AGE = 'public, max-age=300';
const TEXTS_AGE = 'public, max-age=60';
const FONT_AGE = 'public, max-age=31536000, immutable';

/** Any website may load them. */
export const WIDGET_PERMISSIONS: RoutePermissions = {
  'GET /widget.js': 'public',
  'GET /site.css': 'public',
  'GET /fonts/:file': 'public',
  'GET /widget/texts/:file': 'public',
};

/** Routes /widget.js, /widget/texts/<tag>.json, /fonts/<file> and /site.css. */
export function widgetRoutes({ distDir, texts }: WidgetRoutesOptions): Hono {
  const routes = new Hono();
  const files = createStaticFiles();
  const serve = (c: Context, file: string, type: string, age: string): Promise<Response> => {
    openToAll(c);
    return files.serve(c, file, type, age, 'Not found. If this is the web chat, it is not built yet: run "npm start" once.');
  };

  routes.get('/widget.js', (c) => serve(c, path.join(distDir, 'widget.js'), 'text/javascript; charset=utf-8', SCRIPT_AGE));
  routes.get('/site.css', (c) => serve(c, SITE_CSS, 'text/css; charset=utf-8', SCRIPT_AGE));
  routes.get('/fonts/:file', (c) => {
    const file = c.req.param('file');
    return FONT_FILE.test(file) ? serve(c, path.join(distDir, 'fonts', file), 'font/woff2', FONT_AGE) : c.notFound();
  });
  routes.get('/widget/texts/:file', (c) => {
    const tag = /^([A-Za-z0-9-]{1,35})\.json$/.exec(c.req.param('file'))?.[1];
    if (tag === undefined) return c.text('Ask for a language tag, such as es.json.', 404);
    const others = (c.req.query('or') ?? '').split(',', 10);
    const language = choosePageLanguage(texts, [tag, ...others]);
    openToAll(c);
    c.header('cache-control', TEXTS_AGE);
    return c.json({
      language: language.tag,
      direction: language.direction,
      languages: texts.languages().map(({ tag: one, name, direction }) => ({ tag: one, name, direction })),
      texts: readPageTexts(texts, language, 'widget'),
    });
  });
  return routes;
}

/** Set route by route and not for all, because other routes share the server. */
function openToAll(c: Context): void {
  c.header('access-control-allow-origin', '*');
  c.header('cross-origin-resource-policy', 'cross-origin');
  c.header('x-content-type-options', 'nosniff');
}

// Serves the console: its one page at every address below /console/, and the hashed files that the page is made of.
// Public, because nothing of anybody is in them; what they show comes from /api/v1 after signing in.
import path from 'node:path';
import { Hono } from 'hono';
import type { RoutePart } from './permissions.ts';
import { createStaticFiles } from './static-files.ts';

/** Names carry a hash of the content: a name never changes its meaning. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASSET = /^[A-Za-z0-9_.-]+\.(js|css|woff2)$/;
const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
};
const MISSING = 'Not found. If this is the console, it is not built yet: run "npm start" once.';

/** Everything comes from this server; pictures and voice notes of a conversation also from the page's own memory. */
const CONSOLE_HEADERS: Record<string, string> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-frame-options': 'DENY',
};

/** Routes /console, /console/assets/<file>, and the page at every other address below. */
export function consoleRoutes({ distDir }: { distDir: string }): RoutePart {
  const routes = new Hono();
  const files = createStaticFiles();
  routes.get('/console', (c) => c.redirect('/console/'));
  routes.get('/console/assets/:file', (c) => {
    const file = c.req.param('file');
    const type = TYPES[ASSET.exec(file)?.[1] ?? ''];
    return type === undefined ? c.notFound() : files.serve(c, path.join(distDir, 'assets', file), type, FOR_EVER, MISSING);
  });
  routes.get('/console/*', (c) => {
    for (const [name, value] of Object.entries(CONSOLE_HEADERS)) c.header(name, value);
    return files.serve(c, path.join(distDir, 'index.html'), 'text/html; charset=utf-8', 'no-cache', MISSING);
  });
  return { routes, permissions: { 'GET /console': 'public', 'GET /console/assets/:file': 'public', 'GET /console/*': 'public' } };
}

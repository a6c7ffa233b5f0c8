// What operators and their tools ask: alive, ready, measured. No person in any of it.
import { Hono } from 'hono';
import type { Registry } from 'prom-client';
import type { RoutePart } from './permissions.ts';

/** What readiness is made of. Every part must be true. */
export interface Readiness {
  database: boolean;
  migrations: boolean;
  disk: boolean;
  queue: boolean;
  accepting: boolean;
}

/** `/livez`, `/readyz` and `/metrics`. Balancers anywhere may ask the first two, which tell yes or no. */
export function healthRoutes(ready: () => Promise<Readiness>, registry: Registry): RoutePart {
  const routes = new Hono();
  routes.get('/livez', (context) => context.text('alive\n'));
  routes.get('/readyz', async (context) => {
    const parts = await ready();
    return context.json(parts, Object.values(parts).every(Boolean) ? 200 : 503);
  });
  routes.get('/metrics', async (context) => context.body(await registry.metrics(), 200, { 'content-type': registry.contentType }));
  return { routes, permissions: { 'GET /livez': 'public', 'GET /readyz': 'public', 'GET /metrics': 'operator' } };
}

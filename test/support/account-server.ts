// The operations of accounts over real HTTP on a store of either kind, and further nodes of the same place.
// `const server = await serveAccounts(place)`; close it before the place is dropped.
import type { App } from '../../src/app.ts';
import type { ApiParts, Handlers } from '../../src/http/api/handler.ts';
import { meHandlers } from '../../src/http/api/me.ts';
import { apiRoutes } from '../../src/http/api/router.ts';
import { sessionHandlers } from '../../src/http/api/session.ts';
import { staffHandlers } from '../../src/http/api/staff.ts';
import { tokenHandlers } from '../../src/http/api/tokens.ts';
import { createHttpApp, listen } from '../../src/http/server.ts';
import { openLog } from '../../src/util/log.ts';
import { openHotline, type TestHotline } from './app.ts';
import type { Place } from './places.ts';

export interface AccountServer {
  app: App;
  hotline: TestHotline;
  url: string;
  close(): Promise<void>;
}

/** Opens a hotline at a place and serves the operations of accounts. */
export async function serveAccounts(place: Place, publicUrl = 'http://localhost'): Promise<AccountServer> {
  const hotline = await openHotline({ place });
  const { app } = hotline;
  const { store, service, auth } = app;
  const handlers = { ...sessionHandlers, ...meHandlers, ...staffHandlers, ...tokenHandlers } as Partial<Handlers> as Handlers;
  const known: Partial<ApiParts> = { store, services: service.services, desk: service.desk, auth, now: service.services.clock, publicUrl };
  const parts = known as ApiParts;
  const log = openLog('silent');
  const http = createHttpApp({ routes: [auth.routes, apiRoutes(parts, handlers)], channels: [], log });
  const server = await listen(http, [], 0, '127.0.0.1');
  return {
    app,
    hotline,
    url: `http://localhost:${server.port}`,
    async close() {
      await server.close();
      await hotline.close();
    },
  };
}

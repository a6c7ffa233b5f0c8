// A whole service over real HTTP at a place of either kind, for tests of accounts; several may stand at one place.
// `const server = await serveAccounts(place)`; close it before the place is dropped.
import type { App } from '../../src/app.ts';
import { openHotline, type TestHotline } from './app.ts';
import type { Place } from './places.ts';

export interface AccountServer {
  app: App;
  hotline: TestHotline;
  /** By name: a passkey cannot be bound to a number. */
  url: string;
  close(): Promise<void>;
}

/** Opens a hotline at a place and listens. */
export async function serveAccounts(place: Place): Promise<AccountServer> {
  const hotline = await openHotline({ place });
  await hotline.app.listen();
  const url = new URL(hotline.app.url());
  url.hostname = 'localhost';
  return { app: hotline.app, hotline, url: url.origin, close: () => hotline.close() };
}

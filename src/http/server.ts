// The HTTP server: headers that protect, the routes of channels and pages, faults as answers, and a graceful end.
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { OpenChannel } from '../channels/channel.ts';
import type { Log } from '../util/log.ts';
import { answerError, statusOf } from './errors.ts';

export interface ServerParts {
  /** Pages, health and whatever else answers HTTP, in the order of mounting. */
  routes: Hono[];
  channels: OpenChannel[];
  log: Log;
}

/** Longest wait for open requests at the end. */
const DRAIN_MS = 5000;

export interface RunningServer {
  port: number;
  close(): Promise<void>;
}

/** Builds the application that answers requests. */
export function createHttpApp({ routes, channels, log }: ServerParts): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'no-referrer');
    context.header('cross-origin-opener-policy', 'same-origin');
    context.header('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    if (!context.res.headers.has('content-security-policy'))
      context.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  });
  for (const part of [...routes, ...channels.flatMap((channel) => channel.routes ?? [])]) app.route('/', part);
  app.notFound((context) => context.json({ error: { code: 'not_found', message: 'There is nothing at this address.' } }, 404));
  app.onError((error, context) => {
    // The path is a route of ours without people in it; the query is left out all the same.
    if (statusOf(error) >= 500)
      log.error({ method: context.req.method, path: context.req.path.split('/').slice(0, 4).join('/'), error }, 'A request failed.');
    return answerError(context, error);
  });
  return app;
}

/** Listens; upgrades go to the channel that takes them. */
export async function listen(app: Hono, channels: OpenChannel[], port: number, host: string): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.requestTimeout = 30_000;
  server.on('upgrade', (request, socket, head) => {
    if (!channels.some((channel) => channel.upgrade?.(request, socket, head))) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

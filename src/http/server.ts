// The HTTP server: who may call what, headers that protect, the routes of channels and pages, faults as answers, a graceful end.
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import type { OpenChannel } from '../channels/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Log } from '../util/log.ts';
import { answerError, statusOf } from './errors.ts';
import { createGuard } from './guard.ts';
import { buildPermissions, type Permissions, type RoutePart } from './permissions.ts';

export interface ServerParts {
  /** Pages, health and whatever else answers HTTP, in the order of mounting. */
  routes: RoutePart[];
  channels: OpenChannel[];
  log: Log;
  /** The address that others use; with https browsers are told to stay there. */
  publicUrl?: string;
  /** What opens the operators' routes from elsewhere. */
  metricsToken?: string | null;
}

/** Limits against slow and boundless requests. Node refuses ambiguous lengths and headers over 16 kB by itself. */
const SERVER_LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5000 };

/** Sockets that are open at the same time, streams included; a further one is closed at once and may try again. */
const MAX_CONNECTIONS = 10_000;

/** Longest wait for open requests at the end. */
const DRAIN_MS = 5000;

/** What answers requests, and the table of who may make them. */
export interface HttpApp {
  app: Hono;
  permissions: Permissions;
}

export interface RunningServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Builds the application that answers requests.
 * @throws Error when a route has no permission (see permissions.ts)
 */
export function createHttpApp({ routes, channels, log, publicUrl = '', metricsToken = null }: ServerParts): HttpApp {
  const app = new Hono();
  const parts: RoutePart[] = [...routes, ...channels];
  const permissions = buildPermissions(parts);
  app.use(protectiveHeaders(publicUrl));
  app.use(createGuard(permissions, { token: metricsToken, exposed: publicUrl !== '' && !isLoopback(publicUrl) }, publicUrl));
  for (const part of parts) if (part.routes !== null) app.route('/', part.routes);
  app.notFound((context) => context.json({ error: { code: 'not_found', message: 'There is nothing at this address.' } }, 404));
  app.onError((error, context) => {
    // The path is a route of ours without people in it; the query is left out all the same.
    // What is refused for want of room is counted and told of where it is decided (runtime/admission.ts), not one by one.
    if (statusOf(error) >= 500 && !(error instanceof AppError && error.code === 'service.overloaded'))
      log.error({ method: context.req.method, path: context.req.path.split('/').slice(0, 4).join('/'), error }, 'A request failed.');
    return answerError(context, error);
  });
  return { app, permissions };
}

function protectiveHeaders(publicUrl: string): MiddlewareHandler {
  const secure = publicUrl.startsWith('https://');
  return async (context, next) => {
    await next();
    // On the headers themselves: context.header() would copy the whole answer, each time.
    const { headers } = context.res;
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    if (secure) headers.set('strict-transport-security', 'max-age=31536000');
    if (!headers.has('cross-origin-resource-policy')) headers.set('cross-origin-resource-policy', 'same-origin');
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  };
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);
}

/** Listens; an upgrade goes to the channel that declared it, and to no other. */
export async function listen(
  { app }: Pick<HttpApp, 'app'>,
  channels: OpenChannel[],
  port: number,
  host: string,
  limits: typeof SERVER_LIMITS = SERVER_LIMITS,
): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: limits }) as Server;
  server.maxConnections = MAX_CONNECTIONS;
  const declared = channels.map((channel) => ({ channel, permissions: buildPermissions([channel]) }));
  server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const wanted = declared.filter(({ permissions }) => permissions.find('UPGRADE', path) !== null);
    if (!wanted.some(({ channel }) => channel.upgrade?.(request, socket, head))) socket.destroy();
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

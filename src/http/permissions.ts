// The one table of all routes: who may call each of them. Built by server.ts when routes are mounted, asked for every request.
// A route that nobody decided on keeps the service from starting; a request that matches no entry never reaches a handler.
import type { Hono } from 'hono';
import { findTargetHandler, isMiddleware } from 'hono/utils/handler';
import type { RouteMethod, RoutePermission, RoutePermissions } from '../domain/permission.ts';

/** Routes with the decision on each of them. */
export interface RoutePart {
  routes: Hono | null;
  permissions?: RoutePermissions;
  /** Present where the part takes WebSockets. */
  upgrade?: unknown;
}

/** One entry of the table. */
export interface Entry extends RoutePermission {
  method: RouteMethod;
  /** As registered: `/v3/directline/conversations/:id`. */
  pattern: string;
}

export interface Permissions {
  entries: readonly Entry[];
  /** The entry for a request; null where there is none. `UPGRADE` asks for a WebSocket. */
  find(method: string, path: string): Entry | null;
}

const ENTRY = /^([A-Z]+) (\/.*)$/;
/** Whole segments and a last `*`: what is understood here as the router understands it. */
const PATTERN = /^(\/(:[A-Za-z]+|[A-Za-z0-9._-]+))*(\/\*?)?$/;

/**
 * Builds the table.
 * @throws Error at start, when a route has no entry, an entry no route, or two parts name the same route
 */
export function buildPermissions(parts: readonly RoutePart[]): Permissions {
  const table = new Map<string, Entry>();
  for (const part of parts) {
    for (const [key, entry] of readPart(part)) {
      if (table.has(key)) throw new Error(`Two parts of the service answer ${key}.`);
      table.set(key, entry);
    }
  }
  const entries = [...table.values()];
  const patterns = entries.filter(({ pattern }) => /[:*]/.test(pattern)).map((entry) => ({ entry, matches: toExpression(entry.pattern) }));
  return {
    entries,
    find(method, path) {
      const asked = method === 'HEAD' ? 'GET' : method;
      const exact = table.get(`${asked} ${path}`);
      if (exact !== undefined) return exact;
      const any = asked === 'UPGRADE' ? asked : 'ALL';
      const found = patterns.find(({ entry, matches }) => (entry.method === asked || entry.method === any) && matches.test(path));
      return found?.entry ?? null;
    },
  };
}

/** The entries of one part, after its routes and its decisions were held against each other. */
function readPart({ routes, permissions = {}, upgrade }: RoutePart): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [key, permission] of Object.entries(permissions)) {
    const [, method = '', pattern = ''] = ENTRY.exec(key) ?? [];
    if (!PATTERN.test(pattern)) throw new Error(`The permission for "${key}" names no route: write it as "GET /some/path/:id".`);
    entries.set(key, { method: method as RouteMethod, pattern, ...(typeof permission === 'string' ? { allow: permission } : permission) });
  }
  const registered = new Set(handlersOf(routes));
  for (const key of registered)
    if (!entries.has(key)) throw new Error(`The route ${key} has no permission: say beside it who may call it, or "public".`);
  for (const key of entries.keys()) {
    const served = key.startsWith('UPGRADE ') ? upgrade !== undefined : registered.has(key);
    if (!served) throw new Error(`The permission for ${key} belongs to no route.`);
  }
  if (upgrade !== undefined && ![...entries.keys()].some((key) => key.startsWith('UPGRADE ')))
    throw new Error('A channel takes WebSockets without a permission for them: say who may open one.');
  return entries;
}

/** Method and pattern of everything that answers; what only stands before it is left out. */
export function handlersOf(routes: Hono | null): string[] {
  return (routes?.routes ?? [])
    .filter(({ handler }) => !isMiddleware(findTargetHandler(handler)))
    .map(({ method, path }) => `${method} ${path}`);
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .split('/')
    .map((segment) => (segment === '*' ? '.*' : segment.startsWith(':') ? '[^/]+' : segment.replaceAll('.', '\\.')))
    .join('/');
  return new RegExp(`^${source}$`);
}

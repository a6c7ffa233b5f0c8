// Every operation of src/api/operations.ts as a route under /api/v1: who calls and whether they may, what they sent, then the
// handler of the same name; and the description of it all at /api/v1/openapi.json. Mounted by app.ts.
// Knows no operation by its meaning: what one may see of an answer is its handler's business.
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Operation } from '../../api/operation.ts';
import { operations, type OperationName } from '../../api/operations.ts';
import { AppError } from '../../domain/errors.ts';
import type { Permission, RoutePermission, RoutePermissions } from '../../domain/permission.ts';
import type { Caller } from '../auth/staff-auth.ts';
import { answerError } from '../errors.ts';
import type { RoutePart } from '../permissions.ts';
import { authorise } from './authorise.ts';
import type { ApiParts, Handlers } from './handler.ts';
import { describeApi, toRoute } from './openapi.ts';
import { badRequest } from './refusal.ts';

const BASE = '/api/v1';
/** The longest body is a reply of 4,000 characters. */
const MAX_BODY_BYTES = 64_000;

interface Env {
  Variables: { caller: Caller | null };
}
/** A handler as the router sees it: input and answer were checked against the operation's own shapes. */
type AnyHandler = (call: Record<string, unknown>, parts: ApiParts) => Promise<unknown>;

/** Routes of the API, with who may call each of them. */
export function apiRoutes(parts: ApiParts, handlers: Handlers): RoutePart {
  const api = new OpenAPIHono<Env>({ defaultHook: (result) => void (result.success || refuseInput(result.error.issues, result.target)) });
  const permissions: Record<string, Permission | RoutePermission> = { [`GET ${BASE}/openapi.json`]: 'public' };
  api.onError((error, context) => answerError(context, toAppError(error)));
  for (const [name, operation] of Object.entries(operations) as [OperationName, Operation][]) {
    const path = `${BASE}${operation.path}`;
    const maxSize = operation.maxBytes ?? MAX_BODY_BYTES;
    const limit = bodyLimit({ maxSize, onError: (context) => refuseSize(context, maxSize) });
    const route = { ...toRoute(name, operation, path), middleware: [authorise(name, operation, parts), limit] };
    const handler = handlers[name] as unknown as AnyHandler;
    api.openapi(route, (context) => run(context as Context<Env>, handler, operation, parts) as never);
    const allow = permissionOf(operation);
    permissions[`${operation.method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`] =
      operation.maxBytes === undefined ? allow : { allow, maxBytes: operation.maxBytes };
  }
  // Written when it is first asked for: a start does not wait for it.
  let description: ReturnType<typeof describeApi> | null = null;
  api.get(`${BASE}/openapi.json`, (context) => context.json((description ??= describeApi(api, parts.publicUrl))));
  return { routes: api as never, permissions: permissions as RoutePermissions };
}

function permissionOf({ permission }: Operation): Permission {
  if (permission === 'public') return 'signing in';
  if (permission === 'signed_in') return 'signed in';
  return `staff ${typeof permission === 'string' ? permission : permission.join(' ')}`;
}

async function run(context: Context<Env>, handler: AnyHandler, operation: Operation, parts: ApiParts): Promise<Response> {
  const caller = context.get('caller');
  const valid = (target: string): unknown => context.req.valid(target as never);
  const headers = new Headers({ 'cache-control': 'no-store' });
  const answer = await handler(
    {
      params: operation.params && valid('param'),
      query: operation.query && valid('query'),
      body: operation.body && valid('json'),
      actor: caller?.actor ?? null,
      caller,
      request: context.req.raw,
      headers,
    },
    parts,
  );
  if (answer instanceof Response) return answer;
  // What is no part of the shape is not told: a handler cannot say more than was agreed.
  if (operation.response === undefined) return new Response(null, { status: 204, headers });
  headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(JSON.stringify(operation.response.parse(answer)), { status: 200, headers });
}

/** The first thing that is wrong, by the name of its field and not by its value. */
function refuseInput(issues: readonly { path: PropertyKey[]; message: string }[], target: string): never {
  const [first] = issues;
  const field = first?.path.map(String).join('.') ?? '';
  const where = { json: 'body', param: 'address', query: 'query' }[target] ?? target;
  throw badRequest(
    `${field === '' ? `The ${where}` : `"${field}" in the ${where}`} is not right: ${first?.message ?? 'it cannot be read'}.`,
  );
}

function refuseSize(context: Context, maxSize: number): Response {
  context.header('connection', 'close');
  return answerError(context, new AppError('channel.too_large', `The body is larger than ${maxSize} bytes.`));
}

/** What the framework refuses by itself: a body that is no JSON, or of another type. */
function toAppError(error: unknown): unknown {
  if (!(error instanceof HTTPException) || error.status >= 500) return error;
  return badRequest('The body is not JSON. Send JSON with the content type application/json.');
}
